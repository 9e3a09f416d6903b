"""Topics and reactions on the fake Bot API server, tried with the real python-telegram-bot."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
import telegram
from telegram import MessageReactionUpdated, ReactionTypeCustomEmoji, ReactionTypeEmoji
from telegram.error import BadRequest

from tests.wire.telegram import FakeTelegram
from tests.wire.telegram.world import Chat, Person
from tests.wire.test_fake_telegram import bot_of

pytestmark = pytest.mark.asyncio

ASKED = ["message", "message_reaction"]


@pytest_asyncio.fixture
async def server() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server
    server.truth.assert_clean()


@pytest_asyncio.fixture
async def bot(server: FakeTelegram) -> AsyncIterator[telegram.Bot]:
    async with bot_of(server) as bot:
        yield bot


@pytest.fixture
def ada(server: FakeTelegram) -> Person:
    return server.world.add_person("Ada")


@pytest.fixture
def forum(server: FakeTelegram, ada: Person) -> Chat:
    """A forum where the bot may manage topics."""
    return server.world.add_chat("Forum", forum=True, members=(ada,), bot="administrator")


async def test_a_topic_of_the_bot_is_closed_reopened_renamed_and_deleted(bot: telegram.Bot, forum: Chat) -> None:
    made = await bot.create_forum_topic(forum.id, "Q1")
    number = made.message_thread_id
    await bot.send_message(forum.id, "card", message_thread_id=number)
    await bot.close_forum_topic(forum.id, number)
    with pytest.raises(BadRequest, match=r"(?i)TOPIC_NOT_MODIFIED"):
        await bot.close_forum_topic(forum.id, number)
    assert forum.topics[number].closed
    await bot.send_message(forum.id, "it may still write", message_thread_id=number)
    await bot.reopen_forum_topic(forum.id, number)
    await bot.edit_forum_topic(forum.id, number, "Q1 solved")
    assert (forum.topics[number].closed, forum.topics[number].name) == (False, "Q1 solved")
    await bot.delete_forum_topic(forum.id, number)
    assert forum.messages == {}
    with pytest.raises(BadRequest, match=r"(?i)TOPIC_ID_INVALID"):
        await bot.close_forum_topic(forum.id, number)
    with pytest.raises(BadRequest, match=r"(?i)TOPIC_DELETED"):
        await bot.send_message(forum.id, "late", message_thread_id=number)


@pytest.mark.parametrize("name", ["x" * 129, "  "])
async def test_a_topics_name_has_1_to_128_characters(bot: telegram.Bot, forum: Chat, name: str) -> None:
    with pytest.raises(BadRequest, match=r"(?i)TOPIC_TITLE_EMPTY"):
        await bot.create_forum_topic(forum.id, name)
    assert (await bot.create_forum_topic(forum.id, "x" * 128)).name == "x" * 128


async def test_topics_need_a_forum_and_the_right(server: FakeTelegram, bot: telegram.Bot, ada: Person) -> None:
    plain = server.world.add_chat("Kelas", bot="administrator")
    with pytest.raises(BadRequest, match=r"(?i)the chat is not a forum"):
        await bot.create_forum_topic(plain.id, "Q1")
    forum = server.world.add_chat("Forum", forum=True, members=(ada,))
    with pytest.raises(BadRequest, match=r"(?i)not enough rights to create a topic"):
        await bot.create_forum_topic(forum.id, "Q1")
    hers = server.people.open_topic(forum, ada, "Q2")
    server.people.set_bot(forum, ada, "administrator", ("can_pin_messages",))
    with pytest.raises(BadRequest, match=r"(?i)not enough rights"):
        await bot.close_forum_topic(forum.id, hers)


async def test_what_people_say_in_a_topic_replies_to_its_opening_and_is_seen_as_elsewhere(
    server: FakeTelegram, bot: telegram.Bot, ada: Person
) -> None:
    forum = server.world.add_chat("Forum", forum=True, members=(ada,))
    server.people.set_bot(forum, ada, "administrator", ("can_manage_topics",))
    number = (await bot.create_forum_topic(forum.id, "Q1")).message_thread_id
    card = await bot.send_message(forum.id, "card", message_thread_id=number)
    server.people.set_bot(forum, ada, "member")
    said = server.people.say(ada, forum, "to nobody", thread=number)
    server.people.say(ada, forum, "to herself", reply_to=said["message_id"])
    server.people.say(ada, forum, "to the bot", reply_to=card.message_id)
    server.people.say(ada, forum, "/command", thread=number)
    seen = [update.message for update in await bot.get_updates() if update.message]
    assert [message.text for message in seen] == ["to the bot", "/command"]
    assert all(message.message_thread_id == number and message.is_topic_message for message in seen)
    root = seen[1].reply_to_message
    assert root is not None
    assert root.forum_topic_created is not None
    server.world.privacy_mode = False
    server.people.say(ada, forum, "to nobody", thread=number)
    assert [update.message.text for update in await bot.get_updates(-1) if update.message] == ["to nobody"]
    server.people.close_topic(forum, ada, number)
    with pytest.raises(ValueError, match="closed"):
        server.people.say(ada, forum, "late", thread=number)


async def changes(bot: telegram.Bot) -> list[MessageReactionUpdated]:
    """The reactions that came since the last time."""
    updates = await bot.get_updates(allowed_updates=ASKED)
    if updates:
        await bot.get_updates(updates[-1].update_id + 1, allowed_updates=ASKED)
    return [update.message_reaction for update in updates if update.message_reaction]


async def test_reactions_say_what_was_and_what_is(
    server: FakeTelegram, bot: telegram.Bot, ada: Person, forum: Chat
) -> None:
    await changes(bot)
    said = server.people.say(ada, forum, "hi")["message_id"]
    server.people.react(ada, forum, said, "👍")
    server.people.react(ada, forum, said, ["👍", "custom:77"])
    server.people.react(ada, forum, said, "")
    server.people.react(ada, forum, said, "")
    thumb, custom = ReactionTypeEmoji("👍"), ReactionTypeCustomEmoji("77")
    found = await changes(bot)
    assert [(each.old_reaction, each.new_reaction) for each in found] == [
        ((), (thumb,)),
        ((thumb,), (thumb, custom)),
        ((thumb, custom), ()),
    ]
    assert {each.user.id for each in found if each.user} == {ada.id}
    server.people.react(ada, forum, said, "👍", anonymous=True)
    (hidden,) = await changes(bot)
    assert hidden.user is None
    assert hidden.actor_chat is not None
    assert hidden.actor_chat.id == forum.id


async def test_reactions_reach_administrators_who_asked_for_them(
    server: FakeTelegram, bot: telegram.Bot, ada: Person, forum: Chat
) -> None:
    group = server.world.add_chat("Kelas", members=(ada,))
    await bot.get_updates(allowed_updates=["message"])
    server.people.react(ada, forum, 1, "👍")
    assert await changes(bot) == []
    server.people.react(ada, group, 1, "👍")
    assert await changes(bot) == []
    server.people.react(ada, forum, 1, "")
    assert len(await changes(bot)) == 1
