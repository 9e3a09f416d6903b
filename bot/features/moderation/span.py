"""How long something lasts, as moderators type it before other words."""

from datetime import timedelta

from bot.chat.errors import Refusal
from bot.chat.text import T, code
from bot.domain.length import read_length

SHORTEST = timedelta(minutes=1)


def take(length: str, words: str, most: timedelta) -> tuple[timedelta | None, str]:
    """The length and the words after it: a length of two words ("2 minggu") stands at the beginning of these.

    Refuses a length that cannot be told, or that is under a minute or over the most.
    """
    rest = words
    if not length:
        first, _, after = words.partition(" ")
        second, _, last = after.partition(" ")
        if first and second and read_length(f"{first} {second}"):
            length, rest = f"{first} {second}", last.strip()
        elif first and read_length(first):
            length, rest = first, after.strip()
    return read(length, most), rest


def read(length: str, most: timedelta) -> timedelta | None:
    """The length, None for none given; refuses as above."""
    if not length.strip():
        return None
    found = read_length(length)
    if found is None or not SHORTEST <= found <= most:
        example = code("10m, 3h, 2d, 2 minggu")
        raise Refusal(T("How long? From a minute to {n} days: {example}", n=most.days, example=example))
    return found
