"""What the bot does on a platform besides speaking: a closed union of acts, carried out by the outbox after the commit.

Every act may be done twice without harm, so a lost reply means: once more. A platform raises Refused where it does not
allow an act or does not know it, and Gone where what it is about is no more.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.chat.message import Message
from bot.chat.places import Account, Ref


@dataclass(frozen=True, slots=True)
class Mute:
    """Let somebody write nothing until that instant (None: until lifted), within what the platform can.

    Telegram takes 30 seconds to 366 days (else it is for ever), Discord at most 28 days.
    """

    account: Account
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unmute:
    """Let somebody write again."""

    account: Account


@dataclass(frozen=True, slots=True)
class Ban:
    """Put somebody out of the group for good."""

    account: Account


@dataclass(frozen=True, slots=True)
class Unban:
    """Let somebody come back."""

    account: Account


@dataclass(frozen=True, slots=True)
class Pin:
    """Pin a message; only a `loud` one is told to everybody."""

    ref: Ref
    loud: bool = False


@dataclass(frozen=True, slots=True)
class Unpin:
    """Take a pinned message down."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class Remove:
    """Delete somebody's message. Telegram deletes what is younger than 48 hours."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class Lock:
    """Let only moderators write in the act's place: its thread, or the `whole` group."""

    whole: bool = False


@dataclass(frozen=True, slots=True)
class Unlock:
    """Let everybody write there again; `before` is what the lock gave back."""

    whole: bool = False
    before: str = ""


@dataclass(frozen=True, slots=True)
class Admit:
    """Let in somebody who asked to join."""

    account: Account


@dataclass(frozen=True, slots=True)
class Decline:
    """Do not let in somebody who asked to join."""

    account: Account


@dataclass(frozen=True, slots=True)
class Tag:
    """Show these words beside somebody's name, "" for none: a Telegram member tag (16 characters), a Discord role."""

    account: Account
    words: str


@dataclass(frozen=True, slots=True)
class Whisper:
    """Say something in the group that this person alone sees, where a platform can do so unasked."""

    account: Account
    message: Message


@dataclass(frozen=True, slots=True)
class Menu:
    """Let the group's menu show these paths alone, () for the usual menu; where there is none, nothing changes."""

    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Roll:
    """Ask who leads the group. What it gives back is JSON: a list of `Leader`, as far as the platform tells."""


@dataclass(frozen=True, slots=True)
class Announce:
    """Show an event in the list that a group has on its platform, or bring the one of that number (`event`) up to date.

    Another event (`instead`) is taken down for it. `title` and `where`, words or an address, have at most 100
    characters each; with `channel` it takes place in that voice channel, if that can be had. The `key` is another for
    each event of the group. Gives back the event's number. Gone means that the event is no more.
    """

    key: str
    title: str
    about: str
    start: datetime
    end: datetime
    where: str
    channel: str = ""
    event: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take an event down; one that is gone already is fine."""

    event: str


@dataclass(frozen=True, slots=True)
class Gather:
    """Ask who is in a voice channel. It gives back JSON: a list of accounts' ids, an empty one where nobody is known.

    Refused means that there are no voice channels.
    """

    channel: str


@dataclass(frozen=True, slots=True)
class Leader:
    """Somebody with a standing above a member's, as the platform says; `id` is the account's."""

    id: str
    name: str
    handle: str
    role: int


Act = (
    Mute
    | Unmute
    | Ban
    | Unban
    | Pin
    | Unpin
    | Remove
    | Lock
    | Unlock
    | Admit
    | Decline
    | Tag
    | Whisper
    | Menu
    | Roll
    | Announce
    | Withdraw
    | Gather
)


@dataclass(frozen=True, slots=True)
class Together:
    """Acts in one place that count as one; where the platform refuses one of them, the others are done all the same."""

    acts: tuple[Act, ...]
