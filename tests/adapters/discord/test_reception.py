"""Events in bad moments: a store that takes nothing, a fault in a completion, an answer that must wait its turn."""

from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.chat.errors import Unavailable
from bot.chat.events import Typed
from bot.chat.message import say
from bot.chat.places import Account
from bot.said import Form, Said
from bot.speech import Speech
from tests.adapters.discord.feature import DOOR, NOTES
from tests.adapters.discord.stage import Stage
from tests.wire.discord.people import answered, fields
from tests.wire.faults import Fault, Kind, Match


@asynccontextmanager
async def full() -> Any:
    raise Unavailable("disk full")
    yield


async def test_a_store_that_takes_nothing_is_told_to_the_person(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage.store, "begin", full)
    item = await stage.slash(stage.ben, "me")
    assert "can't save" in item.reply.text
    assert item.reply.only_for == stage.ben.id
    monkeypatch.undo()
    assert (await stage.slash(stage.ben, "me")).reply.text == "This is you."


async def test_a_store_that_cannot_be_read_still_opens_a_modal(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    message = await stage.panel()
    monkeypatch.setattr(stage.store, "read", full)
    opened = await stage.press(stage.ben, message, "open:ask:text,topic", forged=True)
    assert opened.modal is not None


async def test_a_completion_that_fails_offers_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage.store, "read", full)
    item = await stage.server.people.slash(stage.ben, stage.channel, "find", {"topic": "a"}, focused="topic")
    await stage.until(lambda: item.choices is not None)
    assert item.choices == []


async def test_a_question_after_a_deferral_brings_a_button_that_opens_the_modal(stage: Stage) -> None:
    stage.server.faults.add(Fault(Kind.DELAY, seconds=0.01), Match("*"))
    slow = stage.app.handle

    async def handle(event: Any, answer: Any) -> None:
        await DOOR.wait()
        await slow(event, answer)

    stage.app.handle = handle  # type: ignore[method-assign]
    item = await stage.server.people.slash(stage.ben, stage.channel, "ask")
    await stage.until(lambda: item.loading)
    DOOR.is_open = True
    await stage.until(lambda: item.messages)
    assert [button["label"] for button in item.reply.buttons] == ["Cancel", "Fill in"]
    opened = await stage.press(stage.ben, item.reply, "Fill in")
    assert opened.modal is not None
    assert [field["custom_id"] for field in fields(opened.modal)] == ["text", "topic"]
    sent = await answered(await stage.server.people.submit(opened, {"text": "Why?", "topic": ["bio"]}))
    assert sent.reply.text == "Asked: Why?"
    assert NOTES == [{"text": "Why?", "topic": "bio"}]


async def test_a_button_that_opens_nothing_any_more_is_told_to_be_too_old(stage: Stage) -> None:
    message = await stage.panel()
    item = await stage.press(stage.ben, message, "open:gone:text", forged=True)
    assert "too old" in item.reply.text


async def test_words_for_one_person_are_not_said_in_the_server(stage: Stage) -> None:
    said = Said(Speech("en").message(say("rahasia")), personal=True)

    async def handle(event: Any, answer: Any) -> None:
        if isinstance(event, Typed):
            await answer(said)

    stage.app.handle = handle  # type: ignore[method-assign]
    await stage.server.people.say(stage.ben, stage.channel, f"<@{stage.state.bot.id}> apa rahasianya?")
    direct = stage.state.direct_channel(stage.ben)
    await stage.until(lambda: stage.state.messages_in(direct))
    assert [message.text for message in stage.state.messages_in(direct)] == ["rahasia"]
    assert len(stage.texts()) == 1


async def test_the_first_private_word_says_that_the_bot_may_write_there(stage: Stage) -> None:
    direct = stage.state.direct_channel(stage.ben)
    await stage.server.people.say(stage.ben, direct, "/start")
    await stage.server.people.say(stage.ben, direct, "/start")
    await stage.until(lambda: len(stage.state.messages_in(direct)) == 4)
    await stage.discord.reception.drain()
    async with stage.store.read() as unit:
        assert await unit.people.can_write(Account("discord", str(stage.ben.id)))


async def test_a_form_of_choices_alone_is_asked_with_buttons(stage: Stage) -> None:
    opened = await stage.slash(stage.ben, "ask", {"text": "Why?"})
    assert opened.acknowledged == 4
    assert [button["label"] for button in opened.reply.buttons] == ["Maths", "Biology", "Cancel"]
    assert Form("ask", ("topic",))


async def test_an_interaction_that_is_over_before_we_answer_is_given_up(stage: Stage) -> None:
    stage.state.clock.advance(0)
    item = await stage.server.people.slash(stage.ben, stage.channel, "wait")
    stage.state.clock.advance(3.5)
    DOOR.is_open = True
    await stage.app.drain()
    await stage.discord.reception.drain()
    assert item.failed
    assert (await stage.slash(stage.ben, "me")).reply.text == "This is you."
