"""A topic of its own for a card: opened where that can be, once a minute, closed and reopened with the card."""

import asyncio
from dataclasses import replace

import pytest

from adapters.telegram import topic as topics
from bot.chat.errors import Ambiguous, Gone, SlowDown, Unreachable
from bot.chat.message import Message, Thread, say
from bot.chat.places import Place, Ref
from bot.speech import Speech
from tests.adapters.telegram.stage import Stage
from tests.wire.faults import Fault, Kind, Match
from tests.wire.telegram.world import Chat

TITLE = "Q42 Why is the sky blue?"


def card(words: str = "the card", *, closed: bool = False, title: str = TITLE, apart: bool = True) -> Message:
    return replace(Speech("en").message(say(words)), thread=Thread(title, closed=closed, apart=apart))


def place(chat: Chat, thread: str = "") -> Place:
    return Place("telegram", str(chat.id), thread)


@pytest.fixture
def forum(stage: Stage) -> Chat:
    """A forum where the bot may manage topics."""
    stage.group = stage.server.world.add_chat("Forum", forum=True, members=(stage.ben,), owner=stage.ada)
    stage.server.people.set_bot(stage.group, stage.ada, "administrator", ("can_manage_topics",))
    return stage.group


async def send(stage: Stage, message: Message, key: str = "1", thread: str = "") -> Ref:
    return await stage.telegram.send(place(stage.group, thread), message, key)


def threads(stage: Stage) -> list[int | None]:
    """In which topics the bot's messages stand."""
    return [message.get("message_thread_id") for message in stage.ours(stage.group)]


def calls(stage: Stage, method: str) -> int:
    return stage.server.truth.count("call", method)


async def test_a_card_stands_in_a_topic_of_its_own(stage: Stage, forum: Chat) -> None:
    theirs = stage.server.people.open_topic(forum, stage.ada, "Questions")
    ref = await send(stage, card(), thread=str(theirs))
    (number,) = (number for number, topic in forum.topics.items() if topic.name == TITLE)
    assert threads(stage) == [number]
    assert ref == Ref(place(forum, str(theirs)), ref.message, opened=str(number))


@pytest.mark.parametrize("message", [card(apart=False), card(closed=True), replace(card(), thread=None)])
async def test_no_topic_is_opened_unasked_or_for_what_is_over(stage: Stage, forum: Chat, message: Message) -> None:
    theirs = stage.server.people.open_topic(forum, stage.ada, "Questions")
    ref = await send(stage, message, thread=str(theirs))
    assert (threads(stage), ref.opened) == ([theirs], "")
    assert calls(stage, "createForumTopic") == 0


async def test_where_there_are_no_topics_the_card_is_posted_plainly(stage: Stage) -> None:
    for kind in ("supergroup", "group"):
        stage.group = stage.server.world.add_chat("Kelas", kind, bot="administrator")
        ref = await send(stage, card())
        assert (stage.texts(stage.group), ref.opened) == (["the card"], "")
    stage.server.people.start(stage.ben)
    private = await stage.telegram.send(Place("telegram", str(stage.ben.id)), card(), "2")
    assert private.opened == ""
    assert calls(stage, "createForumTopic") == 1


async def test_without_the_right_the_card_stands_where_it_would_have(stage: Stage, forum: Chat) -> None:
    theirs = stage.server.people.open_topic(forum, stage.ada, "Questions")
    stage.server.people.set_bot(forum, stage.ada, "administrator", ("can_pin_messages",))
    ref = await send(stage, card(), thread=str(theirs))
    assert (threads(stage), ref.opened) == ([theirs], "")
    stage.server.people.set_bot(forum, stage.ada, "administrator", ("can_manage_topics",))
    assert (await send(stage, card(), "2")).opened != ""


@pytest.mark.parametrize(("title", "name"), [("x" * 300, "x" * 128), (" \n ", "…"), ("a\0b", "ab")])
async def test_a_name_fits_whatever_the_title_is(stage: Stage, forum: Chat, title: str, name: str) -> None:
    ref = await send(stage, card(title=title))
    assert forum.topics[int(ref.opened)].name == name


async def test_a_chat_gets_one_topic_a_minute_and_the_next_is_told_to_wait(stage: Stage, forum: Chat) -> None:
    first, second = await asyncio.gather(
        send(stage, card(), "1"), send(stage, card("another"), "2"), return_exceptions=True
    )
    assert isinstance(first, Ref)
    assert isinstance(second, SlowDown)
    assert 55 < second.after.total_seconds() <= 60
    assert (len(forum.topics), stage.texts(forum)) == (1, ["the card"])
    stage.group = stage.server.world.add_chat("Other", forum=True, bot="administrator")
    assert (await send(stage, card(), "3")).opened != ""


async def test_after_that_minute_the_next_one_is_opened(
    stage: Stage, forum: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topics, "APART", 0.1)
    await send(stage, card(), "1")
    with pytest.raises(SlowDown) as slow:
        await send(stage, card("another"), "2")
    await asyncio.sleep(slow.value.after.total_seconds())
    await send(stage, card("another"), "2")
    assert threads(stage) == list(forum.topics)


@pytest.mark.parametrize("effect", [True, False])
@pytest.mark.parametrize("kind", [Kind.SERVER_ERROR, Kind.RESET_MID_RESPONSE, Kind.TRUNCATED])
async def test_a_lost_reply_to_an_opening_is_ambiguous_and_the_next_try_waits(
    stage: Stage, forum: Chat, kind: Kind, effect: bool
) -> None:
    stage.server.faults.add(Fault(kind, effect=effect), Match("createForumTopic"), times=1)
    with pytest.raises(Ambiguous):
        await send(stage, card())
    with pytest.raises(SlowDown):
        await send(stage, card())
    assert (calls(stage, "createForumTopic"), len(forum.topics)) == (1, int(effect))
    assert stage.texts(forum) == []


async def test_an_opening_that_telegram_puts_off_is_tried_again(stage: Stage, forum: Chat) -> None:
    stage.server.faults.add(Fault(Kind.RATE_LIMIT, retry_after=1), Match("createForumTopic"), times=1)
    with pytest.raises(SlowDown) as slow:
        await send(stage, card())
    assert slow.value.after.total_seconds() == 1
    assert (await send(stage, card())).opened != ""


async def test_a_card_that_did_not_get_through_finds_its_topic_again(stage: Stage, forum: Chat) -> None:
    stage.server.faults.add(Fault(Kind.SERVER_ERROR), Match("sendMessage"), times=1)
    with pytest.raises(Ambiguous):
        await send(stage, card())
    ref = await send(stage, card())
    assert threads(stage) == list(forum.topics) == [int(ref.opened)]


async def test_the_topic_is_closed_and_reopened_with_its_card(stage: Stage, forum: Chat) -> None:
    ref = await send(stage, card())
    opened = forum.topics[int(ref.opened)]
    for closed in (False, True, True, False, False):
        await stage.telegram.edit(ref, card(f"closed: {closed}", closed=closed))
        assert (opened.closed, stage.texts(forum)) == (closed, [f"closed: {closed}"])
    assert (calls(stage, "closeForumTopic"), calls(stage, "reopenForumTopic")) == (1, 1)


async def test_what_was_done_already_is_fine_after_a_restart(stage: Stage, forum: Chat) -> None:
    ref = await send(stage, card())
    await stage.telegram.edit(ref, card("over", closed=True))
    stage.telegram._topics = topics.Topics(stage.telegram._bot, stage.telegram.sender)
    await stage.telegram.edit(ref, card("still over", closed=True))
    await stage.telegram.edit(ref, card("for good", closed=True))
    assert forum.topics[int(ref.opened)].closed
    assert calls(stage, "closeForumTopic") == 2


async def test_a_lost_reply_to_a_closing_is_tried_once_more(stage: Stage, forum: Chat) -> None:
    ref = await send(stage, card())
    stage.server.faults.add(Fault(Kind.SERVER_ERROR, effect=True), Match("closeForumTopic"), times=1)
    await stage.telegram.edit(ref, card("over", closed=True))
    assert forum.topics[int(ref.opened)].closed


async def test_a_topic_that_cannot_be_closed_now_is_closed_when_the_edit_is_tried_again(
    stage: Stage, forum: Chat
) -> None:
    ref = await send(stage, card())
    stage.server.faults.add(Fault(Kind.RATE_LIMIT, retry_after=1), Match("closeForumTopic"), times=1)
    with pytest.raises(SlowDown):
        await stage.telegram.edit(ref, card("over", closed=True))
    await stage.telegram.edit(ref, card("over", closed=True))
    assert forum.topics[int(ref.opened)].closed


async def test_a_topic_that_is_gone_fails_no_edit_and_its_card_is_gone_with_it(stage: Stage, forum: Chat) -> None:
    ref = await send(stage, card())
    forum.topics[int(ref.opened)].deleted = True
    for _ in range(2):
        await stage.telegram.edit(ref, card("over", closed=True))
    assert (stage.texts(forum), calls(stage, "closeForumTopic")) == (["over"], 1)
    stage.server.people.delete_topic(forum, int(ref.opened))
    with pytest.raises(Gone):
        await stage.telegram.edit(ref, card("late", closed=True))


async def test_without_the_right_the_card_is_edited_and_the_topic_closed_later(stage: Stage, forum: Chat) -> None:
    ref = await send(stage, card())
    number = int(ref.opened)
    stage.server.people.set_bot(forum, stage.ada, "member")
    await stage.telegram.edit(ref, card("over", closed=True))
    assert (stage.texts(forum), forum.topics[number].closed) == (["over"], False)
    stage.server.people.set_bot(forum, stage.ada, "administrator", ("can_manage_topics",))
    await stage.telegram.edit(ref, card("over now", closed=True))
    assert forum.topics[number].closed


async def test_what_does_not_fit_into_the_card_follows_in_its_topic(stage: Stage, forum: Chat) -> None:
    ref = await send(stage, card("word " * 1500))
    await stage.telegram.edit(ref, card("word " * 1000))
    assert set(threads(stage)) == {int(ref.opened)}


async def test_a_plain_card_has_no_topic_to_close(stage: Stage) -> None:
    ref = await send(stage, card(apart=False))
    await stage.telegram.edit(ref, card("over", closed=True))
    assert calls(stage, "closeForumTopic") == 0


async def test_an_address_leads_to_the_message_in_a_supergroup_alone(stage: Stage, forum: Chat) -> None:
    number = str(forum.id).removeprefix("-100")
    link = stage.telegram.link
    assert link(Ref(place(forum), "7")) == f"https://t.me/c/{int(number)}/7"
    assert link(Ref(place(forum, "3"), "7")) == f"https://t.me/c/{int(number)}/3/7"
    assert link(Ref(place(forum, "3"), "7", opened="5")) == f"https://t.me/c/{int(number)}/5/7"
    assert link(Ref(Place("telegram", "-1001234567890"), "7")) == "https://t.me/c/1234567890/7"
    assert [link(Ref(Place("telegram", chat), "7")) for chat in ("-1001", "-5001", "42")] == ["", "", ""]


async def test_nothing_is_opened_while_telegram_is_away(stage: Stage, forum: Chat) -> None:
    await stage.telegram._bot.shutdown()
    for _ in range(2):
        with pytest.raises(Unreachable):
            await send(stage, card())
