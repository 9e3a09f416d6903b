"""Who may do what to whom: the whole matrix as data, with what differs between the platforms."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.moderation import Deed
from tests.adapters.rights.outcome import Effect, Outcome, Verdict

V = Verdict

TELEGRAM, DISCORD = "telegram", "discord"
PLATFORMS = (TELEGRAM, DISCORD)

RULING = ("owner", "admin", "weak", "moderator")
"""Actors who may something: the last but one lacks the right over people, messages and pins."""

PEOPLE = ("trusted", "member", "newcomer", "demoted")
"""Actors in the group who have no say; the last one was a moderator until just now."""

PERSONS = ("owner", "admin", "peer", "member", "left", "self")
"""Targets who are people."""

THINGS = ("us", "robot", "channel")
"""Targets who are none; what they said is replied to."""


@dataclass(frozen=True, slots=True)
class Act:
    """What an act does where it is allowed: its calls, whatever the target is but somebody who left, and its lines."""

    effects: tuple[Effect, ...] = ()
    deeds: tuple[Deed, ...] = ()


TO_PEOPLE: Mapping[str, Act] = {
    "warn": Act((), (Deed.WARN,)),
    "unwarn": Act((), (Deed.PARDON,)),
    "mute": Act((Effect.RESTRICT,), (Deed.MUTE,)),
    "unmute": Act((Effect.RESTRICT,), (Deed.UNMUTE,)),
    "ban": Act((), (Deed.PROPOSE,)),
    "unban": Act((Effect.UNBAN,), (Deed.UNBAN,)),
}
TO_PLACES: Mapping[str, Act] = {
    "pin": Act((Effect.PIN,), (Deed.PIN,)),
    "unpin": Act((Effect.UNPIN,), (Deed.UNPIN,)),
    "lock": Act((Effect.LOCK,), (Deed.LOCK,)),
    "unlock": Act((Effect.LOCK,), (Deed.UNLOCK,)),
    "report": Act((), (Deed.REPORT,)),
    "remove": Act((Effect.REMOVE,), (Deed.SETTLE, Deed.REMOVE)),
    "agree": Act((Effect.BAN,), (Deed.AGREE, Deed.BAN)),
    "lockdown": Act((), (Deed.PROPOSE,)),
    "rules": Act((), (Deed.RULES,)),
    "read rules": Act(),
    "worth": Act(),
    "change worth": Act((), (Deed.SETTING,)),
    "ladder": Act(),
    "change ladder": Act((), (Deed.SETTING,)),
    "modlog": Act(),
    "share": Act(),
    "link": Act(),
    "redeem": Act(),
    "issue": Act(),
    "choose": Act(),
    "link look": Act(),
    "link agree": Act((), (Deed.LINK,)),
    "link refuse": Act(),
    "unlink": Act((), (Deed.UNLINK,)),
}
LINKING = ("issue", "choose", "link look", "link agree", "link refuse", "unlink")
"""The steps by which two groups become one, after a code was used, and the way back."""

TAKING_BACK = ("unwarn", "unmute", "unban")
"""Acts that are tried on some targets only: the same is looked at before as for what they take back."""

ACTS = {**TO_PEOPLE, **TO_PLACES}
SHOWS = (
    "read rules",
    "worth",
    "ladder",
    "modlog",
    "share",
    "link",
    "redeem",
    "issue",
    "choose",
    "link look",
    "link refuse",
)
"""Acts that leave nothing to undo."""

ORGANISING = ("rules", "worth", "change worth", "ladder", "change ladder", *LINKING)
MODERATING = (*TO_PEOPLE, "pin", "unpin", "lock", "unlock", "remove", "agree", "lockdown", "modlog", "share")


def allowed(act: str, target: str = "") -> Outcome:
    """What an act does that is allowed; a platform is not asked to let somebody write who is not there."""
    known, is_shown = ACTS[act], act in SHOWS
    effects = tuple(each for each in known.effects if not (target == "left" and each is Effect.RESTRICT))
    return Outcome(V.SHOWN if is_shown else V.DONE, effects, known.deeds)


def refused(verdict: Verdict) -> Outcome:
    """Nothing but that sentence."""
    return Outcome(verdict)


# ── people who may something ──

_LACKING = {
    "mute": V.LACKS_RESTRICT, "unmute": V.LACKS_RESTRICT, "unban": V.LACKS_BAN,
    "pin": V.LACKS_PIN, "lock": V.LACKS_LOCK, "remove": V.LACKS_DELETE,
    "unpin": V.NOT_PINNED, "unlock": V.NOT_LOCKED,
}  # fmt: skip
"""What somebody reads whose rights cover none of it; what was not put up, nobody takes down."""

_ABOVE: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    TELEGRAM: {"admin": ("weak",), "weak": ("admin",), "moderator": ("admin", "weak", "peer")},
    DISCORD: {"weak": ("admin",), "moderator": ("admin", "weak", "peer")},
}
"""Whom an actor may not act on, for they stand as high or higher; on Discord one role of two is the higher one."""

_BEYOND_US: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    TELEGRAM: dict.fromkeys(("admin", "weak"), ("mute", "unmute", "ban", "unban")),
    DISCORD: {"admin": ("mute", "unmute")},
}
"""Whom the owner may act on, but the bot cannot: administrators on Telegram, and time-outs of such on Discord."""


def on_person(platform: str, actor: str, act: str, target: str) -> Outcome:
    """What becomes of an act of RULING on a person."""
    if target in ("self", actor):
        return refused(V.SELF)
    if target == "owner":
        return refused(V.OWNER)
    if target in _ABOVE[platform].get(actor, ()):
        return refused(V.ABOVE)
    lacks = _lacks(platform, actor, act)
    if lacks:
        return refused(lacks)
    if act in _BEYOND_US[platform].get(target, ()):
        return refused(V.ABOVE_US)
    return allowed(act, target)


def in_place(platform: str, actor: str, act: str) -> Outcome:
    """What becomes of an act of RULING on a place, a message or a setting."""
    if actor == "moderator" and act in ORGANISING:
        return refused(V.ORGANISERS)
    lacks = _lacks(platform, actor, act)
    return refused(lacks) if lacks else allowed(act)


def _lacks(platform: str, actor: str, act: str) -> Verdict | None:
    if act == "agree" and platform == DISCORD and actor in ("weak", "moderator"):
        return V.LACKS_BAN  # nor do the rights of whoever proposed it cover it
    if actor == "weak":
        return _LACKING.get(act)
    if actor == "moderator" and platform == DISCORD and act in ("unban", "lock", "unlock"):
        return _LACKING[act]  # that role manages messages and time-outs
    return None


# ── people who may nothing ──


def of_people(actor: str, act: str) -> Outcome:
    """What becomes of an act of somebody without a say; who left is nobody, whatever they were."""
    if act in ORGANISING:
        return refused(V.ORGANISERS)
    if act in MODERATING:
        return refused(V.MODERATORS)
    if actor == "gone" and act == "report":
        return refused(V.TAUGHT)
    return allowed(act)


def of_ghost(act: str) -> Outcome:
    """An anonymous administrator reads what all may read; acts are a person's, and what is private needs one."""
    if act in PRESSES:
        return refused(V.SILENCE)
    if act in ("unpin", "unlock"):
        return refused(_LACKING[act])  # there is nothing to take down
    if act == "redeem":
        return refused(V.ALONE)  # where they write, everybody would read the code
    return allowed(act) if act == "read rules" else refused(V.UNSEEN)


SAMPLE = (
    "warn",
    "mute",
    "ban",
    "pin",
    "lock",
    "report",
    "remove",
    "agree",
    "rules",
    "change ladder",
    "modlog",
    "share",
    "redeem",
    *LINKING,
)
"""Acts that stand for all others where only who tries them differs."""

PRESSES = ("remove", "agree", "change worth", "change ladder", "share", *LINKING)
