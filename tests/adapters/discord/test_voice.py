"""Minutes in the voice channel of a session: of members alone, from its beginning to its end, also over restarts."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from adapters.discord.guild import Guild
from adapters.discord.voice import Voices
from adapters.discord.wire import Member, User, Voice
from bot.chat.act import Gather
from bot.chat.places import Account
from bot.domain.agenda import Rest
from bot.domain.dated import subject
from bot.domain.presence import Presence, Way
from bot.features import session
from tests.adapters.discord.feature import FEATURE
from tests.adapters.discord.stage import Stage, staged
from tests.adapters.discord.term import MONDAY, Term, begun
from tests.wire.discord import Person
from tests.wire.discord.state import VOICE, Channel


class Class(Term):
    """The session has a voice channel; nobody is in it."""

    room: Channel

    async def sits(self, *people: Person, room: Channel | None = None) -> None:
        """They go into the channel, or another one."""
        for person in people:
            await self._moves(person, room or self.room)

    async def leaves(self, *people: Person) -> None:
        """They go out of it."""
        for person in people:
            await self._moves(person, None)

    async def _moves(self, person: Person, room: Channel | None) -> None:
        await self.stage.server.events.sit(person, room, self.stage.guild)
        where = str((room or self.room).id)
        number = str(person.id)
        await self.stage.until(lambda: person.bot or (number in self.heard(where)) == (room is not None))

    def heard(self, channel: str) -> list[str]:
        """Who is there as the adapter knows."""
        return list(self.stage.discord.reception._voices.within(str(self.stage.guild.id), channel))

    async def minutes(self, *people: Person) -> list[int]:
        """The whole minutes of these people."""
        found = {each.person: each for each in await self.presences()}
        numbers = [await self.number(person) for person in people]
        now = self.stage.app.clock()
        return [int(found[each].spent(now).total_seconds()) // 60 if each in found else -1 for each in numbers]

    async def number(self, person: Person) -> int:
        """The person's number in the core, 0 for somebody unknown."""
        async with self.stage.store.read() as unit:
            found = await unit.people.of_account(Account("discord", str(person.id)))
        return found.id if found else 0

    async def presences(self) -> list[Presence]:
        """All of the date."""
        async with self.stage.store.read() as unit:
            return list(await unit.presences.of_date(self.community, self.series.id, MONDAY))

    async def goes_on(self, minutes: int) -> None:
        """Let so many minutes pass, each by itself."""
        for _ in range(minutes):
            await self.passes(minutes=1)


@pytest_asyncio.fixture
async def lesson(tmp_path: Path) -> AsyncIterator[Class]:
    """It is Monday, 18.30."""
    async with staged(tmp_path, features=(FEATURE, session.FEATURE)) as stage:
        yield await opened(stage)


async def opened(stage: Stage) -> Class:
    term = await begun(stage)
    lesson = Class(stage, term.community, term.ada, term.series)
    lesson.room = stage.state.add_channel(stage.guild, "belajar", kind=VOICE)
    await lesson.plan(channel=str(lesson.room.id))
    await lesson.passes(days=1, hours=8, minutes=30)
    return lesson


# ── a session ──


async def test_minutes_count_from_the_beginning_to_the_end(lesson: Class) -> None:
    ada, ben, citra = lesson.stage.ada, lesson.stage.ben, lesson.stage.citra
    await lesson.sits(ada, ben)
    await lesson.passes(minutes=30)
    await lesson.goes_on(10)
    await lesson.leaves(ben)
    await lesson.sits(citra)
    await lesson.goes_on(80)
    await lesson.goes_on(30)
    whole, short, late = await lesson.minutes(ada, ben, citra)
    assert 89 <= whole <= 90
    assert 9 <= short <= 10
    assert 78 <= late <= 80
    assert {each.way for each in await lesson.presences()} == {Way.VOICE}
    assert not [each for each in await lesson.presences() if each.entered_at]


async def test_who_comes_back_goes_on_counting(lesson: Class) -> None:
    ada, ben = lesson.stage.ada, lesson.stage.ben
    await lesson.passes(minutes=30)
    await lesson.sits(ada, ben)
    await lesson.goes_on(5)
    await lesson.leaves(ben)
    await lesson.goes_on(20)
    await lesson.sits(ben)
    await lesson.goes_on(5)
    spent_ada, spent_ben = await lesson.minutes(ada, ben)
    assert 29 <= spent_ada <= 30
    assert 7 <= spent_ben <= 10


async def test_nobody_counts_outside_of_the_channel_or_of_the_session(lesson: Class) -> None:
    ada, ben = lesson.stage.ada, lesson.stage.ben
    other = lesson.stage.state.add_channel(lesson.stage.guild, "santai", kind=VOICE)
    await lesson.sits(ada)
    await lesson.goes_on(20)
    assert await lesson.presences() == []
    await lesson.leaves(ada)
    await lesson.sits(ben, room=other)
    await lesson.goes_on(20)
    assert await lesson.presences() == []
    await lesson.goes_on(80)
    await lesson.sits(ada)
    await lesson.goes_on(10)
    assert await lesson.presences() == []


async def test_of_bots_and_strangers_nothing_is_kept(lesson: Class) -> None:
    stage = lesson.stage
    music = stage.state.add_person("music", bot=True)
    stranger = stage.state.add_person("stranger")
    stage.state.join(stage.guild, music, stranger)
    await lesson.sits(music, stranger, stage.ada)
    await lesson.passes(minutes=30)
    await lesson.goes_on(6)
    assert len(await lesson.presences()) == 1
    assert await lesson.number(stranger) == 0


async def test_mutes_and_unmutes_change_nothing(lesson: Class) -> None:
    await lesson.sits(lesson.stage.ada)
    await lesson.passes(minutes=30)
    for _ in range(6):
        await lesson.stage.server.events.say_where(lesson.stage.ada, lesson.stage.guild)
        await lesson.goes_on(1)
    assert await lesson.minutes(lesson.stage.ada) == [6]


async def test_a_session_that_is_called_off_counts_no_more(lesson: Class) -> None:
    await lesson.sits(lesson.stage.ada)
    await lesson.passes(minutes=30)
    await lesson.goes_on(3)
    await lesson.change(MONDAY, rest=Rest.OFF)
    key = f"session-voice:{subject(lesson.series.id, MONDAY)}:discord:{lesson.stage.guild.id}"
    await lesson.goes_on(2)
    async with lesson.stage.store.read() as unit:
        job = await unit.jobs.get(lesson.community, key)
    assert job
    assert job.state == "dropped"


# ── restarts ──


@pytest.mark.parametrize(("away", "least", "most"), [(2, 11, 12), (40, 9, 11)])
async def test_a_restart_counts_what_is_known_and_no_more(lesson: Class, away: int, least: int, most: int) -> None:
    """Short ones are bridged; of a long one nobody knows who stayed."""
    stage = lesson.stage
    await lesson.sits(stage.ada)
    await lesson.passes(minutes=30)
    await lesson.goes_on(5)
    await stage.stop()
    stage.state.clock.advance(away * 60)
    stage.discord = stage.new_bot()
    await stage.run()
    await stage.until(lambda: lesson.heard(str(lesson.room.id)))
    await lesson.goes_on(5)
    [spent] = await lesson.minutes(stage.ada)
    assert least <= spent <= most


async def test_who_left_during_a_long_restart_left_when_they_were_seen_last(lesson: Class) -> None:
    stage = lesson.stage
    await lesson.sits(stage.ada, stage.ben)
    await lesson.passes(minutes=30)
    await lesson.goes_on(6)
    await stage.stop()
    await stage.server.events.sit(stage.ada, None, stage.guild)
    stage.state.clock.advance(120 * 60)
    stage.discord = stage.new_bot()
    await stage.run()
    await lesson.settle()
    spent = await lesson.minutes(stage.ada, stage.ben)
    assert all(5 <= each <= 6 for each in spent), "the session ended meanwhile"


# ── what the adapter knows ──


def guild(*voices: Voice, bots: str = "") -> Guild:
    members = tuple(Member(User(number, bot=True)) for number in bots)
    return Guild("1", voice_states=voices, members=members)


def test_a_guild_tells_everybody_anew() -> None:
    voices = Voices()
    voices.begin(guild(Voice("5", "9"), Voice("6", "9"), Voice("7", "8"), bots="6"))
    assert voices.within("1", "9") == ["5"]
    voices.begin(guild(Voice("7", "9")))
    assert voices.within("1", "9") == ["7"]
    assert voices.within("2", "9") == []


def test_people_move_and_bots_are_nobody() -> None:
    voices = Voices()
    voices.move(Voice("5", "9", "1"))
    voices.move(Voice("6", "9", "1", Member(User("6", bot=True))))
    assert voices.within("1", "9") == ["5"]
    voices.move(Voice("5", "8", "1"))
    assert (voices.within("1", "9"), voices.within("1", "8")) == ([], ["5"])
    voices.move(Voice("5", None, "1"))
    assert voices.within("1", "8") == []


def test_what_is_too_old_is_forgotten() -> None:
    voices = Voices()
    voices.move(Voice("5", "9", "1"))
    voices.move(Voice("5", "9", "2"))
    voices.forget(["1", "3"])
    assert (voices.within("1", "9"), voices.within("2", "9")) == ([], ["5"])


async def test_the_platform_says_who_is_there(stage: Stage) -> None:
    room = stage.state.add_channel(stage.guild, "belajar", kind=VOICE)
    assert await stage.discord.act(stage.place, Gather(str(room.id)), "k") == "[]"
    await stage.server.events.sit(stage.ben, room, stage.guild)
    reception = stage.discord.reception
    await stage.until(lambda: reception._voices.within(str(stage.guild.id), str(room.id)))
    assert await stage.discord.act(stage.place, Gather(str(room.id)), "k") == f'["{stage.ben.id}"]'
    assert await stage.discord.act(stage.place, Gather("5"), "k") == "[]"
