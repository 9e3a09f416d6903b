"""What every table holds of people: by which columns, and what becomes of it when they go or are joined."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import Table

from bot.domain.privacy import REMOVED, Kind
from storage import tables


class Erased(StrEnum):
    """What becomes of somebody's own rows when they go: they are deleted, lose their words, or stay as they are.

    Rows that are counted up cannot be deleted: an old button must not mean another's. What stays has a number that
    leads to nobody.
    """

    DELETED = "deleted"
    BLANKED = "blanked"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Holding:
    """How one table holds people.

    A row belongs to whoever stands in one of the columns `own`, or has the account in those of `account` (its platform
    and its number). `named` are other columns with a person, `inner` and `owned` keys of the JSON in `body` where one
    stands, or several; by those of `owned` the row is theirs as well, and so it is where `owners` (a table and its
    column with the row's number) says it of an anonymous one. `blank` are columns, `words` keys of the JSON with
    what takes their place when the owner goes, `blanks_named` says that it also does for whoever is named. Rows without
    `shown` are in nobody's export. Of two rows with one key that were two persons' the one with the smaller value in
    `first` counts, else the first person's. With `fixed` rows stay as they are when persons are joined.
    """

    table: Table
    own: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    owned: tuple[str, ...] = ()
    inner: tuple[str, ...] = ()
    account: tuple[str, str] | None = None
    owners: tuple[Table, str] | None = None
    erased: Erased = Erased.DELETED
    blank: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, Any] = field(default_factory=dict)
    blanks_named: bool = False
    kind: Kind | None = None
    shown: bool = True
    first: str = ""
    fixed: bool = False

    @property
    def people(self) -> tuple[str, ...]:
        """All columns in which a person stands."""
        return (*self.own, *self.named)

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys of the JSON under which a person stands."""
        return (*self.owned, *self.inner)


_KEPT, _BLANKED = Erased.KEPT, Erased.BLANKED
_T = tables

HOLDINGS: tuple[Holding, ...] = (
    # Who somebody is. The row of a person stays, without anything in it: its number is never given to another.
    Holding(_T.person, ("id",), erased=_BLANKED, kind=Kind.ACCOUNT, fixed=True),
    Holding(_T.account, ("person_id",), kind=Kind.ACCOUNT),
    Holding(_T.member, ("person_id",), kind=Kind.ACCOUNT, fixed=True),
    Holding(_T.newcomer, ("person_id",), kind=Kind.ACCOUNT),
    # Quizzes and practice.
    Holding(_T.answer, ("person_id",), kind=Kind.LEARNING, first="at"),
    Holding(_T.player, ("person_id",), kind=Kind.LEARNING, first="at"),
    Holding(_T.round_, named=("host",), erased=_KEPT),
    Holding(_T.practice, ("person_id",), kind=Kind.LEARNING),
    Holding(_T.recall, ("person_id",), kind=Kind.LEARNING),
    Holding(_T.vote, account=("platform", "account"), kind=Kind.LEARNING),
    # Points and what comes of them. Entries and sums stay, so that everybody else's and the group's stay the same.
    Holding(
        _T.entry, ("person_id",), ("source", "by"), erased=_KEPT, blank={"note": ""}, blanks_named=True,
        kind=Kind.POINTS, fixed=True,
    ),
    Holding(_T.total, ("person_id",), erased=_KEPT, kind=Kind.POINTS, fixed=True),
    Holding(_T.badge, ("person_id",), kind=Kind.POINTS, first="at"),
    Holding(_T.pair, ("person_id", "buddy_id"), kind=Kind.POINTS),
    Holding(_T.thanks, ("giver_id", "person_id"), kind=Kind.POINTS),
    Holding(_T.recognition, ("person_id",), kind=Kind.POINTS),
    # What somebody gave to the bank and is writing for it.
    Holding(_T.item, ("author",), owned=("author",), inner=("reviewer",), erased=_KEPT, kind=Kind.BANK),
    Holding(_T.item_past, named=("person_id",), inner=("author", "reviewer"), erased=_KEPT),
    Holding(_T.draft, ("person_id",), kind=Kind.BANK),
    Holding(_T.search_last, ("person_id",), kind=Kind.BANK),
    Holding(_T.pending, account=("platform", "account"), kind=Kind.BANK, shown=False),
    # Questions, answers, and who helps.
    Holding(
        _T.question, owned=("author",), inner=("closer",), owners=(_T.question_owner, "question_id"), erased=_BLANKED,
        words={"text": REMOVED, "note": ""}, kind=Kind.QUESTION,
    ),
    Holding(_T.question_owner, ("person_id",), kind=Kind.QUESTION),
    Holding(
        _T.question_answer, ("author",), owned=("author",), inner=("judge", "accepter"), erased=_BLANKED,
        words={"text": REMOVED, "unclear": ""}, kind=Kind.QUESTION,
    ),
    Holding(_T.question_vote, ("person_id",), kind=Kind.QUESTION),
    Holding(_T.question_mute, ("person_id",), kind=Kind.QUESTION),
    Holding(_T.helper, ("person_id",), kind=Kind.QUESTION),
    Holding(_T.helper_call, ("person_id",), kind=Kind.QUESTION),
    Holding(
        _T.faq, owned=("credit",), inner=("author",), erased=_BLANKED, blank={"body": None}, kind=Kind.QUESTION,
    ),
    # The library.
    Holding(
        _T.resource, ("author",), owned=("author",), inner=("judge",), erased=_BLANKED, words={"note": ""},
        kind=Kind.LIBRARY,
    ),
    Holding(_T.resource_mark, ("person_id",), kind=Kind.LIBRARY),
    # Life of the group.
    Holding(
        _T.suggestion, ("person_id",), owned=("author",), inner=("judge",),
        owners=(_T.suggestion_owner, "suggestion_id"), erased=_BLANKED,
        blank={"state": "removed"}, words={"text": REMOVED, "state": "removed"}, kind=Kind.GROUP,
    ),
    Holding(_T.suggestion_owner, ("person_id",), kind=Kind.GROUP),
    Holding(_T.suggestion_vote, ("person_id",), kind=Kind.GROUP),
    Holding(
        _T.slip, ("person_id",), owned=("author",), erased=_BLANKED,
        blank={"state": "removed"}, words={"text": REMOVED, "state": "removed", "tags": []}, kind=Kind.GROUP,
    ),
    Holding(
        _T.meeting, ("person_id", "guest_id"), erased=_BLANKED, blank={"person_agrees": False, "guest_agrees": False},
        kind=Kind.GROUP,
    ),
    Holding(_T.rota_helper, ("person_id",), kind=Kind.GROUP, first="since"),
    Holding(_T.rota_turn, ("person_id",), erased=_BLANKED, blank={"person_id": 0}, kind=Kind.GROUP),
    Holding(_T.rota_reply, ("person_id",), kind=Kind.GROUP),
    # Sessions. A series goes on without whoever planned or led it.
    Holding(_T.session, owned=("host",), inner=("by",), erased=_BLANKED, words={"host": 0}),
    Holding(_T.session_change, owned=("host",), erased=_BLANKED, words={"host": 0}),
    Holding(_T.session_reply, ("person_id",), kind=Kind.SESSION, first="since"),
    Holding(_T.session_presence, ("person_id",), kind=Kind.SESSION, first="at"),
    Holding(_T.session_host, ("person_id",), kind=Kind.SESSION, first="since"),
    Holding(_T.session_turn, ("person_id",), kind=Kind.SESSION, first="at"),
    Holding(_T.session_lead, ("person_id",), kind=Kind.SESSION),
    Holding(_T.focus, inner=("by",), erased=_KEPT),
    Holding(_T.focus_member, ("person_id",), kind=Kind.SESSION),
    Holding(_T.feed, ("person_id",), kind=Kind.SESSION, shown=False),
    # Moderation. The record says that something was done; why, and about whom, goes with the person.
    Holding(
        _T.sanction, ("person_id",), owned=("person",), inner=("actor", "judge", "second", "decider"), erased=_BLANKED,
        blank={"person_id": 0, "state": "undone", "appeal": "none"},
        words={
            "person": 0, "reason": "", "plea": "", "failure": "", "evidence": {}, "state": "undone", "appeal": "none",
        },
        kind=Kind.MODERATION,
    ),
    Holding(
        _T.record, ("actor_id",), ("person_id",), erased=_KEPT, blank={"note": ""}, blanks_named=True,
        kind=Kind.MODERATION,
    ),
    Holding(_T.report, ("person_id",), ("judge_id",), erased=_BLANKED, blank={"words": ""}, shown=False),
    Holding(_T.report_voice, ("person_id",), kind=Kind.MODERATION, first="at"),
    Holding(
        _T.held, ("person_id",), owned=("author",), inner=("judge",), erased=_BLANKED,
        words={"words": "", "urls": []}, kind=Kind.MODERATION,
    ),
    Holding(
        _T.knock, ("person_id",), owned=("person",), inner=("judge",), erased=_BLANKED, blank={"state": "lapsed"},
        words={"answer": "", "state": "lapsed", "account": {"platform": "", "id": ""}}, kind=Kind.MODERATION,
    ),
    Holding(
        _T.proposal, owned=("person",), inner=("by", "judge"), erased=_BLANKED,
        words={"reason": "", "evidence": {}, "person": 0}, shown=False,
    ),
    Holding(_T.pin, named=("actor_id",), erased=_KEPT, blank={"label": ""}, blanks_named=True),
    Holding(_T.lock, named=("actor_id",), erased=_KEPT),
    Holding(_T.rules, inner=("by",), erased=_KEPT),
    Holding(_T.rules_reader, ("person_id",), kind=Kind.MODERATION, first="at"),
    # What is on its way to somebody, and their codes.
    Holding(_T.notice, ("person_id",), shown=False),
    Holding(_T.job, ("person_id",), account=("platform", "chat"), shown=False),
    Holding(_T.link_code, ("person_id", "redeemer_id"), shown=False),
    Holding(_T.link_try, ("person_id",), shown=False),
    # Groups that became one. How rows were before that has words of whose they are.
    Holding(_T.joining, named=("issuer_id", "redeemer_id"), erased=_KEPT),
    Holding(_T.joining_row, ("person_id",), shown=False, fixed=True),
    Holding(
        _T.entry_past, ("person_id",), ("source", "by"), erased=_KEPT, blank={"note": ""}, blanks_named=True,
        shown=False, fixed=True,
    ),
    Holding(_T.leaving, ("person_id",), erased=_KEPT, shown=False, fixed=True),
    Holding(_T.exported, ("person_id",), shown=False, fixed=True),
    Holding(_T.person_union, ("person_id", "other_id"), shown=False, fixed=True),
)  # fmt: skip

HOLDS_NOBODY: Mapping[str, str] = {
    "seen": "keys of events, for eight days; those that name an account are dropped with it",
    "community": "a group's settings",
    "venue": "a group's places",
    "session_invite": "codes for guests of a session, as digests",
    "session_mark": "which reminders of a session went out",
    "session_mirror": "scheduled events of a platform",
    "quiz": "items as they were asked, and times",
    "item_tag": "topics",
    "file": "pictures of items and the library's files, by their content",
    "question_tag": "topics",
    "resource_tag": "topics",
    "ballot": "suggestions by number, and counts",
    "search_entry": "terms of what is stored elsewhere; made anew when that changes",
    "search_term": "the same",
    "search_count": "how many entries have a term",
    "card": "where a message of the bot stands",
    "noise": "how often the bot spoke in a group",
    "person_union_row": "rows as they were before persons were joined; they go with the joining",
}
"""Tables without a person, and what they hold."""

OF = {holding.table.name: holding for holding in HOLDINGS}
