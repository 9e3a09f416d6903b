"""What the fake Telegram does about members, tried with the real python-telegram-bot."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
import telegram
from telegram import ChatPermissions

from tests.wire.telegram import FakeTelegram
from tests.wire.telegram.world import USUAL, Chat, Person
from tests.wire.test_fake_telegram import bot_of

WANTED = ["message", "chat_member", "chat_join_request"]


@pytest_asyncio.fixture
async def server() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server
    server.truth.assert_clean()


@pytest_asyncio.fixture
async def bot(server: FakeTelegram) -> AsyncIterator[telegram.Bot]:
    async with bot_of(server) as bot:
        await bot.get_updates(allowed_updates=WANTED)
        yield bot


@pytest.fixture
def ada(server: FakeTelegram) -> Person:
    return server.world.add_person("Ada")


@pytest.fixture
def ben(server: FakeTelegram) -> Person:
    return server.world.add_person("Ben")


@pytest.fixture
def group(server: FakeTelegram, ada: Person, ben: Person) -> Chat:
    """Ada owns it, Ben is a member, and the bot may do everything."""
    return server.world.add_chat("Kelas", owner=ada, members=(ben,), bot="administrator")


async def kinds(bot: telegram.Bot) -> list[str]:
    """What the waiting updates are about, each once told."""
    updates = await bot.get_updates()
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return [_kind(update) for update in updates]


def _kind(update: telegram.Update) -> str:
    if message := update.message:
        found = ("new_chat_members", "left_chat_member", "pinned_message", "text")
        return next(kind for kind in found if getattr(message, kind))
    if change := update.chat_member:
        return f"{change.old_chat_member.status} to {change.new_chat_member.status}"
    return "knock" if update.chat_join_request else "other"


async def test_who_comes_and_goes_is_told_twice_to_an_administrator_and_once_to_a_member(
    server: FakeTelegram, bot: telegram.Bot, group: Chat, ada: Person
) -> None:
    eve = server.world.add_person("Eve")
    server.doors.join(eve, group)
    server.doors.leave(eve, group)
    assert await kinds(bot) == ["left to member", "new_chat_members", "member to left", "left_chat_member"]
    server.people.set_bot(group, ada, "member")
    server.doors.join(eve, group)
    server.doors.leave(eve, group)
    assert await kinds(bot) == ["new_chat_members", "left_chat_member"]


async def test_an_app_lets_nobody_write_who_may_not(
    server: FakeTelegram, bot: telegram.Bot, group: Chat, ben: Person, ada: Person
) -> None:
    await bot.restrict_chat_member(group.id, ben.id, ChatPermissions(can_send_documents=True))
    with pytest.raises(ValueError, match="write nothing"):
        server.people.say(ben, group, "hello")
    server.people.send(ben, group, b"%PDF", "a.pdf")
    found = await bot.get_chat_member(group.id, ben.id)
    assert isinstance(found, telegram.ChatMemberRestricted)
    assert (found.can_send_messages, found.can_send_documents, found.is_member) == (False, True, True)
    await bot.restrict_chat_member(group.id, ben.id, ChatPermissions.all_permissions())
    await bot.set_chat_permissions(group.id, ChatPermissions.no_permissions())
    with pytest.raises(ValueError, match="write nothing"):
        server.people.say(ben, group, "hello")
    server.people.say(ada, group, "hello")
    assert (await bot.get_chat(group.id)).permissions == ChatPermissions.no_permissions()


async def test_a_restriction_stays_with_who_goes_and_comes_back_and_ends_in_time(
    server: FakeTelegram, bot: telegram.Bot, group: Chat, ben: Person
) -> None:
    start = server.world.now()
    await bot.restrict_chat_member(group.id, ben.id, ChatPermissions(), until_date=int(start) + 600)
    server.doors.leave(ben, group)
    server.doors.join(ben, group)
    with pytest.raises(ValueError, match="write nothing"):
        server.people.say(ben, group, "hello")
    assert await kinds(bot) == [
        "member to restricted",
        "restricted to restricted",
        "left_chat_member",
        "restricted to restricted",
        "new_chat_members",
    ]
    server.world.now = lambda: start + 601
    assert (await bot.get_chat_member(group.id, ben.id)).status == "member"
    server.people.say(ben, group, "hello")


@pytest.mark.parametrize(("seconds", "lasts"), [(10, 0), (60, 60), (367 * 86400, 0)])
async def test_what_ends_too_soon_or_too_late_never_ends(
    server: FakeTelegram, bot: telegram.Bot, group: Chat, ben: Person, seconds: int, lasts: int
) -> None:
    server.world.now = lambda: 1_795_000_000.0
    await bot.restrict_chat_member(group.id, ben.id, ChatPermissions(), until_date=1_795_000_000 + seconds)
    assert group.status_of(ben.id).until == (1_795_000_000 + lasts if lasts else 0)


async def test_permissions_imply_others_unless_they_stand_for_themselves(bot: telegram.Bot, group: Chat) -> None:
    polls = ChatPermissions(can_send_polls=True)
    await bot.set_chat_permissions(group.id, polls)
    assert group.permissions == {"can_send_polls", "can_send_messages", "can_react_to_messages"}
    await bot.set_chat_permissions(group.id, polls, use_independent_chat_permissions=True)
    assert group.permissions == {"can_send_polls"}
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)CHAT_NOT_MODIFIED"):
        await bot.set_chat_permissions(group.id, polls, use_independent_chat_permissions=True)


async def test_who_is_put_out_for_good_comes_back_only_after_that_is_lifted(
    server: FakeTelegram, bot: telegram.Bot, group: Chat, ben: Person
) -> None:
    await bot.ban_chat_member(group.id, ben.id)
    with pytest.raises(ValueError, match="cannot come in"):
        server.doors.join(ben, group)
    with pytest.raises(ValueError, match="write nothing"):
        server.people.say(ben, group, "hello")
    await bot.unban_chat_member(group.id, ben.id, only_if_banned=True)
    server.doors.join(ben, group)
    assert await bot.unban_chat_member(group.id, ben.id, only_if_banned=True)
    assert group.status_of(ben.id).is_here
    await bot.unban_chat_member(group.id, ben.id)
    assert not group.status_of(ben.id).is_here


async def test_a_knock_is_told_who_may_invite_and_opens_private_words_for_five_minutes(
    server: FakeTelegram, bot: telegram.Bot, group: Chat, ada: Person
) -> None:
    eve = server.world.add_person("Eve")
    server.people.set_bot(group, ada, "administrator", ("can_pin_messages",))
    server.doors.knock(eve, group)
    assert await kinds(bot) == []
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)not enough rights"):
        await bot.approve_chat_join_request(group.id, eve.id)
    server.people.set_bot(group, ada, "administrator", ("can_invite_users",))
    server.doors.knock(eve, group)
    assert await kinds(bot) == ["knock"]
    await bot.send_message(eve.id, "Welcome?")
    start = server.world.now()
    server.world.now = lambda: start + 301
    with pytest.raises(telegram.error.Forbidden, match=r"(?i)can't initiate"):
        await bot.send_message(eve.id, "Still there?")
    await bot.approve_chat_join_request(group.id, eve.id)
    assert await kinds(bot) == ["left to member", "new_chat_members"]
    for answer in (bot.approve_chat_join_request, bot.decline_chat_join_request):
        with pytest.raises(telegram.error.BadRequest, match=r"(?i)USER_ALREADY_PARTICIPANT"):
            await answer(group.id, eve.id)
    kim = server.world.add_person("Kim")
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)HIDE_REQUESTER_MISSING"):
        await bot.decline_chat_join_request(group.id, kim.id)


@pytest.mark.parametrize("words", ["x" * 17, "⭐ star", "🎉"])
async def test_a_tag_is_short_and_without_an_emoji(bot: telegram.Bot, group: Chat, ben: Person, words: str) -> None:
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)TAG_INVALID"):
        await bot.set_chat_member_tag(group.id, ben.id, words)
    await bot.set_chat_member_tag(group.id, ben.id, "x" * 16)
    found = await bot.get_chat_member(group.id, ben.id)
    assert isinstance(found, telegram.ChatMemberMember)
    assert found.tag == "x" * 16


async def test_a_pin_is_shown_to_everybody(server: FakeTelegram, bot: telegram.Bot, group: Chat, ben: Person) -> None:
    said = server.people.say(ben, group, "important")
    await bot.pin_chat_message(group.id, said["message_id"], disable_notification=True)
    assert await kinds(bot) == ["text", "pinned_message"]
    assert group.messages[group.last_message]["_silent"]
    assert group.permissions == USUAL


async def test_handles_and_addresses_are_found_in_what_people_type(
    server: FakeTelegram, bot: telegram.Bot, group: Chat, ben: Person
) -> None:
    server.people.say(ben, group, "/warn 🎉 @carla https://x.example a@b.example")
    (update,) = await bot.get_updates()
    assert update.message
    assert list(update.message.parse_entities().values()) == ["/warn", "@carla", "https://x.example"]
