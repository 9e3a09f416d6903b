"""The fake Bot API server, tried with the real python-telegram-bot."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio
import telegram
from aiohttp import web
from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MessageEntity,
)
from telegram.constants import ParseMode
from telegram.request import HTTPXRequest

from tests.wire.faults import Fault, Kind, Match
from tests.wire.telegram import FakeTelegram

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def server() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server
    server.truth.assert_clean()


def bot_of(server: FakeTelegram, token: str | None = None) -> telegram.Bot:
    request = HTTPXRequest(read_timeout=2, httpx_kwargs={"trust_env": False})
    other = HTTPXRequest(read_timeout=5, httpx_kwargs={"trust_env": False})
    return telegram.Bot(
        token or server.token,
        base_url=server.base_url,
        base_file_url=server.base_file_url,
        request=request,
        get_updates_request=other,
    )


@pytest_asyncio.fixture
async def bot(server: FakeTelegram) -> AsyncIterator[telegram.Bot]:
    async with bot_of(server) as bot:
        yield bot


KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Saya hadir", callback_data="v1:yes")]])


async def test_a_group_text_arrives_and_an_answer_stands_in_the_chat(server: FakeTelegram, bot: telegram.Bot) -> None:
    ada = server.world.add_person("Ada", language_code="id")
    group = server.world.add_chat("Kelas", members=(ada,))
    server.people.say(ada, group, "/help@bareng_bot")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.from_user is not None
    assert (update.message.text, update.message.from_user.language_code) == ("/help@bareng_bot", "id")
    sent = await bot.send_message(group.id, "<b>Halo</b> &lt;Ada&gt;", parse_mode=ParseMode.HTML, reply_markup=KEYBOARD)
    stored = group.messages[sent.message_id]
    assert stored["text"] == "Halo <Ada>"
    assert stored["entities"] == [{"type": "bold", "offset": 0, "length": 4}]
    assert server.truth.count("effect", "sendMessage", str(group.id)) == 1


async def test_updates_come_again_until_the_offset_confirms_them(server: FakeTelegram, bot: telegram.Bot) -> None:
    ada = server.world.add_person("Ada")
    for number in range(105):
        server.people.say(ada, None, str(number))
    first = await bot.get_updates(limit=100)
    again = await bot.get_updates(limit=2)
    rest = await bot.get_updates(offset=first[-1].update_id + 1)
    assert len(first) == 100
    assert [update.update_id for update in again] == [update.update_id for update in first[:2]]
    assert len(rest) == 5
    assert server.truth.count("acknowledged") == 100


async def test_privacy_mode_hides_what_is_not_meant_for_the_bot(server: FakeTelegram, bot: telegram.Bot) -> None:
    ada = server.world.add_person("Ada")
    group = server.world.add_chat("Kelas", members=(ada,))
    server.people.say(ada, group, "hello all")
    ours = await bot.send_message(group.id, "a card")
    server.people.say(ada, group, "my answer", reply_to=ours.message_id)
    updates = await bot.get_updates()
    assert [update.message.text for update in updates if update.message] == ["my answer"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("<b>open", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<p>x</p>", 'Unsupported start tag "p"'),
        ("<b><i>x</b></i>", 'expected "</i>", found "</b>"'),
        ("x</b>", "Unexpected end tag"),
        ("1 < 2", "Unsupported start tag"),
    ],
)
async def test_broken_html_is_refused_like_telegram_does(
    server: FakeTelegram, bot: telegram.Bot, text: str, complaint: str
) -> None:
    ada = server.world.add_person("Ada", started=True)
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)parse entities") as error:
        await bot.send_message(ada.id, text, parse_mode=ParseMode.HTML)
    said = error.value.message.lower()
    assert complaint.lower() in said or "empty tag" in said


async def test_lengths_are_code_points_and_entity_offsets_utf16_units(server: FakeTelegram, bot: telegram.Bot) -> None:
    ada = server.world.add_person("Ada", started=True)
    await bot.send_message(ada.id, "🎉" * 4096)
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)message is too long"):
        await bot.send_message(ada.id, "a" * 4097)
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)message text is empty"):
        await bot.send_message(ada.id, "  \n ")
    await bot.send_message(ada.id, "🎉x", entities=[MessageEntity("bold", 2, 1)])
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)middle of a UTF-16 symbol"):
        await bot.send_message(ada.id, "🎉x", entities=[MessageEntity("bold", 1, 1)])
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)ends after the end"):
        await bot.send_message(ada.id, "ab", entities=[MessageEntity("bold", 1, 2)])


async def test_button_data_is_64_bytes_not_characters(server: FakeTelegram, bot: telegram.Bot) -> None:
    ada = server.world.add_person("Ada", started=True)
    fits = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="測" * 21 + "a")]])
    over = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="測" * 22)]])
    await bot.send_message(ada.id, "ok", reply_markup=fits)
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)BUTTON_DATA_INVALID"):
        await bot.send_message(ada.id, "no", reply_markup=over)


async def test_a_press_is_answered_with_at_most_200_characters_and_not_too_late(
    server: FakeTelegram, bot: telegram.Bot
) -> None:
    ada = server.world.add_person("Ada")
    group = server.world.add_chat("Kelas", members=(ada,))
    card = await bot.send_message(group.id, "Datang?", reply_markup=KEYBOARD)
    press = server.people.press(ada, group, card.message_id, "Saya hadir")
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.data == "v1:yes"
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)MESSAGE_TOO_LONG"):
        await bot.answer_callback_query(press.id, "x" * 201)
    await bot.answer_callback_query(press.id, "Tercatat", show_alert=True)
    assert press.answers == [{"text": "Tercatat", "show_alert": True}]
    press.at -= 3600
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)query is too old"):
        await bot.answer_callback_query(press.id)


async def test_an_edit_without_a_change_is_refused_and_a_real_one_counts(
    server: FakeTelegram, bot: telegram.Bot
) -> None:
    ada = server.world.add_person("Ada", started=True)
    sent = await bot.send_message(ada.id, "one", reply_markup=KEYBOARD)
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)message is not modified"):
        await bot.edit_message_text("one", ada.id, sent.message_id, reply_markup=KEYBOARD)
    edited = await bot.edit_message_text("two", ada.id, sent.message_id)
    assert isinstance(edited, telegram.Message)
    assert (edited.text, edited.reply_markup) == ("two", None)
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)message to edit not found"):
        await bot.edit_message_text("x", ada.id, 999)


async def test_topics_take_messages_general_has_no_id_and_closed_ones_refuse(
    server: FakeTelegram, bot: telegram.Bot
) -> None:
    ada = server.world.add_person("Ada")
    forum = server.world.add_chat("Forum", forum=True, members=(ada,))
    topic = server.people.open_topic(forum, ada, "Pertanyaan")
    sent = await bot.send_message(forum.id, "in it", message_thread_id=topic)
    assert (sent.message_thread_id, sent.is_topic_message) == (topic, True)
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)message thread not found"):
        await bot.send_message(forum.id, "general", message_thread_id=1)
    forum.topics[topic].closed = True
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)TOPIC_CLOSED"):
        await bot.send_message(forum.id, "late", message_thread_id=topic)


async def test_a_migrated_group_names_its_new_id(server: FakeTelegram, bot: telegram.Bot) -> None:
    ada = server.world.add_person("Ada")
    group = server.world.add_chat("Kelas", "group", members=(ada,))
    new = server.people.migrate(group)
    with pytest.raises(telegram.error.ChatMigrated) as error:
        await bot.send_message(group.id, "hello")
    assert error.value.new_chat_id == new.id
    updates = await bot.get_updates()
    signals = [update.message for update in updates if update.message]
    assert (signals[0].migrate_to_chat_id, signals[1].migrate_from_chat_id) == (new.id, group.id)


async def test_who_cannot_be_reached_is_said_in_telegrams_words(server: FakeTelegram, bot: telegram.Bot) -> None:
    ada, eve, kim = (server.world.add_person(name) for name in ("Ada", "Eve", "Kim"))
    group = server.world.add_chat("Kelas", members=(ada,))
    server.people.start(eve)
    server.people.block(eve)
    kim.started, kim.deactivated = True, True
    server.people.set_bot(group, ada, "kicked")
    for chat, words in (
        (ada.id, "can't initiate conversation"),
        (eve.id, "blocked by the user"),
        (kim.id, "user is deactivated"),
        (group.id, "kicked from the supergroup chat"),
    ):
        with pytest.raises(telegram.error.Forbidden, match=r"(?i)" + words):
            await bot.send_message(chat, "x")
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)chat not found"):
        await bot.send_message(-42, "x")
    kinds = [
        update.my_chat_member.new_chat_member.status for update in await bot.get_updates() if update.my_chat_member
    ]
    assert kinds == ["kicked", "kicked"]


async def test_administrators_and_members_are_told_apart(server: FakeTelegram, bot: telegram.Bot) -> None:
    ada, ben, kim = (server.world.add_person(name) for name in ("Ada", "Ben", "Kim"))
    group = server.world.add_chat("Kelas", members=(ben,), admins=(kim,), owner=ada)
    states = [(await bot.get_chat_member(group.id, person.id)).status for person in (ada, ben, kim)]
    assert states == ["creator", "member", "administrator"]
    assert {member.user.id for member in await bot.get_chat_administrators(group.id)} == {ada.id, kim.id}


async def test_menus_are_kept_per_scope_and_language(server: FakeTelegram, bot: telegram.Bot) -> None:
    scope = BotCommandScopeAllGroupChats()
    await bot.set_my_commands([BotCommand("kuis", "Latihan")], scope, "id")
    assert [command.command for command in await bot.get_my_commands(scope, "id")] == ["kuis"]
    assert await bot.get_my_commands(scope) == ()
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)BOT_COMMAND_INVALID"):
        await bot.set_my_commands([("Kuis!", "x")])


async def test_the_older_of_two_pollers_gets_a_conflict(server: FakeTelegram) -> None:
    async with bot_of(server) as one, bot_of(server) as two:
        older = asyncio.create_task(one.get_updates(timeout=3))
        await asyncio.sleep(0.2)
        newer = asyncio.create_task(two.get_updates(timeout=3))
        with pytest.raises(telegram.error.Conflict):
            await older
        ada = server.world.add_person("Ada")
        server.people.say(ada, None, "hi")
        assert len(await newer) == 1


async def test_a_wrong_token_is_unauthorised(server: FakeTelegram) -> None:
    with pytest.raises(telegram.error.InvalidToken):
        await bot_of(server, "123:wrong").initialize()


async def test_what_was_not_asked_for_is_never_queued(server: FakeTelegram, bot: telegram.Bot) -> None:
    ada = server.world.add_person("Ada")
    group = server.world.add_chat("Kelas", members=(ada,), bot="administrator")
    server.people.set_member(group, ada, ada, "left")
    await bot.get_updates(allowed_updates=["message", "chat_member"])
    server.people.set_member(group, ada, ada, "member")
    server.people.react(ada, group, 1, "👍")
    assert [bool(update.chat_member) for update in await bot.get_updates()] == [True]


async def test_an_undelivered_press_is_forgotten_after_150_seconds(server: FakeTelegram, bot: telegram.Bot) -> None:
    ada = server.world.add_person("Ada")
    group = server.world.add_chat("Kelas", members=(ada,))
    card = await bot.send_message(group.id, "Datang?", reply_markup=KEYBOARD)
    server.people.press(ada, group, card.message_id)
    server.people.say(ada, group, "/me")
    start = server.world.now()
    server.world.now = lambda: start + 151
    assert [bool(update.message) for update in await bot.get_updates()] == [True]


async def test_a_rate_limit_rule_hits_only_the_calls_it_names(server: FakeTelegram, bot: telegram.Bot) -> None:
    ada, ben = (server.world.add_person(name, started=True) for name in ("Ada", "Ben"))
    server.faults.add(Fault(Kind.RATE_LIMIT, retry_after=35), Match("sendMessage", place=str(ada.id)), times=1)
    await bot.send_message(ben.id, "x")
    with pytest.raises(telegram.error.RetryAfter) as error:
        await bot.send_message(ada.id, "x")
    assert error.value.retry_after == 35
    await bot.send_message(ada.id, "x")


@pytest.mark.parametrize("effect", [True, False])
@pytest.mark.parametrize(
    "kind",
    [
        Kind.SERVER_ERROR,
        Kind.RESET_AFTER_READ,
        Kind.RESET_MID_RESPONSE,
        Kind.TRUNCATED,
        Kind.EMPTY,
        Kind.HTML,
        Kind.BLACKHOLE,
    ],
)
async def test_a_lost_reply_comes_with_the_effect_and_without(
    server: FakeTelegram, bot: telegram.Bot, kind: Kind, effect: bool
) -> None:
    ada = server.world.add_person("Ada", started=True)
    server.faults.add(Fault(kind, effect=effect), Match("sendMessage"), times=1)
    with pytest.raises(telegram.error.TelegramError):
        await bot.send_message(ada.id, "x", read_timeout=0.3)
    assert len(server.world.private_chat(ada).messages) == int(effect)
    assert server.truth.count("fault") == 1


async def test_a_reset_before_reading_has_no_effect(server: FakeTelegram, bot: telegram.Bot) -> None:
    ada = server.world.add_person("Ada", started=True)
    server.faults.add(Fault(Kind.RESET_BEFORE_READ), Match("sendMessage", nth=(2,)))
    await bot.send_message(ada.id, "1")
    with pytest.raises(telegram.error.NetworkError):
        await bot.send_message(ada.id, "2")
    assert len(server.world.private_chat(ada).messages) == 1


async def test_slow_bytes_and_delays_arrive_whole(server: FakeTelegram, bot: telegram.Bot) -> None:
    ada = server.world.add_person("Ada", started=True)
    for kind in (Kind.SLOW_BYTES, Kind.DELAY):
        server.faults.add(Fault(kind, seconds=0.1), Match("sendMessage"), times=1)
        assert (await bot.send_message(ada.id, kind)).text == kind


@pytest.mark.parametrize(
    ("kind", "texts"),
    [(Kind.DUPLICATE, ["1", "1", "2"]), (Kind.REORDER, ["2", "1"]), (Kind.DROP_ACK, ["1", "2", "1"])],
)
async def test_delivery_can_repeat_reorder_and_forget(
    server: FakeTelegram, bot: telegram.Bot, kind: Kind, texts: list[str]
) -> None:
    ada = server.world.add_person("Ada")
    server.faults.add(Fault(kind), Match("update:message"), times=1)
    server.people.say(ada, None, "1")
    server.people.say(ada, None, "2")
    seen, offset = [], 0
    for _ in range(2):
        for update in await bot.get_updates(offset=offset):
            assert update.message is not None
            seen.append(update.message.text)
            offset = max(offset, update.update_id + 1)
    assert seen == texts


async def test_documented_limits_bite_when_switched_on_and_hammering_is_counted(
    server: FakeTelegram, bot: telegram.Bot
) -> None:
    group = server.world.add_chat("Kelas")
    server.limits.on = True
    for _ in range(3):
        await bot.send_message(group.id, "x")
    for _ in range(2):
        with pytest.raises(telegram.error.RetryAfter):
            await bot.send_message(group.id, "x")
    assert (server.limits.refused, server.limits.hammering) == (1, 1)


async def test_a_call_against_the_specification_is_recorded(bot: telegram.Bot, server: FakeTelegram) -> None:
    ada = server.world.add_person("Ada", started=True)
    await bot.send_message(ada.id, "x", api_kwargs={"colour": "red"})
    await bot.send_message(ada.id, "x", api_kwargs={"ephemeral_message_parameters": {"receiver_user_id": ada.id}})
    with pytest.raises(telegram.error.BadRequest):
        await bot.do_api_request("sendMessage", api_kwargs={"chat_id": ada.id})
    assert [sentence.rpartition("parameter ")[2] for sentence in server.truth.violations] == [
        "'colour'",
        "'ephemeral_message_parameters'",
        "'text' is missing",
    ]
    server.truth.violations.clear()


async def test_ephemeral_messages_exist_only_on_a_newer_server() -> None:
    async with FakeTelegram(ephemeral=True) as server, bot_of(server) as bot:
        ada, ben = server.world.add_person("Ada"), server.world.add_person("Ben")
        group = server.world.add_chat("Kelas", members=(ada, ben))
        card = await bot.send_message(group.id, "Soal", reply_markup=KEYBOARD)
        press = server.people.press(ada, group, card.message_id)
        to_ada = {"ephemeral_message_parameters": {"receiver_user_id": ada.id, "callback_query_id": press.id}}
        await bot.send_message(group.id, "Benar!", api_kwargs=to_ada)
        asked = server.people.whisper(ben, group, "/help")
        await bot.do_api_request(
            "sendMessage",
            api_kwargs={
                "chat_id": group.id,
                "text": "Bantuan",
                "reply_parameters": {"ephemeral_message_id": asked["ephemeral_message_id"]},
            },
        )
        assert list(group.messages) == [card.message_id]
        assert [view["text"] for view in group.private_views.values()] == ["Benar!", "/help", "Bantuan"]
        server.truth.assert_clean()


async def test_an_older_server_does_not_know_the_ephemeral_methods(server: FakeTelegram, bot: telegram.Bot) -> None:
    with pytest.raises(telegram.error.EndPointNotFound):
        await bot.do_api_request("deleteEphemeralMessage", api_kwargs={})


async def test_the_webhook_gets_updates_with_the_secret_and_again_after_an_error(
    server: FakeTelegram, bot: telegram.Bot
) -> None:
    got: list[tuple[str | None, str]] = []
    done = asyncio.Event()

    async def receive(request: web.BaseRequest) -> web.Response:
        update = await request.json()
        got.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), update["message"]["text"]))
        if len(got) == 3:
            done.set()
        return web.Response(status=500 if len(got) == 1 else 200)

    runner = web.ServerRunner(web.Server(receive))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    await bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/hook", secret_token="s" * 32)
    ada = server.world.add_person("Ada")
    server.people.say(ada, None, "one")
    server.people.say(ada, None, "two")
    async with asyncio.timeout(5):
        await done.wait()
        await asyncio.sleep(0.05)
    assert not server.updates.waiting
    assert got == [("s" * 32, "one"), ("s" * 32, "one"), ("s" * 32, "two")]
    with pytest.raises(telegram.error.Conflict, match=r"(?i)webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()
    await runner.cleanup()


async def test_the_control_api_lets_people_act_and_tells_the_truth(server: FakeTelegram) -> None:
    control = f"http://127.0.0.1:{server.port}/control"
    async with aiohttp.ClientSession() as session:

        async def post(what: str, data: object) -> dict[str, object]:
            async with session.post(f"{control}/{what}", json=data) as answer:
                assert answer.status == 200, await answer.text()
                found: dict[str, object] = await answer.json()
                return found

        ada = await post("people", {"first_name": "Ada", "language_code": "id"})
        group = await post("chats", {"title": "Kelas", "members": [ada["id"]]})
        await post("act", {"act": "say", "person": ada["id"], "chat": group["id"], "text": "/kuis"})
        await post(
            "faults",
            {"fault": {"kind": "rate_limit", "retry_after": 3}, "match": {"method": "send*"}, "times": 1},
        )
        async with bot_of(server) as bot:
            (update,) = await bot.get_updates()
            assert update.message is not None
            with pytest.raises(telegram.error.RetryAfter):
                await update.message.reply_text("x")
            await update.message.reply_text("jawab")
        async with session.get(f"{control}/messages", params={"chat": str(group["id"])}) as answer:
            assert [message["text"] for message in await answer.json()] == ["/kuis", "jawab"]
        async with session.get(f"{control}/truth") as answer:
            assert any(entry["what"] == "fault" for entry in await answer.json())
        async with session.post(f"{control}/act", json={"act": "__init__"}) as answer:
            assert answer.status == 400


async def test_the_token_is_in_no_truth_entry_and_no_log(
    server: FakeTelegram, bot: telegram.Bot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="tests")
    caplog.set_level(logging.DEBUG, logger="aiohttp")
    ada = server.world.add_person("Ada", started=True)
    await bot.send_message(ada.id, f"my token is {server.token}")
    shown = str(server.truth.as_json())
    assert "CANARY" not in shown
    assert "<secret>" in shown
    assert "CANARY" not in "".join(
        record.getMessage() for record in caplog.records if not record.name.startswith("telegram")
    )
