"""What became of one act: what was said about it, what the platform was made to do, and what was recorded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.moderation import Deed


class Verdict(StrEnum):
    """How an act ended; all but the first three are refusals, each known by its sentence."""

    DONE = "done"
    SHOWN = "shown"
    SILENCE = "silence"
    TAUGHT = "Reply to the message"
    ASKED = "Whom|Who is|Who may|Whose warning"
    MODERATORS = "This one is for moderators"
    ORGANISERS = "This one is for organisers"
    MEMBERS = "Only members of the group|Use this in your study group"
    UNSEEN = "I can't see who you are"
    ALONE = "Codes are for private messages"
    PARTNER = "is no organiser there any more"
    CLOSED = "This is no longer open"
    NO_CODE = "That code is none|Too many codes"
    NO_OTHER = "You are in no other group"
    SELF = "That would be yourself"
    OWN = "This message is your own"
    OWNER = "I never act on owners"
    ABOVE = "stands as high as you or higher"
    ABOVE_US = "stands as high as I do or higher"
    BOT = "I don't act on bots"
    NOBODY = "written by a bot, a channel or an anonymous administrator"
    LACKS_DELETE = "Your rights in this group don't cover deleting"
    LACKS_PIN = "Your rights in this group don't cover pinning"
    LACKS_RESTRICT = "Your rights in this group don't cover muting"
    LACKS_BAN = "Your rights in this group don't cover banning"
    LACKS_LOCK = "Your rights in this group don't cover locking"
    WE_LACK_DELETE = "I may not delete messages here yet"
    WE_LACK_PIN = "I may not pin messages here yet"
    WE_LACK_RESTRICT = "I may not mute people here yet"
    WE_LACK_BAN = "I may not ban people here yet"
    WE_LACK_LOCK = "I may not lock this here yet"
    NOT_WARNED = "has no warning that counts"
    NOT_MUTED = "is not muted by me"
    NOT_BANNED = "is not banned by me"
    NOT_PINNED = "I did not pin that one"
    NOT_LOCKED = "Nothing is locked by me"
    ELSE_JUDGES = "Somebody else decides about this"
    ELSE_AGREES = "Somebody else has to agree"
    NO_PROPOSER = "Whoever proposed this is no longer a moderator"


REFUSALS = tuple(verdict for verdict in Verdict if verdict not in (Verdict.DONE, Verdict.SHOWN, Verdict.SILENCE))


class Effect(StrEnum):
    """What the bot can make a platform do besides saying something."""

    RESTRICT = "restrict"
    BAN = "ban"
    UNBAN = "unban"
    PIN = "pin"
    UNPIN = "unpin"
    REMOVE = "remove"
    LOCK = "lock"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One try: its verdict, every call that was more than words, every line of the record, and what the group reads."""

    verdict: Verdict
    effects: tuple[Effect, ...] = ()
    deeds: tuple[Deed, ...] = ()
    public: tuple[str, ...] = ()


def judge(heard: Iterable[str], deeds: Iterable[Deed]) -> Verdict:
    """What the answers mean; a refusal that is said is one, whatever else happened."""
    told = "\n".join(heard)
    for verdict in REFUSALS:
        if any(words in told for words in verdict.value.split("|")):
            return verdict
    if tuple(deeds):
        return Verdict.DONE
    return Verdict.SHOWN if told else Verdict.SILENCE


Table = Mapping[tuple[str, str, str], Outcome]
"""What became of (actor, act, target); the target is "" where an act has none."""
