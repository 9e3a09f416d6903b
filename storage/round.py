"""Live rounds: the state beside the quiz that holds their items and answers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, insert, select, update

from bot.domain.round import Phase, Player, Round
from storage import tables
from storage.link import Prepared
from storage.rows import Rows

_AT = tables.round_.c
_PLAYER = tables.player.c
_ANSWER = tables.answer.c

_THIS = and_(_AT.community_id == bindparam("community_id"), _AT.quiz_id == bindparam("quiz_id"))
_HOLD = Prepared(lambda _: select(tables.round_).where(_THIS).with_for_update(read=True))
_SEIZE = Prepared(lambda _: select(tables.round_).where(_THIS).with_for_update())

_ITS = and_(_PLAYER.community_id == bindparam("community_id"), _PLAYER.quiz_id == bindparam("quiz_id"))
_SIZES = Prepared(lambda _: select(_PLAYER.team, func.count()).where(_ITS).group_by(_PLAYER.team))
_JOIN = Prepared(lambda insert: insert(tables.player).on_conflict_do_nothing().returning(tables.player))
_MINE = Prepared(lambda _: select(tables.player).where(_ITS, _PLAYER.person_id == bindparam("person_id")))
_EARLIER = select(_PLAYER.person_id).where(_ITS, _PLAYER.at < bindparam("before")).limit(bindparam("most")).subquery()
_ANSWERED = and_(
    _ANSWER.community_id == bindparam("community_id"),
    _ANSWER.quiz_id == bindparam("quiz_id"),
    _ANSWER.person_id == _EARLIER.c.person_id,
    _ANSWER.position == bindparam("position"),
)
_AWAITED = Prepared(
    lambda _: select(func.count(), func.count(_ANSWER.position)).select_from(
        _EARLIER.outerjoin(tables.answer, _ANSWERED)
    )
)


class Rounds(Rows):
    """See `bot.repository.Rounds`."""

    async def add(self, round_: Round) -> None:
        """Store the state of a new round."""
        await self._link.execute(insert(tables.round_).values(_values(round_)))

    async def get(self, community: int, quiz: int) -> Round | None:
        """The round of that quiz, held against being turned by another until this unit ends."""
        return await self._this(_HOLD, community, quiz)

    async def seize(self, community: int, quiz: int) -> Round | None:
        """The same, once every answer on its way is in; later ones wait until this unit ends."""
        return await self._this(_SEIZE, community, quiz)

    async def save(self, round_: Round) -> None:
        """Store the changed state of a round."""
        where = and_(_AT.community_id == round_.community, _AT.quiz_id == round_.quiz)
        await self._link.execute(update(tables.round_).where(where).values(_values(round_)))

    async def current(self, community: int) -> Round | None:
        """The round that has not ended; the newest, should there be several."""
        where = and_(_AT.community_id == community, _AT.phase != Phase.ENDED)
        statement = select(tables.round_).where(where).order_by(_AT.quiz_id.desc()).limit(1)
        row = (await self._link.execute(statement)).one_or_none()
        return _to_round(row) if row else None

    async def join(self, player: Player) -> Player:
        """Let somebody take part, once; returns what stands."""
        key = {"community_id": player.community, "quiz_id": player.quiz, "person_id": player.person}
        rows = await self._link.fetch(_JOIN, {**key, "team": player.team, "at": player.at})
        return Player(*(rows or await self._link.fetch(_MINE, key))[0])

    async def players(self, community: int, quiz: int) -> Sequence[Player]:
        """Who takes part, in the order in which they came."""
        where = and_(_PLAYER.community_id == community, _PLAYER.quiz_id == quiz)
        statement = select(tables.player).where(where).order_by(_PLAYER.at, _PLAYER.person_id)
        return [Player(*row) for row in await self._link.execute(statement)]

    async def sizes(self, community: int, quiz: int) -> Mapping[int, int]:
        """How many take part, by team; all in team 0 where there are none."""
        values = {"community_id": community, "quiz_id": quiz}
        return {row[0]: row[1] for row in await self._link.fetch(_SIZES, values)}

    async def awaited(self, community: int, quiz: int, position: int, before: datetime, most: int) -> tuple[int, int]:
        """How many took part before that moment, and how many of these answered that item."""
        values = {
            "community_id": community,
            "quiz_id": quiz,
            "position": position,
            "before": before,
            "most": most,
        }
        ((players, answered),) = await self._link.fetch(_AWAITED, values)
        return players, answered

    async def polling(self) -> Sequence[Round]:
        """The rounds of all communities that run with native polls."""
        statement = select(tables.round_).where(_AT.polls, _AT.phase != Phase.ENDED)
        return [_to_round(row) for row in await self._link.execute(statement)]

    async def _this(self, prepared: Prepared, community: int, quiz: int) -> Round | None:
        rows = await self._link.fetch(prepared, {"community_id": community, "quiz_id": quiz})
        return _to_round(rows[0]) if rows else None


def _values(round_: Round) -> dict[str, Any]:
    return {
        "community_id": round_.community,
        "quiz_id": round_.quiz,
        "host": round_.host,
        "phase": round_.phase,
        "position": round_.position,
        "seconds": round_.seconds,
        "ends_at": round_.ends_at,
        "rest": round_.rest,
        "teams": round_.teams,
        "polls": round_.polls,
        "quiet": round_.quiet,
    }


def _to_round(row: Any) -> Round:
    community, quiz, host, phase, position, seconds, ends_at, rest, teams, polls, quiet = row
    return Round(community, quiz, host, Phase(phase), position, seconds, ends_at, rest, teams, bool(polls), quiet)
