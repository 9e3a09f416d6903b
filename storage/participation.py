"""Counts over all that a group does."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, func, select

from bot.domain import library
from bot.domain.participation import Active, Kind, Stretch
from bot.domain.question import Closing, Question
from storage import tables
from storage.ledger import is_deed
from storage.rows import Rows

_THANKS = "thanks"
"""The reason of entries for being thanked."""

_LONGEST_QUIZ = timedelta(days=2)
"""No quiz takes answers for longer: none that opened before that has any within a stretch."""

_ROOM = 5000
"""People of one statement; databases take only so many parameters."""

_SETTLED = (Closing.FOUND, Closing.DUPLICATE, Closing.DELETED)
_QUESTION = msgspec.json.Decoder(Question)
_ASKED = tables.question_owner.c
_GIVEN = tables.question_answer.c
_SHARED = tables.resource.c
_USEFUL = tables.question_vote.c
_MARK = tables.resource_mark.c
_QUIZ = tables.quiz.c
_ANSWER = tables.answer.c
_ENTRY = tables.entry.c


class Participations(Rows):
    """See `bot.repository.Participations`."""

    async def active(self, community: int, stretch: Stretch) -> Active:
        """Who took part in what within that time."""
        found: dict[Kind, frozenset[int]] = dict.fromkeys(Kind, frozenset())
        early = select(func.min(_QUIZ.id)).where(
            _QUIZ.community_id == community, _QUIZ.opens_at >= stretch.since - _LONGEST_QUIZ
        )
        first: int | None = (await self._link.execute(early)).scalar()
        for kind, person, at, where in _traces(community, first):
            within = and_(where, at > stretch.since, at <= stretch.until)
            found[kind] |= await self._people(select(person).where(within).distinct())
        return found

    async def known(self, community: int, people: frozenset[int], until: datetime) -> frozenset[int]:
        """Those of them who took part in anything until then."""
        new = people
        # Most have points, which are found at once; the answers, which are many, are read for the rest alone.
        points = (_ENTRY.person_id, _ENTRY.at, and_(_ENTRY.community_id == community, _ENTRY.reason != _THANKS))
        traces = [(person, at, where) for _, person, at, where in reversed(_traces(community, 0))]
        for person, at, where in (points, *traces):
            left = sorted(new)
            for start in range(0, len(left), _ROOM):
                some = person.in_(left[start : start + _ROOM])
                new -= await self._people(select(person).where(where, at <= until, some).distinct())
        return people - new

    async def waits(self, community: int, stretch: Stretch) -> Sequence[timedelta | None]:
        """How long each question of that time waited for the first answer from somebody else."""
        at = tables.question.c
        asked = and_(_ASKED.community_id == community, _ASKED.at > stretch.since, _ASKED.at <= stretch.until)
        its = and_(at.community_id == _ASKED.community_id, at.id == _ASKED.question_id)
        first = (
            select(func.min(_GIVEN.at))
            .where(_GIVEN.community_id == _ASKED.community_id, _GIVEN.question_id == _ASKED.question_id)
            .where(~_GIVEN.withdrawn, _GIVEN.author != _ASKED.person_id)
            .scalar_subquery()
        )
        statement = select(at.body, _ASKED.at, first).select_from(tables.question_owner.join(tables.question, its))
        rows = [(_QUESTION.decode(body), *times) for body, *times in await self._link.execute(statement.where(asked))]
        return [came and came - at for question, at, came in rows if came or question.closing not in _SETTLED]

    async def quiz_days(self, community: int, first: date, last: date) -> Mapping[date, int]:
        """How many people answered the daily quiz of each of these days on which there was one."""
        its = and_(_ANSWER.community_id == _QUIZ.community_id, _ANSWER.quiz_id == _QUIZ.id)
        people = select(func.count(_ANSWER.person_id.distinct())).where(its).scalar_subquery()
        days = and_(_QUIZ.community_id == community, _QUIZ.day.between(first.toordinal(), last.toordinal()))
        rows = await self._link.execute(select(_QUIZ.day, people).where(days).order_by(_QUIZ.day))
        return {date.fromordinal(day): count for day, count in rows}

    async def members(self, community: int) -> int:
        """How many members the bot has met."""
        statement = select(func.count()).select_from(tables.member).where(tables.member.c.community_id == community)
        count: int = (await self._link.execute(statement)).scalar_one()
        return count

    async def thanked(self, community: int, since: datetime) -> Sequence[int]:
        """Who was thanked from then on and still is."""
        thanks = and_(_ENTRY.community_id == community, _ENTRY.reason == _THANKS, _ENTRY.at >= since, is_deed())
        statement = select(_ENTRY.person_id).where(thanks).group_by(_ENTRY.person_id)
        stands = statement.having(func.sum(_ENTRY.amount) > 0).order_by(func.min(_ENTRY.at), _ENTRY.person_id)
        return [row.person_id for row in await self._link.execute(stands)]

    async def _people(self, statement: Select[Any]) -> frozenset[int]:
        return frozenset(row[0] for row in await self._link.execute(statement))


def _traces(community: int, first: int | None) -> tuple[tuple[Kind, Any, Any, ColumnElement[bool]], ...]:
    """Where taking part leaves a trace: its kind, the columns of the person and of the time, and which rows it is.

    `first` is the first quiz whose answers may matter, None if there is none.
    """
    seen = _SHARED.state != library.State.REMOVED
    traces: tuple[tuple[Kind, Any, Any, ColumnElement[bool]], ...] = (
        (Kind.QUESTION, _ASKED.person_id, _ASKED.at, _ASKED.community_id == community),
        (Kind.ANSWER, _GIVEN.author, _GIVEN.at, and_(_GIVEN.community_id == community, ~_GIVEN.withdrawn)),
        (Kind.RESOURCE, _SHARED.author, _SHARED.at, and_(_SHARED.community_id == community, seen)),
        (Kind.VOTE, _USEFUL.person_id, _USEFUL.at, _USEFUL.community_id == community),
        (Kind.VOTE, _MARK.person_id, _MARK.at, _voted(community)),
    )
    if first is None:
        return traces
    quiz = and_(_ANSWER.community_id == community, _ANSWER.quiz_id >= first)
    return ((Kind.QUIZ, _ANSWER.person_id, _ANSWER.at, quiz), *traces)


def _voted(community: int) -> ColumnElement[bool]:
    return and_(_MARK.community_id == community, _MARK.kind == library.Mark.VOTE)
