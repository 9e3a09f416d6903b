"""Messages that wait until a moderator has looked at them, and what becomes of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.chat.places import Ref
from bot.domain.watch import FLOOD_SPAN, Sign

KEPT = timedelta(days=7)
"""How long a message waits at most, and how long its words are kept."""

MOST_WORDS = 1000
MOST_URLS = 3
"""Characters of a message that are kept, and addresses in it."""

AGAIN = timedelta(hours=1)
"""Who floods a second time within this is muted."""

MUTE = timedelta(minutes=10)

RAID, RAID_SPAN = 10, timedelta(minutes=5)
"""More newcomers than that, all of whose messages wait within that time, come together."""


class State(StrEnum):
    """What became of a held message; EXPIRED: nobody decided in time, EXEMPT: it should never have been held."""

    OPEN = "open"
    STANDS = "stands"
    DROPPED = "dropped"
    WARNED = "warned"
    EXPIRED = "expired"
    EXEMPT = "exempt"


@dataclass(frozen=True, slots=True)
class Held:
    """A message that waits; `id` is given by the store.

    `hidden` says that it was taken away; where that is not allowed it stands. `fresh` says that its author was new.
    `file` says that something came with it, which is not kept. `urls` are the addresses in it, also hidden ones.
    `asked` says that it was a command of ours or an answer to a question of ours, of which nothing has come yet.
    """

    community: int
    id: int
    at: Ref
    author: int
    since: datetime
    signs: tuple[Sign, ...]
    words: str = ""
    urls: tuple[str, ...] = ()
    file: bool = False
    fresh: bool = False
    hidden: bool = False
    state: State = State.OPEN
    judge: int = 0
    asked: bool = False


def floods_again(held: Held, others: Sequence[Held]) -> bool:
    """Whether its author floods, or calls too many people, for the second time within an hour.

    A flood is many messages, so one that goes on counts anew only after the time by which it is measured.
    """
    if not {Sign.FLOOD, Sign.MENTIONS} & set(held.signs):
        return False
    before = [each for each in others if each.id < held.id and held.since - each.since < AGAIN]
    if Sign.MENTIONS in held.signs and any(Sign.MENTIONS in each.signs for each in before):
        return True
    rude = [each for each in before if {Sign.FLOOD, Sign.MENTIONS} & set(each.signs)]
    return any(held.since - each.since >= FLOOD_SPAN for each in rude)
