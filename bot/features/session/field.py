"""What can be set of a session by words: its title, topic, place or link, voice channel, and how many."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.chat.clean import clean_name, visible
from bot.chat.errors import Refusal
from bot.chat.text import T, code
from bot.domain.address import find_address, read_address
from bot.domain.agenda import LONGEST_TITLE, LONGEST_WHERE, MOST_PEOPLE
from bot.param import Choice

NOTHING = "-"
"""Written in place of words, it takes away what is there."""

LONGEST_TOPIC = 60
LONGEST_WORDS = 2200
"""Room for an address and a place beside it."""

_CHANNEL = re.compile(r"(?:<#|https://(?:ptb\.|canary\.)?discord(?:app)?\.com/channels/\d+/)?(\d{15,20})>?", re.ASCII)

_NUMBER = re.compile(r"[0-9]{1,4}", re.ASCII)

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One of them: what its button says, what is asked, and how words are read as values of a series."""

    label: T
    question: T
    read: Callable[[str], Values]


def _line(words: str, longest: int) -> str:
    """The words on one line; refuses what is too long."""
    text = clean_name(words, "", longest + 1)
    if len(text) > longest:
        raise Refusal(T("That is too long: {length} characters, at most {most}.", length=len(words), most=longest))
    return text


def title(words: str) -> str:
    """A title as it is kept; refuses one without anything to see."""
    text = _line(words, LONGEST_TITLE)
    if not visible(text):
        raise Refusal(T("A session needs a title. Example: {example}", example=code("Aljabar")))
    return text


def _topic(words: str) -> Values:
    return {"topic": _line(words.removeprefix("#"), LONGEST_TOPIC)}


def _place(words: str) -> Values:
    """A place in words, an address, or both."""
    found = find_address(words)
    where = _line(words.replace(found, " ", 1) if found else words, LONGEST_WHERE)
    return {"where": where.strip(" ,;") if found else where, "url": _secure(found) if found else ""}


def _secure(raw: str) -> str:
    url = read_address(raw).url
    if not url.startswith("https://"):
        raise Refusal(
            T("I keep only links that begin with {scheme}, so that nobody reads along.", scheme=code("https://"))
        )
    return url


def _channel(words: str) -> Values:
    found = _CHANNEL.fullmatch(words.strip())
    if found is None:
        raise Refusal(T("I need a voice channel of Discord: mention it with #, or send its link."))
    return {"channel": found[1]}


def _number(name: str) -> Callable[[str], Values]:
    def read(words: str) -> Values:
        if not _NUMBER.fullmatch(words.strip()) or not 1 <= int(words) <= MOST_PEOPLE:
            raise Refusal(T("I need a whole number from {least} to {most}, or {nothing} for none.",
                            least=1, most=MOST_PEOPLE, nothing=code(NOTHING)))  # fmt: skip
        return {name: int(words)}

    return read


FIELDS: Mapping[str, Field] = {
    "title": Field(T("Title"), T("What is it called?"), lambda words: {"title": title(words)}),
    "topic": Field(T("Topic"), T("What is it about? A few words."), _topic),
    "place": Field(T("Place or link"), T("Where does it meet? A place in words, a link, or both."), _place),
    "channel": Field(T("Voice channel"), T("Which voice channel? Mention it, or send its link."), _channel),
    "capacity": Field(
        T("How many fit"), T("How many people fit? Whoever comes later waits for a seat."), _number("capacity")
    ),
    "quorum": Field(
        T("How many are needed"), T("How many are needed? With fewer it is called off in time."), _number("quorum")
    ),
}

SERIES_ONLY = frozenset({"quorum"})
"""What a single date cannot have for itself."""

CHOICES = tuple(Choice(name, field.label) for name, field in FIELDS.items())

_EMPTY: Mapping[str, Values] = {
    "topic": {"topic": ""},
    "place": {"where": "", "url": ""},
    "channel": {"channel": ""},
    "capacity": {"capacity": 0},
    "quorum": {"quorum": 0},
}
"""What holds where nothing is to stand."""


def read(what: str, words: str) -> Values:
    """The words as values of a series; `NOTHING` takes away what may be missing. Refuses what is no good."""
    if words.strip() == NOTHING and what in _EMPTY:
        return _EMPTY[what]
    return FIELDS[what].read(words)


def read_for_date(what: str, words: str) -> Values:
    """The same as values of a change, where `NOTHING` leaves it as it is in the series."""
    if words.strip() == NOTHING:
        return {"title": ""} if what == "title" else {"capacity": None} if what == "capacity" else _EMPTY[what]
    return FIELDS[what].read(words)
