"""What members report."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, insert, select, update

from bot.chat.places import Place, Ref
from bot.domain.report import Report, State, Voice
from storage import tables
from storage.rows import Rows

_AT = tables.report.c
_VOICE = tables.report_voice.c


class Reports(Rows):
    """See `bot.repository.Reports`."""

    async def open(self, report: Report) -> Report:
        """The report about that message, stored where there was none."""
        await self._count_on(report.community)
        place, message = report.about.place, report.about.message
        stands = and_(_AT.platform == place.platform, _AT.chat == place.chat, _AT.message == message)
        found = await self._one(and_(_AT.community_id == report.community, stands), held=True)
        if found:
            return found
        last = select(func.coalesce(func.max(_AT.id), 0)).where(_AT.community_id == report.community)
        stored = replace(report, id=(await self._link.execute(last)).scalar_one() + 1)
        await self._link.execute(insert(tables.report).values(_values(stored)))
        return stored

    async def save(self, report: Report) -> None:
        """Store a changed one."""
        where = _is(report.community, report.id)
        await self._link.execute(update(tables.report).where(where).values(_values(report)))

    async def get(self, community: int, report: int) -> Report | None:
        """The one of that number."""
        return await self._one(_is(community, report))

    async def hold(self, community: int, report: int) -> Report | None:
        """The same, held until this unit ends."""
        return await self._one(_is(community, report), held=True)

    async def speak(self, community: int, voice: Voice) -> bool:
        """Add somebody's report; False if they reported that message before."""
        values = {
            "community_id": community,
            "report_id": voice.report,
            "person_id": voice.person,
            "at": voice.at,
            "reason": voice.reason,
            "counts": voice.counts,
        }
        statement = self._link.insert(tables.report_voice).values(values).on_conflict_do_nothing()
        return bool((await self._link.execute(statement)).rowcount)

    async def voices(self, community: int, report: int) -> Sequence[Voice]:
        """Everybody's reports about that message, oldest first."""
        where = and_(_VOICE.community_id == community, _VOICE.report_id == report)
        rows = await self._link.execute(select(tables.report_voice).where(where).order_by(_VOICE.at, _VOICE.person_id))
        return [Voice(row.report_id, row.person_id, row.at, row.reason, bool(row.counts)) for row in rows]

    async def times(self, community: int, person: int, since: datetime) -> Sequence[datetime]:
        """When that person reported something since then, newest first."""
        where = and_(_VOICE.community_id == community, _VOICE.person_id == person, _VOICE.at > since)
        rows = await self._link.execute(select(_VOICE.at).where(where).order_by(_VOICE.at.desc()))
        return [row.at for row in rows]

    async def verdicts(self, community: int, person: int, most: int) -> Sequence[State]:
        """What was decided about what that person reported, newest decision first."""
        mine = and_(_VOICE.community_id == _AT.community_id, _VOICE.report_id == _AT.id)
        where = and_(_VOICE.community_id == community, _VOICE.person_id == person, _AT.state != State.OPEN)
        joined = select(_AT.state).join(tables.report_voice, mine).where(where)
        rows = await self._link.execute(joined.order_by(_AT.judged_at.desc(), _AT.id.desc()).limit(most))
        return [State(row.state) for row in rows]

    async def _one(self, where: ColumnElement[bool], *, held: bool = False) -> Report | None:
        statement = select(tables.report).where(where)
        row = (await self._link.execute(statement.with_for_update() if held else statement)).one_or_none()
        return _to_report(row) if row else None


def _is(community: int, report: int) -> ColumnElement[bool]:
    return and_(_AT.community_id == community, _AT.id == report)


def _to_report(row: Any) -> Report:
    community, number, platform, chat, thread, message, author, words, at, state, told, hidden, judge, judged_at = row
    about = Ref(Place(platform, chat, thread), message)
    return Report(community, number, about, author, words, at, State(state), bool(told), bool(hidden), judge, judged_at)


def _values(report: Report) -> dict[str, Any]:
    place = report.about.place
    return {
        "community_id": report.community,
        "id": report.id,
        "platform": place.platform,
        "chat": place.chat,
        "thread": place.thread,
        "message": report.about.message,
        "person_id": report.author,
        "words": report.words,
        "at": report.at,
        "state": report.state,
        "told": report.told,
        "hidden": report.hidden,
        "judge_id": report.judge,
        "judged_at": report.judged_at,
    }
