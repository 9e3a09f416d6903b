"""The public card of a question is one message on every platform, whatever stands in it."""

from dataclasses import replace
from random import Random

import pytest

from adapters.discord.render import CARD
from adapters.playground.plain import plain
from adapters.telegram.render import PROFILE
from bot.chat.fit import fit
from bot.chat.message import Message
from bot.context import Context
from bot.domain.question import Answer, Closing, Label, Question, State
from bot.speech import Speech
from tests.flows.asked import COMMUNITY
from tests.world import World, opened

WORST = ("*", "`", "<", "\n-", "م\n", "👨\u200d👩\u200d👧\u200d👦", "```\n`\n```\n", "$a$ ", "<@1>@everyone ", "kata ")


async def heaviest(world: World, words: str) -> Message:
    """The card of a question in which everything is as long as it may be, as the outbox composes it."""
    async with world.store.begin() as unit:
        people = unit.people
        (person,) = [found for found in [await people.get(1)] if found]
        await people.save(replace(person, name=words * 32))
        now, tags = world.clock(), tuple(f"topik-{number}-{'x' * 24}" for number in range(5))
        made = Question(COMMUNITY, 0, (words * 1500)[:1500], 1, now, now, tags=tags)
        asked = await unit.questions.add(made, 1)
        for _ in range(3):
            given = Answer(COMMUNITY, asked.id, 0, (words * 400)[:400], 1, now, True, Label.UNSOURCED, 1)
            await unit.questions.add_answer(given)
        note = (words * 200)[:200]
        await unit.questions.save(replace(asked, state=State.CLOSED, closing=Closing.WORDS, note=note))
        group = await unit.communities.get(COMMUNITY)
        ctx = Context(unit, now, Random(1), world.group, found=group, language="id")
        message = await world.app.index.jobs["question"].handler(ctx, asked.id)
    assert isinstance(message, Message)
    return Speech("id", "Asia/Jakarta").message(message)


@pytest.mark.parametrize("words", WORST)
async def test_whatever_is_written_the_card_is_one_message(sqlite_address: str, words: str) -> None:
    async with opened(sqlite_address) as world:
        message = await heaviest(world, words)
    assert [len(fit(message, profile)) for profile in (CARD, PROFILE)] == [1, 1]


async def test_an_ordinary_long_question_stands_on_the_card_whole(sqlite_address: str) -> None:
    async with opened(sqlite_address) as world:
        shown = plain(await heaviest(world, "kata "))
    assert ("kata " * 300).strip() in shown
    assert "kata …" not in shown
