"""People and addresses in typed words, as far as each kind of chat tells a bot of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from adapters.playground.cast import DISCORD, PLATFORM, Actor
from bot.chat.events import EVERYBODY
from bot.chat.places import Account, Place
from bot.chat.text import Line, Run

BOT = "bareng"
"""The name by which people mention the bot."""

_CALLED = re.compile(r"<@(?P<id>[\w-]+)>|(?<![\w@/.])@(?P<handle>[\w-]+)")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w@/.:-])(?:[a-z0-9-]+\.)+(?:com|net|org|info|id|me|io|co|xyz)\b(?:/[^\s<>\"]*)?", re.IGNORECASE
)
_TAIL = ".,;:!?)]}'…"


@dataclass(frozen=True, slots=True)
class Words:
    """Typed words: `text` as a bot gets it, `line` as people see it, `calls` people, one of whom may be the bot.

    `mentioned` are those whom the platform names in the text as `<@id>`.
    """

    text: str
    line: Line
    mentioned: tuple[Account, ...] = ()
    calls: int = 0
    calls_bot: bool = False
    urls: tuple[str, ...] = ()


def read(text: str, place: Place, cast: Mapping[Account, Actor]) -> Words:
    """What the words say there. `@citra` is turned into `<@citra>` where the chat is of the Discord kind."""
    told, line = [], []
    known: dict[Account, None] = {}
    mentioned: dict[Account, None] = {}
    everybody, bot, at = 0, False, 0
    for call in _CALLED.finditer(text):
        word = call["id"] or call["handle"]
        account = Account(PLATFORM, word)
        everybody += EVERYBODY * (place == DISCORD and call["handle"] in ("everyone", "here"))
        bot = bot or word == BOT
        if account not in cast:
            continue
        known[account] = None
        between, at = text[at : call.start()], call.end()
        given = call["id"] is not None or place == DISCORD
        mentioned |= {account: None} if given else {}
        told += [between, f"<@{word}>" if given else call[0]]
        shown = f"@{cast[account].name}" if given else call[0]
        line += [Run(between)] * bool(between) + [Run(shown, mention=account)]
    rest = text[at:]
    line += [Run(rest)] * bool(rest)
    calls = len(known) + everybody
    return Words("".join([*told, rest]), tuple(line), tuple(mentioned), calls, bot, addresses(text, place))


def addresses(text: str, place: Place) -> tuple[str, ...]:
    """The addresses in the words; a bare domain is one on Telegram alone."""
    found = [match[0] for match in _ADDRESS.finditer(text)]
    if place != DISCORD:
        found += [match[0] for match in _BARE.finditer(_ADDRESS.sub(" ", text))]
    return tuple(dict.fromkeys(each.rstrip(_TAIL) for each in found))


def valued(values: Mapping[str, str] | None, cast: Mapping[Account, Actor]) -> tuple[Account, ...]:
    """The people whom named arguments mention."""
    found = [match["id"] for value in (values or {}).values() for match in _CALLED.finditer(value) if match["id"]]
    return tuple(account for account in dict.fromkeys(Account(PLATFORM, each) for each in found) if account in cast)
