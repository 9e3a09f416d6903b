"""Which numbers a group counts by itself, and where they stand inside of other numbers, keys and names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.dated import SPAN
from bot.domain.moderation import Deed
from bot.domain.question import MANY


class Number(StrEnum):
    """What is counted, each on its own."""

    ITEM = "item"
    QUIZ = "quiz"
    QUESTION = "question"
    FAQ = "faq"
    RESOURCE = "resource"
    SUGGESTION = "suggestion"
    SLIP = "slip"
    MEETING = "meeting"
    SANCTION = "sanction"
    RECORD = "record"
    PIN = "pin"
    LOCK = "lock"
    REPORT = "report"
    PROPOSAL = "proposal"
    HELD = "held"
    KNOCK = "knock"
    SESSION = "session"
    FOCUS = "focus"


@dataclass(frozen=True, slots=True)
class Shift:
    """How the numbers of the group that joins become numbers of the one that it joins: by an amount for each kind."""

    community: int
    by: Mapping[Number, int]

    def of(self, kind: Number, number: int) -> int:
        """The new number; 0, which means none, stays."""
        return number + self.by.get(kind, 0) if number else number


_ANSWERS = (Number.QUESTION, MANY)
_DATES = (Number.SESSION, SPAN)

SHIFTED: Mapping[str, tuple[Number, int]] = {
    "item-review": (Number.QUIZ, 1),
    "daily-card": (Number.QUIZ, 1),
    "round-card": (Number.QUIZ, 1),
    "round-poll": (Number.QUIZ, 100),
    "round-learn": (Number.QUIZ, 10_000),
    "bank-approved": (Number.ITEM, 1),
    "bank-returned": (Number.ITEM, 1),
    "key-doubt": (Number.ITEM, 10_000),
    "rekeyed": (Number.ITEM, 10_000),
    "item-good": (Number.ITEM, 1),
    **dict.fromkeys(("question", "question-closed", "question-turned", "question-help"), (Number.QUESTION, 1)),
    **dict.fromkeys(("question-clock", "question-still"), (Number.QUESTION, 1)),
    **dict.fromkeys(("question-news", "question-removed", "question-accepted", "question-unclear"), _ANSWERS),
    "answer": _ANSWERS,
    **dict.fromkeys(("library-judged", "library-check", "library-confirm", "library-gone"), (Number.RESOURCE, 1)),
    "library-reported": (Number.RESOURCE, 1000),
    **dict.fromkeys(("suggestion-moved", "suggestion-clock"), (Number.SUGGESTION, 1)),
    **dict.fromkeys(("board", "board-clock", "board-still", "board-removed"), (Number.SLIP, 1)),
    **dict.fromkeys(("board-met", "board-introduced"), (Number.MEETING, 1)),
    **dict.fromkeys(("sanction", "sanction-over", "sanction-mute", "sanction-unmute"), (Number.SANCTION, 1)),
    **dict.fromkeys(("sanction-ban", "sanction-unban", "sanction-remove", "sanction-refused"), (Number.SANCTION, 1)),
    **dict.fromkeys(("sanction-appealed", "sanction-decide", "sanction-public"), (Number.SANCTION, 1)),
    **dict.fromkeys(("pin-put", "pin-take", "pin-watch", "pin-refused", "pin-lost", "pin-stays"), (Number.PIN, 1)),
    **dict.fromkeys(
        ("lock-put", "lock-take", "lock-watch", "lock-card", "lock-refused", "lock-stuck"), (Number.LOCK, 1)
    ),
    **dict.fromkeys(("proposal", "proposal-over", "proposal-watch"), (Number.PROPOSAL, 1)),
    **dict.fromkeys(("report", "report-hide", "report-tidy", "report-remove", "report-again"), (Number.REPORT, 1)),
    **dict.fromkeys(("report-stays", "report-outcome", "report-waits"), (Number.REPORT, 1)),
    **dict.fromkeys(("held-remove", "held-expiry", "held-judged", "held-again", "held-take"), (Number.HELD, 1)),
    "held-stays": (Number.HELD, 1),
    **dict.fromkeys(("knock", "knock-ask", "knock-open", "knock-shut", "knock-lost"), (Number.KNOCK, 1)),
    **dict.fromkeys(("knock-refused", "knock-lapse"), (Number.KNOCK, 1)),
    **dict.fromkeys(("session-tick", "session-mirror"), (Number.SESSION, 1)),
    **dict.fromkeys(("session-mirror-gone", "session-voice", "session-card", "session-near", "session-seat"), _DATES),
    **dict.fromkeys(("session-changed", "session-draw", "session-turn", "session-swap", "session-taken"), _DATES),
    **dict.fromkeys(("session-prepare", "session-agenda"), _DATES),
    **dict.fromkeys(("focus-card", "focus-turn"), (Number.FOCUS, 1)),
    **dict.fromkeys(("session-announce", "session-lead", "session-remind", "session-begin", "session-end"), _DATES),
    **dict.fromkeys(("session-quorum", "session-door", "session-shut", "session-finish", "session-parting"), _DATES),
    "session-dismissed": _DATES,
}
"""By the kind of a job, a card or a notice: what its subject counts, times what."""

SAME = frozenset(
    {
        "practice-wake", "practice-due", "board-card", "buddy-ask", "buddy-yes-told", "buddy-end-told", "bank-waiting",
        "library-waiting", "suggestion-new", "suggestion-due", "ballot", "ballot-close", "digest-card", "held-waits",
        "summons", "summons-card", "summons-gone", "greeting", "greeting-gone", "recognition-tag",
        "recognition-refused", "welcome", "account-asked", "account-joined", "erase",
        "points-corrected",
    }
)  # fmt: skip
"""Those whose subject is a person, a day, a month, or nothing: it means the same in both groups."""

FRESH = frozenset(
    {
        "daily-open", "daily-close", "round-draw", "round-turn", "suggestion-ballot", "digest-week", "rota-draw",
        "rota-turn", "rota-taken", "rota-alone", "rota-widen", "rota-offer", "held-news", "held-told", "held-raid",
        "held-alarm", "knock-crowd", "knock-many", "recognition-month", "roll", "menu", "link-asked",
        "link-told", "group-forget",
    }
)  # fmt: skip
"""Those that belong to the group as a whole: the group that is joined has its own."""

ENTRIES: Mapping[str, tuple[Number, int]] = {
    "quiz": (Number.QUIZ, 1),
    "round": (Number.QUIZ, 1),
    "item": (Number.ITEM, 1),
    "resource": (Number.RESOURCE, 1),
    "answer": _ANSWERS,
    "question": (Number.QUESTION, 1),
    "session": _DATES,
}
"""The same for the subject of points, by their reason; others are about no number."""

FOUND: Mapping[str, Number] = {
    "question": Number.QUESTION,
    "faq": Number.FAQ,
    "resource": Number.RESOURCE,
    "suggestion": Number.SUGGESTION,
    "board": Number.SLIP,
}
"""The same for what is searched."""

_CASES = (Deed.WARN, Deed.MUTE, Deed.BAN, Deed.UNDO, Deed.PARDON, Deed.UNMUTE, Deed.UNBAN)
DEEDS: Mapping[str, Number] = {
    **dict.fromkeys((*_CASES, Deed.APPEAL, Deed.UPHOLD, Deed.LIFT), Number.SANCTION),
    **dict.fromkeys((Deed.REPLACE, Deed.RESTORE, Deed.SPARE), Number.SANCTION),
    **dict.fromkeys((Deed.PIN, Deed.UNPIN), Number.PIN),
    **dict.fromkeys((Deed.LOCK, Deed.UNLOCK), Number.LOCK),
    **dict.fromkeys((Deed.PROPOSE, Deed.AGREE, Deed.OPPOSE), Number.PROPOSAL),
    **dict.fromkeys((Deed.REPORT, Deed.SETTLE), Number.REPORT),
    **dict.fromkeys((Deed.HOLD, Deed.RELEASE, Deed.DISCARD), Number.HELD),
    **dict.fromkeys((Deed.ADMIT, Deed.DECLINE), Number.KNOCK),
}
"""The same for what the record tells of; the others are about no number, or it is not known which."""

_NAME = re.compile(r"(?P<kind>[#QRIBK])(?P<number>\d{1,9})(?P<rest>(?:\.\d+)?)")
_NAMES = {
    "#": Number.ITEM,
    "Q": Number.QUESTION,
    "R": Number.RESOURCE,
    "I": Number.SUGGESTION,
    "B": Number.SLIP,
    "K": Number.SANCTION,
}


def renamed(name: str, shift: Shift) -> str:
    """The new name of what was called so ("Q42.1"); anything else is left as it is."""
    found = _NAME.fullmatch(name)
    if found is None:
        return name
    return f"{found['kind']}{shift.of(_NAMES[found['kind']], int(found['number']))}{found['rest']}"


def moved(kinds: Mapping[str, tuple[Number, int]], kind: str, subject: int, shift: Shift) -> int:
    """The new subject of something of that kind."""
    if kind not in kinds or not subject:
        return subject
    number, times = kinds[kind]
    return subject + shift.of(number, 1) * times - times


def rekeyed(kind: str, subject: int, key: str, shift: Shift) -> str:
    """The new key of a job, a card or a notice, which begins with its kind and its subject."""
    old = f"{kind}:{subject}"
    if key != old and not key.startswith(f"{old}:"):
        return key
    return f"{kind}:{moved(SHIFTED, kind, subject, shift)}{key[len(old) :]}"


def recaused(cause: str, shift: Shift, group: int) -> str:
    """The new cause of points; `group` is the one that had them, which tells apart what is about no number."""
    kind, *rest = cause.split(":")
    if kind == "undo":
        return f"undo:{recaused(cause.removeprefix('undo:'), shift, group)}"
    if kind in ("first", "fix"):
        return cause
    if kind in ("quiz", "round", "half", "rekey") and rest[0].isdigit():
        rest[0] = str(shift.of(Number.QUIZ, int(rest[0])))
        if kind == "rekey":
            rest[1] = str(shift.of(Number.ITEM, int(rest[1])))
        return ":".join((kind, *rest))
    if kind in ENTRIES and rest[0].isdigit():
        return ":".join((kind, str(moved(ENTRIES, kind, int(rest[0]), shift)), *rest[1:]))
    return f"{cause}:of{group}"
