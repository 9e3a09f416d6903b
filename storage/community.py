"""Study groups and the places where they live."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import and_, delete, insert, select, true, update

from bot.chat.places import Ability, Place
from bot.domain.community import (
    Community,
    DailyRule,
    DigestRule,
    LibraryRule,
    PointRule,
    Preset,
    QuestionRule,
    QuizRule,
    Register,
    RotaRule,
    SessionRule,
    Venue,
)
from bot.domain.moderation import DoorRule, ModerationRule, WatchRule
from storage import tables
from storage.rows import Rows, packed

_DAILY = msgspec.json.Decoder(DailyRule)
_QUIZZES = msgspec.json.Decoder(QuizRule)
_LIBRARY = msgspec.json.Decoder(LibraryRule)
_QUESTIONS = msgspec.json.Decoder(QuestionRule)
_POINTS = msgspec.json.Decoder(PointRule)
_ROTA = msgspec.json.Decoder(RotaRule)
_DIGEST = msgspec.json.Decoder(DigestRule)
_MODERATION = msgspec.json.Decoder(ModerationRule)
_WATCH = msgspec.json.Decoder(WatchRule)
_DOOR = msgspec.json.Decoder(DoorRule)
_SESSIONS = msgspec.json.Decoder(SessionRule)
_VENUE = tables.venue.c
_MOVED = (tables.venue, tables.pending, tables.job, tables.lock)
_LEFT = (tables.card, tables.pin, tables.thanks)
"""Tables whose rows follow a chat to its new identifier, and those whose do not: message numbers begin anew there."""


class Communities(Rows):
    """See `bot.repository.Communities`."""

    async def add(self, community: Community) -> Community:
        """Store a new community."""
        statement = insert(tables.community).values(_values(community)).returning(tables.community)
        return to_community((await self._link.execute(statement)).one())

    async def get(self, community: int) -> Community | None:
        """The community of that number."""
        statement = select(tables.community).where(tables.community.c.id == community)
        row = (await self._link.execute(statement)).one_or_none()
        return to_community(row) if row else None

    async def hold(self, community: int) -> Community:
        """The community, locked."""
        statement = select(tables.community).where(tables.community.c.id == community).with_for_update()
        return to_community((await self._link.execute(statement)).one())

    async def save(self, community: Community) -> None:
        """Store changed settings."""
        where = tables.community.c.id == community.id
        await self._link.execute(update(tables.community).where(where).values(_values(community)))

    async def all(self) -> Sequence[Community]:
        """Every community."""
        at = tables.community.c
        rows = await self._link.execute(select(tables.community).where(at.joined == 0).order_by(at.id))
        return [to_community(row) for row in rows]

    async def venues(self, community: int) -> Sequence[Venue]:
        """The places of a community."""
        at = tables.venue.c
        statement = select(tables.venue).where(at.community_id == community).order_by(at.platform, at.chat)
        return [to_venue(row) for row in await self._link.execute(statement)]

    async def put_venue(self, venue: Venue) -> None:
        """Add a place or store its changed state."""
        await self._upsert(
            tables.venue,
            {
                "platform": venue.place.platform,
                "chat": venue.place.chat,
                "thread": venue.place.thread,
                "community_id": venue.community,
                "title": venue.title,
                "paused": venue.paused,
                "abilities": packed(sorted(venue.abilities)),
                "questions": venue.questions,
            },
        )

    async def move_venue(self, old: Place, new: Place) -> bool:
        """Let everything that pointed to the old chat point to the new one."""
        moved = 0
        owner = (await self._link.execute(select(_VENUE.community_id).where(_in_chat(tables.venue, old)))).scalar()
        if owner is not None:
            await self._make_room(owner, new)
        for table in _MOVED:
            statement = update(table).where(_in_chat(table, old)).values(chat=new.chat)
            moved += (await self._link.execute(statement)).rowcount
        for table in _LEFT:
            await self._link.execute(delete(table).where(_in_chat(table, old)))
        return bool(moved)

    async def of_person(self, person: int) -> Sequence[Community]:
        """The communities that this person belongs to."""
        joined = tables.community.join(tables.member, tables.member.c.community_id == tables.community.c.id)
        statement = select(tables.community).select_from(joined).where(tables.member.c.person_id == person)
        statement = statement.where(tables.community.c.joined == 0)
        rows = await self._link.execute(statement.order_by(tables.community.c.id))
        return [to_community(row) for row in rows]

    async def _make_room(self, owner: int, place: Place) -> None:
        """Drop what a new chat asked for if it announced itself before the old one moved into it."""
        others = tables.job.c.community_id != owner
        for table, condition in ((tables.venue, true()), (tables.pending, true()), (tables.job, others)):
            await self._link.execute(delete(table).where(_in_chat(table, place), condition))


def to_community(row: Any) -> Community:
    """A row of the table as a value."""
    number, name, created_at, language, register, zone, preset, goal, ready, *rules = row
    daily, quizzes, library, questions, points, rota, digest, moderation, watch, door, minors, joined, sessions = rules
    return Community(
        number,
        name,
        created_at,
        language,
        Register(register),
        zone,
        Preset(preset),
        goal,
        bool(ready),
        _DAILY.decode(daily),
        _QUIZZES.decode(quizzes),
        _LIBRARY.decode(library),
        _QUESTIONS.decode(questions),
        _POINTS.decode(points),
        _ROTA.decode(rota),
        _DIGEST.decode(digest),
        _MODERATION.decode(moderation),
        _WATCH.decode(watch),
        _DOOR.decode(door),
        bool(minors),
        joined,
        _SESSIONS.decode(sessions),
    )


def to_venue(row: Any) -> Venue:
    """A row of the table as a value."""
    platform, chat, thread, community, title, paused, abilities, questions = row
    granted = frozenset(map(Ability, msgspec.json.decode(abilities)))
    return Venue(community, Place(platform, chat, thread), title, bool(paused), granted, questions)


def _values(community: Community) -> dict[str, Any]:
    return {
        "name": community.name,
        "created_at": community.created_at,
        "language": community.language,
        "register": community.register,
        "zone": community.zone,
        "preset": community.preset,
        "goal": community.goal,
        "ready": community.ready,
        "daily": packed(community.daily),
        "quizzes": packed(community.quizzes),
        "library": packed(community.library),
        "questions": packed(community.questions),
        "points": packed(community.points),
        "rota": packed(community.rota),
        "digest": packed(community.digest),
        "moderation": packed(community.moderation),
        "watch": packed(community.watch),
        "door": packed(community.door),
        "minors": community.minors,
        "joined": community.joined,
        "sessions": packed(community.sessions),
    }


def _in_chat(table: Any, place: Place) -> Any:
    return and_(table.c.platform == place.platform, table.c.chat == place.chat)
