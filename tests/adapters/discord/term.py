"""A server with a session every Monday, in the middle of a term."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.chat.places import Account
from bot.domain.agenda import Change, Series
from bot.domain.jobs import Job
from bot.domain.recurrence import Frequency, Rule
from bot.features.session.mirror import show
from bot.features.session.plan import TICK
from tests.adapters.discord.stage import Stage
from tests.wire.discord import Person
from tests.wire.discord.scheduled import Scheduled

MONDAY = date(2027, 1, 11)

MADE = "POST /guilds/{guild_id}/scheduled-events"
CHANGED = "PATCH /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}"


class Term:
    """A server with a session every Monday at 19.00 in Jakarta, which Ada planned; it is Sunday."""

    def __init__(self, stage: Stage, community: int, ada: int, series: Series) -> None:
        self.stage = stage
        self.community = community
        self.ada = ada
        self.series = series

    @property
    def events(self) -> list[Scheduled]:
        """What the server's list shows."""
        return self.stage.server.events.of(self.stage.guild)

    @property
    def days(self) -> list[str]:
        """When that is, in Jakarta."""
        times = [datetime.fromtimestamp(each.start, UTC) + timedelta(hours=7) for each in self.events]
        return [f"{at:%d %b %H.%M}" for at in times]

    async def plan(self, **how: Any) -> None:
        """Change the series and do what follows."""
        self.series = replace(self.series, revision=self.series.revision + 1, **how)
        async with self.stage.store.begin() as unit:
            await unit.sessions.save(self.series)
        await self.follows()

    async def change(self, day: date, **how: Any) -> None:
        """Change one date."""
        async with self.stage.store.begin() as unit:
            await unit.sessions.put(Change(self.community, self.series.id, day, **how))
        await self.follows()

    async def follows(self) -> None:
        """Let Bareng notice."""
        await self.tick()
        await self.settle()

    async def tick(self) -> None:
        """What asks for the event in the end is the same for every change."""
        number, now = self.series.id, self.stage.app.clock()
        async with self.stage.store.begin() as unit:
            await unit.jobs.put(Job(self.community, f"{TICK}:{number}", TICK, number, now))

    async def ends(self) -> None:
        """Call all dates off."""
        await self.plan(over=True)
        place, number = self.stage.place, self.series.id
        key = f"{show.name}:{number}:{place.platform}:{place.chat}:{place.thread}"
        async with self.stage.store.begin() as unit:
            await unit.jobs.put(Job(self.community, key, show.name, number, self.stage.app.clock(), place))
        await self.settle()

    async def passes(self, **length: float) -> None:
        """Let time pass."""
        self.stage.state.clock.advance(timedelta(**length).total_seconds())
        await self.settle()

    async def settle(self) -> None:
        """Wait for all that is due."""
        await self.stage.app.outbox.settle()
        await self.stage.discord.reception.drain()
        await self.stage.app.outbox.settle()

    def told(self, person: Person) -> list[str]:
        """What that person read in private."""
        channel = self.stage.state.direct_channel(person)
        return [message.text for message in self.stage.state.messages_in(channel)]

    def calls(self) -> int:
        """How often Discord was asked about events."""
        return sum(self.stage.server.truth.count("call", each) for each in (MADE, CHANGED))


async def begun(stage: Stage) -> Term:
    stage.state.clock.advance(datetime(2027, 1, 10, 3, tzinfo=UTC).timestamp() - stage.state.clock.now())
    place = Account("discord", str(stage.ada.id))
    async with stage.store.begin() as unit:
        arrival = await unit.arrivals.of(stage.place, place)
        assert arrival.person
        assert arrival.community
        await unit.people.open_private(place, True)
        rule = Rule(MONDAY, time(19), "Asia/Jakarta", 90, Frequency.WEEKLY, days=(0,))
        planned = Series(arrival.community.id, 0, rule, "Aljabar", arrival.person.id, stage.app.clock(), where="Lab 2")
        series = await unit.sessions.add(replace(planned, topic="Lembar 3"))
    term = Term(stage, series.community, arrival.person.id, series)
    await term.follows()
    return term
