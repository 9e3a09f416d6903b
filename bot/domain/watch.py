"""What is noticed about what people say in a group: too much at once, the same again, many called, an address.

It is kept in memory alone, for minutes, and forgotten with the process: no words, only when something was said and a
number by which the same words are known again.
"""

from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from bot.chat.events import Typed
from bot.domain.address import find_address
from bot.domain.caution import SHORTENERS, listed_site
from bot.domain.words import tokens

FLOOD, FLOOD_SPAN = 6, timedelta(seconds=10)
"""So many messages of one person within that time are a lively talk, more are a flood."""

FILES = 3
"""So many files without words count as one message: notes come as an album of ten pages."""

REPEATS, SHARED_REPEATS, REPEAT_SPAN = 3, 5, timedelta(minutes=2)
"""The same words so often within that time, from one person or from several, are repeated on purpose."""

LEAST_OWN, LEAST_SHARED = 8, 30
"""Letters below which words may well be said again, by one person ("oke") or by several ("selamat ulang tahun")."""

CALLED_AT_ONCE, CALLED, CALL_SPAN = 5, 10, timedelta(minutes=1)
"""People whom somebody calls by one message, and by all of theirs within that time, before it is too many."""

MOST_PEOPLE = 4000
"""People, and texts, that are remembered at one time; who said nothing for longest is forgotten first."""

MOST_KEPT = 24
"""Messages that are remembered of one person, and times of one text."""

MOST_READ = 2000
"""Characters by which words are told to be the same: some marks put in a row take long to be put in order."""


class Sign(StrEnum):
    """What is noticed about a message."""

    FLOOD = "flood"
    REPEAT = "repeat"
    MENTIONS = "mentions"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class _Said:
    key: str
    at: datetime
    mentions: int
    print: int
    weight: int


K = TypeVar("K", bound=Hashable)
_Kept = OrderedDict[K, deque[_Said]]


class Memory:
    """What was said lately, of at most `most` people; each group for itself, all its threads together."""

    def __init__(self, most: int = MOST_PEOPLE) -> None:
        self._most = most
        self._people: _Kept[tuple[str, str, str]] = OrderedDict()
        self._texts: _Kept[tuple[str, str, int]] = OrderedDict()

    def __len__(self) -> int:
        """How many people and texts are remembered."""
        return len(self._people) + len(self._texts)

    def hear(self, event: Typed) -> frozenset[Sign]:
        """What is noticed about this message; heard twice (delivered again) it counts once."""
        account = event.sender.account
        if account is None:
            return frozenset()
        words = "".join(tokens(event.text[:MOST_READ]))
        said = _Said(event.key, event.at, event.mentions, hash(words), 1 if event.file and not words else FILES)
        chat = (event.place.platform, event.place.chat)
        own = self._keep(self._people, (*chat, account.id), said)
        signs = {Sign.LINK} if _leads_away(event) else set()
        if sum(each.weight for each in _lately(own, said, FLOOD_SPAN)) > FLOOD * FILES:
            signs.add(Sign.FLOOD)
        called = sum(each.mentions for each in _lately(own, said, CALL_SPAN))
        if said.mentions > CALLED_AT_ONCE or (said.mentions and called > CALLED):
            signs.add(Sign.MENTIONS)
        if not is_command(event) and self._repeats(chat, own, said, len(words)):
            signs.add(Sign.REPEAT)
        return frozenset(signs)

    def _repeats(self, chat: tuple[str, str], own: deque[_Said], said: _Said, letters: int) -> bool:
        """Whether the same words were said too often, by this person or by several."""
        if letters < LEAST_OWN:
            return False
        again = [each for each in _lately(own, said, REPEAT_SPAN) if each.print == said.print]
        if len(again) >= REPEATS:
            return True
        if letters < LEAST_SHARED:
            return False
        anybody = self._keep(self._texts, (*chat, said.print), said)
        return len(_lately(anybody, said, REPEAT_SPAN)) >= SHARED_REPEATS

    def _keep(self, kept: _Kept[K], key: K, said: _Said) -> deque[_Said]:
        found = kept.setdefault(key, deque(maxlen=MOST_KEPT))
        kept.move_to_end(key)
        if all(each.key != said.key for each in found):
            found.append(said)
        if len(kept) > self._most:
            kept.popitem(last=False)
        return found


def is_command(event: Typed) -> bool:
    """Whether it is a command of ours, which may well be given again and again."""
    return event.text.startswith("/") and not event.aside


def _leads_away(event: Typed) -> bool:
    """Whether there is an address in it, or the name of a site that only forwards: those end as no usual site does."""
    return bool(event.urls or find_address(event.text) or ("." in event.text and listed_site(event.text, SHORTENERS)))


def begin() -> Callable[[Typed], frozenset[Sign] | None]:
    """The hearing of one core, with a memory of its own; None for what nothing is noticed about."""
    memory = Memory()
    return lambda event: memory.hear(event) or None


def _lately(kept: deque[_Said], said: _Said, span: timedelta) -> list[_Said]:
    """Those within that time before this one, which is among them."""
    return [each for each in kept if said.at - span < each.at <= said.at]
