"""Due work: one claim statement serves SQLite and PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, func, select, true, tuple_, update

from bot.chat.places import Place
from bot.domain.jobs import Job, State
from storage import tables
from storage.link import Link
from storage.rows import Rows

_AT = tables.job.c
_WAITING = (State.DUE, State.CLAIMED, State.SENDING)
_BUSY = (State.CLAIMED, State.SENDING)
_TROUBLED = (State.DROPPED, State.UNKNOWN, State.FAILED)
_KEY = ["community_id", "key"]
# Written out, not bound, so that both databases see that the partial index serves it.
_ACTIVE = tables.WAITING


class Jobs(Rows):
    """See `bot.repository.Jobs`."""

    def __init__(self, link: Link) -> None:
        super().__init__(link)
        self.asked = False

    async def put(self, job: Job) -> None:
        """Ask for this job. One that is at work now is asked for again when it ends."""
        self.asked = True
        statement = self._link.insert(tables.job).values(_values(job))
        busy = _AT.state.in_(_BUSY)
        changed = {
            "wanted": _AT.wanted + 1,
            "due_at": statement.excluded.due_at,
            "state": case((busy, _AT.state), else_=State.DUE),
            "wake_at": case((busy, _AT.wake_at), else_=statement.excluded.due_at),
            "tries": case((busy, _AT.tries), else_=0),
            "failures": 0,
        }
        await self._link.execute(statement.on_conflict_do_update(index_elements=_KEY, set_=changed))

    async def cancel(self, community: int, kind: str, subjects: range | None = None) -> None:
        """Forget the jobs of that kind that have not begun."""
        where = and_(_AT.community_id == community, _AT.kind == kind, _AT.state == State.DUE)
        if subjects is not None:
            where = and_(where, _AT.subject >= subjects.start, _AT.subject < subjects.stop)
        await self._link.execute(delete(tables.job).where(where))

    async def claim(self, now: datetime, until: datetime, most: int, *, silent: bool = False) -> Sequence[Job]:
        """Take due or abandoned jobs, most urgent first. A job abandoned while sending comes back as such."""
        due = (
            select(_AT.community_id, _AT.key)
            .where(_ACTIVE, _AT.wake_at <= now, _AT.platform.is_(None) if silent else true())
            .order_by(_AT.wake_at)
            .limit(most)
            .with_for_update(skip_locked=True)
            .cte("due")
        )
        # In a CTE, because PostgreSQL may run a plain sub-select again and then lock more rows than asked for.
        keys = select(due.c.community_id, due.c.key)
        claimed = (
            update(tables.job)
            .where(tuple_(_AT.community_id, _AT.key).in_(keys))
            .values(wake_at=until, state=case((_AT.state == State.SENDING, State.SENDING), else_=State.CLAIMED))
            .returning(tables.job)
        )
        jobs = [_to_job(row) for row in await self._link.execute(claimed)]
        return sorted(jobs, key=lambda job: (job.due_at, job.key))

    async def renew(self, jobs: Sequence[Job], until: datetime) -> None:
        """Keep claimed jobs for longer."""
        keys = [(job.community, job.key) for job in jobs]
        where = and_(tuple_(_AT.community_id, _AT.key).in_(keys), _AT.state.in_(_BUSY))
        await self._link.execute(update(tables.job).where(where).values(wake_at=until))

    async def release(self, now: datetime) -> None:
        """End every lease."""
        await self._link.execute(update(tables.job).where(_AT.state.in_(_BUSY)).values(wake_at=now))

    async def get(self, community: int, key: str) -> Job | None:
        """The job of that key."""
        row = (await self._link.execute(select(tables.job).where(_is(community, key)))).one_or_none()
        return _to_job(row) if row else None

    async def sending(self, job: Job) -> None:
        """Note that a request for it may leave now."""
        await self._set(job, state=State.SENDING, tries=job.tries)

    async def finish(self, job: Job, state: State) -> None:
        """End it. Asked for again meanwhile, it is due again instead."""
        same = _AT.wanted == job.wanted
        await self._set(
            job,
            state=case((same, state), else_=State.DUE),
            wake_at=case((same, _AT.wake_at), else_=_AT.due_at),
            tries=0,
            failures=0,
        )

    async def retry(self, job: Job, at: datetime) -> None:
        """Give it back, due at that time, with its `tries` and `failures`."""
        chat = {"chat": job.place.chat} if job.place else {}
        await self._set(job, state=State.DUE, wake_at=at, tries=job.tries, failures=job.failures, **chat)

    async def next_due(self) -> datetime | None:
        """When the next job is due."""
        due: datetime | None = (await self._link.execute(select(func.min(_AT.wake_at)).where(_ACTIVE))).scalar()
        return due

    async def oldest(self) -> datetime | None:
        """The due time of the job that waits longest."""
        due: datetime | None = (await self._link.execute(select(func.min(_AT.due_at)).where(_ACTIVE))).scalar()
        return due

    async def troubled(self, community: int) -> Sequence[Job]:
        """Jobs that ended dropped, unknown or failed, newest first."""
        where = and_(_AT.community_id == community, _AT.state.in_(_TROUBLED))
        statement = select(tables.job).where(where).order_by(_AT.due_at.desc()).limit(20)
        return [_to_job(row) for row in await self._link.execute(statement)]

    async def clear(self, before: datetime) -> int:
        """Drop ended jobs older than that."""
        where = and_(_AT.state.not_in(_WAITING), _AT.due_at < before)
        return (await self._link.execute(delete(tables.job).where(where))).rowcount

    async def _set(self, job: Job, **values: Any) -> None:
        await self._link.execute(update(tables.job).where(_is(job.community, job.key)).values(values))


def _is(community: int, key: str) -> ColumnElement[bool]:
    return and_(_AT.community_id == community, _AT.key == key)


def _values(job: Job) -> dict[str, Any]:
    place = job.place
    return {
        "community_id": job.community,
        "key": job.key,
        "kind": job.kind,
        "subject": job.subject,
        "person_id": job.person,
        "platform": place and place.platform,
        "chat": place and place.chat,
        "thread": place and place.thread,
        "state": job.state,
        "due_at": job.due_at,
        "wake_at": job.due_at,
        "wanted": job.wanted,
        "tries": job.tries,
        "failures": job.failures,
    }


def _to_job(row: Any) -> Job:
    community, key, kind, subject, person, platform, chat, thread, state, due_at, _, wanted, tries, failures = row
    place = Place(platform, chat, thread) if platform else None
    return Job(community, key, kind, subject, due_at, place, State(state), wanted, tries, failures, person)
