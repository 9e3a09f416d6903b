"""Moderation: warnings that fade, what follows from them, who may act on whom, and the record of every act."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.chat.places import Power, Ref, Role

UNDO = timedelta(minutes=1)
"""How long whoever acted may take a sanction back as if it had never been; a warning is told only after that."""

LONGEST_MUTE = timedelta(days=365)
"""Telegram takes up to 366 days, longer would be for ever; on Discord a longer one than 28 days is renewed by us."""

MOST_REASON = 500
MOST_EVIDENCE = 1000
"""Characters that are kept of the message that a sanction is about."""


class Deed(StrEnum):
    """What somebody did, as it stands in the record."""

    WARN = "warn"
    MUTE = "mute"
    BAN = "ban"
    UNDO = "undo"
    PARDON = "pardon"
    UNMUTE = "unmute"
    UNBAN = "unban"
    APPEAL = "appeal"
    UPHOLD = "uphold"
    LIFT = "lift"
    REPLACE = "replace"
    RESTORE = "restore"
    SPARE = "spare"
    FAIL = "fail"
    REMOVE = "remove"
    PIN = "pin"
    UNPIN = "unpin"
    LOCK = "lock"
    UNLOCK = "unlock"
    PROPOSE = "propose"
    AGREE = "agree"
    OPPOSE = "oppose"
    REPORT = "report"
    SETTLE = "settle"
    RULES = "rules"
    HOLD = "hold"
    RELEASE = "release"
    DISCARD = "discard"
    ADMIT = "admit"
    DECLINE = "decline"
    SETTING = "setting"
    ANONYMITY = "anonymity"
    POINTS = "points"
    LINK = "link"
    UNLINK = "unlink"
    ERASE = "erase"


@dataclass(frozen=True, slots=True)
class Record:
    """One line of what was done; never changed, never taken away. `id` is given by the store.

    `actor` 0 is Bareng itself, `person` 0 means that nobody was acted on. `subject` is the number of what it was about
    (a sanction, a pin, a report). `note` is why, in somebody's words.
    """

    community: int
    id: int
    deed: Deed
    actor: int
    at: datetime
    person: int = 0
    subject: int = 0
    note: str = ""


class Kind(StrEnum):
    """What a sanction is."""

    WARNING = "warning"
    MUTE = "mute"
    BAN = "ban"


class State(StrEnum):
    """Where a sanction is: it holds (until it expires), was taken back at once, pardoned, or lifted after an appeal.

    A mute is REPLACED by one that came in its place.
    """

    ACTIVE = "active"
    UNDONE = "undone"
    PARDONED = "pardoned"
    LIFTED = "lifted"
    REPLACED = "replaced"


class Appeal(StrEnum):
    """What became of the wish that somebody else looks at a sanction."""

    NONE = "none"
    OPEN = "open"
    UPHELD = "upheld"
    GRANTED = "granted"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The message that a sanction is about: its words as they were seen, and where it stood."""

    words: str = ""
    at: Ref | None = None


@dataclass(frozen=True, slots=True)
class Sanction:
    """What was decided about somebody; `id` is the number of the case, shown as `K12`.

    `points` is how much a warning weighs (1 light, 2 serious, 3 grave), 0 for what is no warning. `until` is when it
    ends by itself, None for never. `rule` is the version of the rules that held. `cause` is the warning from which a
    mute followed, 0 for none. `second` is who agreed, where two must. `failure` tells where a platform did not do it.
    `plea` is what was said in the appeal. `decider` is who decided what more follows from a warning, 0 for nobody yet;
    `instead` is the mute that came in place of this one.
    """

    community: int
    id: int
    kind: Kind
    person: int
    actor: int
    at: datetime
    reason: str
    points: int = 0
    until: datetime | None = None
    rule: int = 0
    cause: int = 0
    state: State = State.ACTIVE
    evidence: Evidence = field(default_factory=Evidence)
    appeal: Appeal = Appeal.NONE
    plea: str = ""
    judge: int = 0
    failure: str = ""
    second: int = 0
    decider: int = 0
    instead: int = 0

    @property
    def deciders(self) -> tuple[int, int]:
        """Whoever decided it: they do not judge an appeal against it."""
        return self.actor, self.second

    @property
    def name(self) -> str:
        """How people name it."""
        return f"K{self.id}"

    def holds(self, now: datetime) -> bool:
        """Whether it counts at that moment."""
        return self.state is State.ACTIVE and (self.until is None or self.until > now)


@dataclass(frozen=True, slots=True)
class Step:
    """What follows when active warnings weigh so much: a mute of so many minutes, and (`asks`) an organiser decides."""

    points: int
    mute: int = 0
    asks: bool = False


LADDER = (Step(2, mute=60), Step(3, asks=True))
"""The first warning has no consequence, the second an hour's mute; from the third on people decide, not the bot."""


@dataclass(frozen=True, slots=True)
class ModerationRule:
    """What a group decided about moderation.

    A warning holds for `days`. An empty `ladder` means that nothing follows by itself. `public` says one line in the
    group for each warning. `reasons` are offered when a moderator warns. `reporters` is how many people must report
    a message before it is taken away until a moderator looked at it, 0 for never.
    """

    days: int = 30
    ladder: tuple[Step, ...] = LADDER
    public: bool = False
    reasons: tuple[str, ...] = ()
    reporters: int = 3


@dataclass(frozen=True, slots=True)
class WatchRule:
    """What makes a message wait for a moderator.

    Too many or the same ones at once, too many people called, and links of whoever is new (for `fresh` days).
    """

    flood: bool = True
    repeats: bool = True
    mentions: bool = True
    links: bool = True
    fresh: int = 3


@dataclass(frozen=True, slots=True)
class DoorRule:
    """How people come in: `question` is asked of whoever knocks, "" asks nobody; `welcome` greets once an hour."""

    question: str = ""
    welcome: bool = True


def end_of(sanctions: Iterable[Sanction]) -> datetime | None:
    """When the last of these ends by itself; None where one never does."""
    ends = [each.until for each in sanctions]
    return None if None in ends else max(filter(None, ends))


def weight(sanctions: Iterable[Sanction], now: datetime) -> int:
    """What somebody's active warnings weigh together."""
    return sum(each.points for each in sanctions if each.holds(now))


def consequence(rule: ModerationRule, before: int, after: int) -> Step | None:
    """The step of the ladder that a warning leads to; beyond the last one that is repeated, so nobody outgrows it."""
    reached = [step for step in rule.ladder if before < step.points <= after]
    last = rule.ladder[-1] if rule.ladder else None
    if not reached and last and before >= last.points:
        return last
    return max(reached, key=lambda step: step.points, default=None)


class Denial(StrEnum):
    """Why somebody may not be acted on."""

    BOT = "bot"
    OWNER = "owner"
    ABOVE = "above"


def denial(actor: Power, actor_role: Role, target: Power, target_role: Role) -> Denial | None:
    """Why the actor may not act on the target in that place, None if they may.

    Roles are those that count: what the platform says, raised by what the group granted. Nobody acts on owners, on
    bots, or on people who stand as high or higher, by their role or (where a platform ranks people) by their place.
    """
    if target.bot:
        return Denial.BOT
    if target.owner:
        return Denial.OWNER
    if target_role >= actor_role and not actor.owner:
        return Denial.ABOVE
    if actor.here and not actor.owner and 0 < actor.height <= target.height:
        return Denial.ABOVE
    return None
