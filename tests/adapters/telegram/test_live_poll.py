"""A live round with native polls on Telegram: one poll for each item, votes that count, and polls that were lost."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio

from bot.domain.items import Item, ItemText
from bot.domain.round import Round
from bot.features import FEATURES
from tests.adapters.telegram.stage import Stage, staged
from tests.adapters.telegram.test_product import labels, press
from tests.wire.faults import Fault, Kind, Match
from tests.wire.telegram.world import Json, Person

ITEM = Item(1, 0, {"en": ItemText("2 + 2?", ("3", "4", "5"), "Count.")}, right=(1,))
NEXT = replace(ITEM, texts={"en": ItemText("3 + 3?", ("5", "6", "7"))})


@pytest_asyncio.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A group whose bank has two items; Ada, who owns it, has opened a round with polls and started it."""
    async with staged(tmp_path, features=FEATURES) as stage:
        async with stage.store.begin() as unit:
            for item in (ITEM, NEXT):
                await unit.items.add(item, datetime.now(UTC))
        stage.server.people.start(stage.ada)
        await stage.settled()
        yield stage


async def begin(stage: Stage) -> None:
    """The first item is asked."""
    private = stage.private(stage.ada)
    before = private.last_message
    stage.server.people.say(stage.ada, stage.group, "/quiz")
    await stage.until(lambda: private.last_message > before)
    for words in ("With native polls", "Open the round"):
        await press(stage, stage.ada, private, stage.ours(private)[-1], words)
    await passes(stage, 3)
    (card,) = stage.ours(stage.group)
    await press(stage, stage.ada, stage.group, card, "Start")
    await passes(stage, 3)


async def passes(stage: Stage, seconds: float) -> None:
    """Let time pass and everything due happen."""
    for _ in range(3):
        before = stage.server.world.now
        stage.server.world.now = partial(lambda now, step: now() + step, before, seconds / 3)
        await stage.app.outbox.settle()
    await stage.settled()
    await stage.app.outbox.settle()


def polls(stage: Stage) -> list[Json]:
    return [message["poll"] for message in stage.group.messages.values() if "poll" in message]


async def vote(stage: Stage, person: Person, poll: Json, *options: int, force: bool = False) -> None:
    stage.server.people.vote(person, poll["id"], list(options), force=force)
    await stage.settled()


async def given(stage: Stage, position: int = 0) -> dict[str, int]:
    """How many hold which answer to an item of the round."""
    live = await current(stage)
    async with stage.store.read() as unit:
        return dict((await unit.quizzes.tally(live.community, live.quiz)).given.get(position, {}))


async def current(stage: Stage) -> Round:
    async with stage.store.read() as unit:
        live = await unit.rounds.current(1)
    assert live
    return live


async def test_each_item_is_a_poll_that_ends_with_it_and_votes_count(stage: Stage) -> None:
    await begin(stage)
    (poll,) = polls(stage)
    asked = [poll["question"]]
    right = poll["correct_option_ids"][0]
    await vote(stage, stage.ben, poll, right)
    await vote(stage, stage.citra, poll, 0)
    assert await given(stage) == {str(right): 1, "0": 1}
    await passes(stage, 40)
    assert polls(stage)[0]["is_closed"]
    await passes(stage, 20)
    *_, second = polls(stage)
    asked.append(second["question"])
    assert sorted(asked) == ["2 + 2?", "3 + 3?"]
    assert not second["is_closed"]
    await vote(stage, stage.ben, second, second["correct_option_ids"][0])
    await passes(stage, 90)
    assert all(poll["is_closed"] for poll in polls(stage))
    assert len(polls(stage)) == 2
    assert "1. Ben: 2" in stage.texts(stage.group)[-1]


async def test_a_vote_taken_back_counts_no_more_and_a_new_one_does(stage: Stage) -> None:
    await begin(stage)
    (poll,) = polls(stage)
    await vote(stage, stage.ben, poll, 0)
    await vote(stage, stage.ben, poll, force=True)
    assert await given(stage) == {}
    await vote(stage, stage.ben, poll, 1, force=True)
    assert await given(stage) == {"1": 1}


@pytest.mark.parametrize("times", [1, None])
async def test_a_poll_whose_reply_was_lost_counts_its_votes(stage: Stage, times: int | None) -> None:
    stage.server.faults.add(Fault(Kind.RESET_AFTER_READ, effect=True), Match("sendPoll"), times=times)
    await begin(stage)
    orphan = polls(stage)[0]
    await vote(stage, stage.ben, orphan, 1)
    await vote(stage, stage.citra, orphan, 2)
    assert await given(stage) == {"1": 1, "2": 1}


async def test_where_polls_are_forbidden_the_question_stands_and_the_round_goes_on(stage: Stage) -> None:
    words = "Bad Request: not enough rights to send polls to the chat"
    stage.server.faults.add(Fault(Kind.REFUSED, text=words), Match("sendPoll"))
    await begin(stage)
    assert polls(stage) == []
    card, question = stage.ours(stage.group)
    assert "+" in question["text"]
    assert any("unseen" in label for label in labels(card))
    await passes(stage, 120)
    assert polls(stage) == []


async def test_five_hundred_people_who_vote_at_once_are_each_counted_once(stage: Stage) -> None:
    await begin(stage)
    (poll,) = polls(stage)
    stage.server.faults.add(Fault(Kind.DUPLICATE), Match("update:poll_answer", probability=0.1))
    for number in range(500):
        person = stage.server.world.add_person(f"P{number}")
        stage.group.members[person.id] = stage.group.members[stage.ben.id]
        stage.server.people.vote(person, poll["id"], [number % 3])
    await stage.until(lambda: not stage.server.updates.waiting, 90)
    await stage.settled()
    assert await given(stage) == {"0": 167, "1": 167, "2": 166}
