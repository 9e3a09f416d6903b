"""Votes from Telegram to the features: each counted once, whoever forwarded the poll and whatever was lost."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from adapters.telegram.pace import Urgency
from bot.chat.errors import Ambiguous
from bot.chat.events import Polled, Voted
from bot.chat.message import Poll, say
from bot.chat.places import Place, Ref
from bot.chat.poll import is_asked_by
from bot.command import Feature
from bot.context import Context
from bot.repository import Vote
from bot.speech import Speech
from tests.adapters.telegram.feature import FEATURE
from tests.adapters.telegram.stage import Stage, staged
from tests.wire.faults import Fault, Kind, Match
from tests.wire.telegram.world import Person

POLL = Poll("2 + 2?", ("3", "4"), (1,))
CHANNEL = {"id": -1_000_000_000_777, "type": "channel", "title": "News"}
MESSAGE = Speech("en").message(replace(say("2 + 2?"), poll=POLL))


class Ear:
    """A feature that remembers what it hears of polls."""

    def __init__(self) -> None:
        self.votes: list[tuple[str, tuple[int, ...]]] = []
        self.places: set[Place] = set()
        self.polls: list[Polled] = []

    async def voted(self, ctx: Context, event: Voted) -> None:
        self.votes.append((ctx.person.name, event.options))
        self.places.add(ctx.place)

    async def polled(self, ctx: Context, event: Polled) -> None:
        self.polls.append(event)


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest_asyncio.fixture
async def stage(tmp_path: Path, ear: Ear) -> AsyncIterator[Stage]:
    async with staged(tmp_path, features=(FEATURE, Feature(voted=ear.voted, polled=ear.polled))) as stage:
        yield stage


async def post(stage: Stage, *, known: bool = True) -> Ref:
    """A poll in the group, and the bot's memory of it."""
    place = Place("telegram", str(stage.group.id))
    ref = await stage.telegram.send(place, MESSAGE, "key")
    async with stage.store.begin() as unit:
        community = (await unit.arrivals.of(place, None)).community
        assert community
        if known:
            await unit.cards.put(community.id, "round:1", ref)
    return ref


async def vote(stage: Stage, person: Person, poll: str, *options: int, **how: Any) -> None:
    stage.server.people.vote(person, poll, list(options), **how)
    await stage.settled()


async def kept(stage: Stage, poll: str) -> list[tuple[str, str]]:
    """Who voted what on a poll that nobody knows."""
    async with stage.store.begin() as unit:
        votes: list[Vote] = list(await unit.votes.take("telegram", poll))
    return [(each.account, each.options) for each in votes]


async def test_each_vote_is_heard_once_in_the_group_where_the_poll_stands(stage: Stage, ear: Ear) -> None:
    ref = await post(stage)
    with capture_logs() as logs:
        await vote(stage, stage.ben, ref.poll, 1)
        await vote(stage, stage.citra, ref.poll, 0)
    assert ear.votes == [("Ben", (1,)), ("Citra", (0,))]
    assert ear.places == {ref.place}
    assert ear.polls == []
    assert logs == []
    assert stage.texts(stage.group) == []


@pytest.mark.parametrize("kind", [Kind.DUPLICATE, Kind.DROP_ACK])
async def test_a_vote_that_is_delivered_twice_is_heard_once(stage: Stage, ear: Ear, kind: Kind) -> None:
    ref = await post(stage)
    stage.server.faults.add(Fault(kind), Match("update:poll*"), times=2)
    await vote(stage, stage.ben, ref.poll, 1)
    assert ear.votes == [("Ben", (1,))]


async def test_a_vote_taken_back_and_given_again_is_heard_in_its_order(stage: Stage, ear: Ear) -> None:
    ref = await post(stage)
    for options in ([0], [], [1]):
        stage.server.people.vote(stage.ben, ref.poll, options, force=True)
    await stage.settled()
    assert ear.votes == [("Ben", (0,)), ("Ben", ()), ("Ben", (1,))]


async def test_a_vote_in_the_name_of_a_channel_is_nobodys(stage: Stage, ear: Ear) -> None:
    ref = await post(stage)
    with capture_logs() as logs:
        await vote(stage, stage.ben, ref.poll, 1, channel=CHANNEL)
    assert (ear.votes, logs) == ([], [])
    assert stage.telegram.reception.count.set_aside == 0


async def test_on_a_forwarded_copy_members_vote_and_strangers_do_not(stage: Stage, ear: Ear) -> None:
    ref = await post(stage)
    stranger = stage.server.world.add_person("Dewi")
    other = stage.server.world.add_chat("Other", members=(stage.ben, stranger))
    copy = stage.server.people.forward(stage.ben, stage.group, int(ref.message), other)
    assert copy["poll"]["id"] == ref.poll
    await vote(stage, stranger, ref.poll, 1)
    await vote(stage, stage.ben, ref.poll, 1)
    assert ear.votes == [("Ben", (1,))]


@pytest.mark.parametrize("kind", [Kind.RATE_LIMIT, Kind.SERVER_ERROR, Kind.HTML])
async def test_a_vote_is_not_lost_while_telegram_does_not_say_who_is_a_member(
    stage: Stage, ear: Ear, kind: Kind
) -> None:
    ref = await post(stage)
    dewi = stage.server.world.add_person("Dewi")
    stage.group.members[dewi.id] = stage.group.members[stage.ben.id]
    stage.server.faults.add(Fault(kind), Match("getChatMember"))
    await vote(stage, dewi, ref.poll, 1)
    assert ear.votes == [("Dewi", (1,))]


async def test_a_poll_whose_reply_was_lost_is_told_by_its_words_and_its_votes_are_kept(stage: Stage, ear: Ear) -> None:
    stage.server.faults.add(Fault(Kind.RESET_AFTER_READ, effect=True), Match("sendPoll"), times=1)
    with pytest.raises(Ambiguous):
        await post(stage)
    (orphan,) = stage.server.world.polls
    await vote(stage, stage.ben, orphan, 1)
    assert ear.votes == []
    assert {event.poll for event in ear.polls} == {orphan}
    assert is_asked_by(POLL, ear.polls[0].question, ear.polls[0].options)
    assert await kept(stage, orphan) == [(str(stage.ben.id), "1")]


async def test_of_an_unknown_poll_the_last_word_of_each_person_is_kept(stage: Stage) -> None:
    ref = await post(stage, known=False)
    await vote(stage, stage.ben, ref.poll, 0)
    await vote(stage, stage.ben, ref.poll, force=True)
    await vote(stage, stage.citra, ref.poll, 1)
    assert sorted(await kept(stage, ref.poll)) == [(str(stage.ben.id), ""), (str(stage.citra.id), "1")]


async def test_a_poll_that_became_known_is_told_of_while_votes_wait_for_that_and_no_longer(
    stage: Stage, ear: Ear
) -> None:
    ref = await post(stage, known=False)
    await vote(stage, stage.ben, ref.poll, 1)
    async with stage.store.begin() as unit:
        await unit.cards.put(1, "round:1", ref)
    await vote(stage, stage.citra, ref.poll, 1)
    assert (len(ear.polls), ear.votes) == (2, [("Citra", (1,))])
    assert await kept(stage, ref.poll) == [(str(stage.ben.id), "1")]
    await vote(stage, stage.ada, ref.poll, 1)
    assert len(ear.polls) == 2


async def test_the_name_of_an_unknown_poll_s_voter_is_kept_without_what_no_database_takes(stage: Stage) -> None:
    ref = await post(stage, known=False)
    stage.ben.first_name = "B\0en"
    await vote(stage, stage.ben, ref.poll, 1)
    async with stage.store.begin() as unit:
        (found,) = await unit.votes.take("telegram", ref.poll)
    assert found.name == "Ben"


async def test_what_becomes_of_an_ended_poll_is_no_news(stage: Stage, ear: Ear) -> None:
    ref = await post(stage, known=False)
    await stage.telegram.sender.change(
        stage.group.id, Urgency.POST, lambda: stage.telegram._bot.stop_poll(stage.group.id, int(ref.message))
    )
    await stage.settled()
    assert ear.polls == []


@pytest.mark.parametrize(
    "poisoned",
    [
        {"poll_answer": {"poll_id": 7, "user": {"id": 1, "is_bot": False, "first_name": "SECRET"}, "option_ids": [0]}},
        {"poll_answer": {"poll_id": "7", "user": {"id": 1, "first_name": "SECRET"}, "option_ids": ["SECRET"]}},
        {"poll": {"id": "", "question": "SECRET", "options": [], "is_closed": False, "is_anonymous": False}},
        {"poll": "SECRET"},
    ],
)
async def test_a_poisoned_vote_is_set_aside_untold_and_the_next_one_counts(
    stage: Stage, ear: Ear, poisoned: dict[str, Any]
) -> None:
    ref = await post(stage)
    with capture_logs() as logs:
        stage.server.updates.last_id += 1
        stage.server.updates.emit_raw({"update_id": stage.server.updates.last_id, **poisoned})
        await vote(stage, stage.ben, ref.poll, 1)
    assert ear.votes == [("Ben", (1,))]
    assert stage.telegram.reception.count.set_aside == 1
    assert [entry["event"] for entry in logs] == ["update_set_aside"]
    assert "SECRET" not in str(logs)


@pytest.mark.parametrize("options", [[-1], [99], [10**30]])
async def test_a_vote_for_an_option_that_no_poll_has_is_passed_over(stage: Stage, ear: Ear, options: list[int]) -> None:
    ref = await post(stage)
    with capture_logs() as logs:
        stage.server.people.vote(stage.ben, ref.poll, options, force=True)
        await stage.settled()
    assert (ear.votes, logs) == ([], [])
