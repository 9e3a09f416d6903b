"""What becomes of every table when one group joins another: one rule for each, and none is forgotten."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table

from storage import tables
from storage.joining import body
from storage.joining.merge import ballots, earlier, later, members, pairs
from storage.joining.number import DEEDS, FRESH, SHIFTED, Number, Shift, moved, recaused, rekeyed

Row = dict[str, Any]
Change = Callable[[Row, Shift, int], Row | None]


@dataclass(frozen=True, slots=True)
class Numbered:
    """Rows are copied under the new number of what they are about, and all rows of that number stand and fall together.

    `family` counts by the column `at`. `shifts` are columns with numbers, that one among them. A table that `follows`
    does not tell whether something was done since: what was not is taken out again when the groups part.
    """

    family: Number
    at: str
    shifts: Mapping[str, Number] = field(default_factory=dict)
    change: Change | None = None
    follows: bool = False

    @property
    def numbers(self) -> Mapping[str, Number]:
        """Every column with a number."""
        return {self.at: self.family, **self.shifts}


@dataclass(frozen=True, slots=True)
class Merged:
    """Rows are copied under the same key; where there is one of that key already, `both` says what becomes of the two.

    None leaves the one that is there. Each change is noted, and is taken back when the groups part, if nothing was
    done to the row since; of one that `always` goes, also then.
    """

    change: Change | None = None
    both: Callable[[Row, Row], Row] | None = None
    always: bool = False
    moves: bool = False


@dataclass(frozen=True, slots=True)
class Own:
    """Done by a module of its own; `why` says how."""

    why: str


@dataclass(frozen=True, slots=True)
class Left:
    """Not touched; `why` says why."""

    why: str


Rule = Numbered | Merged | Own | Left


def _bodied(column: str, rewrite: body.Rewritten) -> Change:
    def change(row: Row, shift: Shift, _: int) -> Row:
        return row | {column: rewrite(row[column], shift)}

    return change


def _quiz(row: Row, shift: Shift, _: int) -> Row:
    """A quiz of the past: no day of the group that is joined becomes one on which its members missed a quiz."""
    return row | {"items": body.items(row["items"], shift), "day": None, "state": "closed"}


def _round(row: Row, _: Shift, __: int) -> Row:
    return row | {"phase": "ended", "ends_at": None, "rest": 0}


def _record(row: Row, shift: Shift, _: int) -> Row:
    number = DEEDS.get(row["deed"])
    return row | {"subject": shift.of(number, row["subject"])} if number else row


def _thanked(row: Row, shift: Shift, group: int) -> Row:
    return row | {"cause": row["cause"] and recaused(row["cause"], shift, group)}


def _job(row: Row, shift: Shift, _: int) -> Row | None:
    if row["kind"] in FRESH or row["state"] not in ("due", "claimed"):
        return None
    return _subject(row, row["key"], shift) | {"state": "due", "wake_at": row["due_at"]}


def _subject(row: Row, key: str, shift: Shift) -> Row:
    subject = moved(SHIFTED, row["kind"], row["subject"], shift)
    return row | {"key": rekeyed(row["kind"], row["subject"], key, shift), "subject": subject}


def _card(row: Row, shift: Shift, _: int) -> Row:
    kind, subject = f"{row['key']}:0".split(":")[:2]
    return row | {"key": rekeyed(kind, int(subject), row["key"], shift)}


def _notice(row: Row, shift: Shift, _: int) -> Row | None:
    if row["kind"] in FRESH:
        return None
    new = _subject(row | {"key": row["cause"]}, row["cause"], shift)
    return {**{name: new[name] for name in row}, "cause": new["key"]}


def _away(_: Row, __: Shift, ___: int) -> None:
    return None


_T = tables
_Q, _R, _I, _Z, _S = Number.QUESTION, Number.RESOURCE, Number.ITEM, Number.QUIZ, Number.SUGGESTION
_M = Number.SESSION

RULES: Mapping[Table, Rule] = {
    _T.question: Numbered(_Q, "id", {"original": _Q}, _bodied("body", body.question)),
    _T.question_owner: Numbered(_Q, "question_id"),
    _T.question_tag: Numbered(_Q, "question_id"),
    _T.question_answer: Numbered(_Q, "question_id", {}, _bodied("body", body.answer)),
    _T.question_vote: Numbered(_Q, "question_id"),
    _T.helper_call: Numbered(_Q, "question_id", follows=True),
    _T.question_mute: Merged(both=later("until")),
    _T.helper: Merged(),
    _T.faq: Numbered(Number.FAQ, "id", {}, _bodied("body", body.faq)),
    _T.resource: Numbered(_R, "id", {"origin": _R}, _bodied("body", body.resource)),
    _T.resource_tag: Numbered(_R, "resource_id"),
    _T.resource_mark: Numbered(_R, "resource_id"),
    _T.item: Numbered(_I, "id", {}, _bodied("body", body.item)),
    _T.item_past: Numbered(_I, "item_id", {}, _bodied("body", body.item)),
    _T.item_tag: Numbered(_I, "item_id"),
    _T.recall: Numbered(_I, "item_id", follows=True),
    _T.quiz: Numbered(_Z, "id", {}, _quiz),
    _T.round_: Numbered(_Z, "quiz_id", {}, _round),
    _T.player: Numbered(_Z, "quiz_id"),
    _T.answer: Numbered(_Z, "quiz_id", {"item_id": _I}),
    _T.suggestion: Numbered(_S, "id", {}, _bodied("body", body.suggestion)),
    _T.suggestion_owner: Numbered(_S, "suggestion_id"),
    _T.suggestion_vote: Numbered(_S, "suggestion_id"),
    _T.ballot: Merged(_bodied("body", body.ballot), both=ballots),
    _T.slip: Numbered(Number.SLIP, "id", {}, _bodied("body", body.slip)),
    _T.meeting: Numbered(Number.MEETING, "id", {"slip_id": Number.SLIP, "other_id": Number.SLIP}),
    _T.sanction: Numbered(Number.SANCTION, "id", {}, _bodied("body", body.sanction)),
    _T.record: Numbered(Number.RECORD, "id", {}, _record),
    _T.pin: Numbered(Number.PIN, "id"),
    _T.lock: Numbered(Number.LOCK, "id"),
    _T.report: Numbered(Number.REPORT, "id"),
    _T.report_voice: Numbered(Number.REPORT, "report_id"),
    _T.proposal: Numbered(Number.PROPOSAL, "id", {}, _bodied("body", body.proposal)),
    _T.held: Numbered(Number.HELD, "id", {}, _bodied("body", body.held)),
    _T.knock: Numbered(Number.KNOCK, "id", {}, _bodied("body", body.knock)),
    _T.session: Numbered(_M, "id", {}, _bodied("body", body.series)),
    _T.session_change: Numbered(_M, "session_id", {}, _bodied("body", body.change)),
    _T.session_reply: Numbered(_M, "session_id"),
    _T.session_presence: Numbered(_M, "session_id"),
    _T.session_turn: Numbered(_M, "session_id"),
    _T.session_mark: Numbered(_M, "session_id", follows=True),
    _T.session_mirror: Numbered(_M, "session_id", follows=True),
    _T.focus: Numbered(Number.FOCUS, "id", {}, _bodied("body", body.focus)),
    _T.focus_member: Numbered(Number.FOCUS, "focus_id"),
    _T.session_host: Merged(both=earlier("since")),
    _T.session_lead: Merged(),
    _T.member: Merged(both=members, always=True),
    _T.badge: Merged(both=earlier("at")),
    _T.pair: Merged(both=pairs),
    _T.thanks: Merged(_thanked),
    _T.recognition: Merged(),
    _T.newcomer: Merged(),
    _T.rota_helper: Merged(both=earlier("since")),
    _T.file: Merged(),
    _T.noise: Merged(),
    _T.notice: Merged(_notice, always=True),
    _T.job: Merged(_job, always=True, moves=True),
    _T.card: Merged(_card, always=True, moves=True),
    _T.pending: Merged(_away, moves=True),
    _T.entry: Own("for each person, kind and month one entry takes all from the one group and gives it in the other"),
    _T.total: Own("the sums follow the entries"),
    _T.entry_past: Own("what was given before, to be looked up under its new number"),
    _T.search_entry: Own("copied under the new numbers"),
    _T.search_term: Own("copied under the new numbers"),
    _T.search_count: Own("counted anew from the terms"),
    _T.venue: Own("the places belong to the group that is joined"),
    _T.community: Own("the group that joins says which one it joined; the settings of the other hold"),
    _T.person: Own("whoever meant the one group in a private chat means the other"),
    _T.joining: Own("the joining itself"),
    _T.joining_row: Own("how rows were before"),
    _T.link_code: Own("codes that the group issued are void"),
    _T.rules: Left("the rules of the group that is joined hold"),
    _T.rules_reader: Left("nobody has read the rules that hold from now on by having read others"),
    _T.rota_turn: Left("duties are settings, and those of the group that is joined hold"),
    _T.rota_reply: Left("it belongs to a turn"),
    _T.practice: Left("a practice round is begun anew at any time"),
    _T.search_last: Left("a last search is only for turning its pages"),
    _T.link_try: Left("it belongs to no group"),
    _T.session_invite: Left("an invitation of a group that has joined another is void"),
    _T.feed: Left("a calendar shows the group that its own has joined"),
    _T.leaving: Left("it belongs to no group"),
    _T.exported: Left("it belongs to no group"),
    _T.person_union: Left("it belongs to no group"),
    _T.person_union_row: Left("it belongs to no group"),
    _T.seen: Left("it belongs to no group"),
    _T.account: Left("it belongs to no group"),
    _T.draft: Left("it belongs to no group"),
    _T.vote: Left("it belongs to no group"),
}
"""By table. What a group has is copied and its own rows are kept as they are, to be the group again that it was."""
