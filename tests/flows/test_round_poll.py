"""A round with native polls where only one of three places has them, and polls that are hard to tell apart."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.chat.events import Polled, Sender, Voted
from bot.chat.message import Message, Poll
from bot.chat.places import Account, Place, Ref, Role
from bot.domain.community import Community, Venue
from bot.domain.quiz import Quiz
from bot.domain.round import Phase, Round
from tests.bot.road import Wire
from tests.flows.raw import hears
from tests.flows.test_round import COMMUNITY, right_letter, running
from tests.world import TELEGRAM, World, opened

PLACE, FITRI = Place("wire", "g1"), Account("wire", "fitri")


@dataclass
class Booth(Wire):
    """A platform with polls: what was posted there, by its number."""

    has_polls: bool = True
    has_events: bool = False
    whispers: bool = True
    posted: dict[str, Message] = field(default_factory=dict)

    async def send(self, place: Place, message: Message, key: str) -> Ref:
        number = str(len(self.posted) + 1)
        self.posted[number] = message
        return Ref(place, number, f"poll{number}" if message.poll else "")

    async def edit(self, ref: Ref, message: Message) -> None:
        self.posted[ref.message] = message

    @property
    def polls(self) -> dict[str, Poll]:
        """The polls by their numbers."""
        return {f"poll{number}": message.poll for number, message in self.posted.items() if message.poll}


@dataclass
class Hall:
    """The example community with a third place that has polls."""

    world: World
    booth: Booth

    async def begins(self) -> None:
        """A round with polls asks its first item."""
        world = self.world
        await world.ani.says("/quiz biologi 2")
        await world.ani.presses("Dengan polling")
        await world.ani.presses("Buka untuk grup")
        await world.passes(seconds=3)
        await world.ani.presses("Mulai")
        await world.passes(seconds=3)

    async def votes(self, *options: int, poll: str = "poll2", who: Account = FITRI) -> None:
        key = self.world.stage.transcript.new_id()
        sender = Sender(who, who.id.title(), "id")
        at, place = self.world.clock(), Place("wire", "")
        await hears(self.world, Voted(key=key, at=at, place=place, sender=sender, poll=poll, options=options))

    async def tells(self, poll: str, question: str, options: tuple[str, ...]) -> None:
        """The platform tells of a poll."""
        key, place = self.world.stage.transcript.new_id(), Place("wire", "")
        at = self.world.clock()
        await hears(
            self.world,
            Polled(key=key, at=at, place=place, sender=Sender(None), poll=poll, question=question, options=options),
        )

    async def given(self, community: int = COMMUNITY, quiz: int = 1) -> dict[str, int]:
        async with self.world.store.read() as unit:
            return dict((await unit.quizzes.tally(community, quiz)).given.get(0, {}))


@pytest.fixture
async def hall(sqlite_address: str) -> AsyncIterator[Hall]:
    async with opened(sqlite_address, TELEGRAM) as world:
        booth = Booth({("g1", name): Role.MEMBER for name in ("fitri", "gita")})
        world.app.platforms["wire"] = booth
        async with world.store.begin() as unit:
            await unit.communities.put_venue(Venue(COMMUNITY, PLACE, "Kelas"))
        yield Hall(world, booth)


async def test_polls_stand_only_where_there_are_any_and_everybody_is_told_before(hall: Hall) -> None:
    await hall.world.ani.says("/quiz 1")
    await hall.world.ani.presses("Dengan polling")
    assert "siapa memilih apa" in hall.world.ani.told
    await hall.world.ani.presses("Tanpa polling")
    assert "siapa memilih apa" not in hall.world.ani.told
    await hall.begins()
    assert list(hall.booth.polls) == ["poll2"]
    assert "A" in hall.world.citra.buttons
    labels = [str(button.label) for row in hall.booth.posted["1"].rows for button in row]
    assert "A" not in labels
    assert "Jawab tanpa terlihat" in labels


async def test_votes_and_taps_are_one_count(hall: Hall) -> None:
    await hall.begins()
    letter = await right_letter(hall.world)
    await hall.world.citra.presses(letter)
    await hall.votes("ABCD".index(letter))
    assert await hall.given() == {str("ABCD".index(letter)): 2}
    await hall.world.passes(seconds=31)
    assert "2 orang menjawab" in hall.world.public[0]
    assert not hall.booth.polls["poll2"].open
    await hall.votes(0, who=Account("wire", "gita"))
    assert sum((await hall.given()).values()) == 2, "the result has been shown"


async def test_the_newest_vote_holds_and_one_taken_back_is_gone(hall: Hall) -> None:
    await hall.begins()
    await hall.votes(0)
    await hall.votes(1)
    assert await hall.given() == {"1": 1}
    await hall.votes()
    assert await hall.given() == {}


async def test_an_option_that_there_is_not_says_nothing(hall: Hall) -> None:
    await hall.begins()
    await hall.votes(9)
    assert await hall.given() == {}
    await hall.votes(0)
    await hall.votes(9)
    assert await hall.given() == {"0": 1}, "nor does it take a vote back"


async def test_a_vote_in_a_pause_counts_because_it_cannot_be_given_again(hall: Hall) -> None:
    await hall.begins()
    await hall.world.ani.presses("Jeda")
    await hall.world.passes(minutes=5)
    assert hall.booth.polls["poll2"].open
    await hall.votes(0)
    assert await hall.given() == {"0": 1}


async def test_a_poll_that_nobody_knows_is_the_one_that_it_looks_like(hall: Hall) -> None:
    await hall.begins()
    poll = hall.booth.polls["poll2"]
    await hall.votes(0)
    await hall.votes()
    await hall.votes(1, poll="lost")
    await hall.votes(1, poll="lost", who=Account("wire", "stranger"))
    assert await hall.given() == {}
    await hall.tells("lost", "Something else?", poll.options)
    assert await hall.given() == {}
    await hall.tells("lost", poll.question, poll.options)
    assert await hall.given() == {"1": 1}, "nobody knows the stranger, who may have seen the poll elsewhere"
    await hall.votes(0, poll="lost")
    assert await hall.given() == {"0": 1}
    await hall.votes(2)
    assert await hall.given() == {"2": 1}, "the newest vote holds, on whichever copy"


async def test_a_poll_of_two_groups_at_once_is_given_to_neither(hall: Hall) -> None:
    await hall.begins()
    live, quiz = await running(hall.world)
    now, there = hall.world.clock(), Place("wire", "g2")
    async with hall.world.store.begin() as unit:
        other = await unit.communities.add(Community(0, "Kelas lain", now, ready=True))
        await unit.communities.put_venue(Venue(other.id, there, "Kelas lain"))
        await unit.quizzes.add(Quiz(other.id, 0, None, now, now + timedelta(hours=1), quiz.items, kind=quiz.kind))
        ends_at = now + timedelta(seconds=30)
        await unit.rounds.add(Round(other.id, 1, 0, Phase.ASKING, live.position, ends_at=ends_at, polls=True))
    poll = hall.booth.polls["poll2"]
    await hall.votes(1, poll="lost")
    await hall.tells("lost", poll.question, poll.options)
    assert await hall.given() == {}
    assert await hall.given(other.id) == {}
