"""What leaves for Telegram, and what each of its troubles becomes."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.telegram.pace import Pace
from bot.chat.errors import Ambiguous, Gone, Moved, PlatformError, Refused, SlowDown, Unreachable
from bot.chat.message import Button, Message, say
from bot.chat.places import Account, Place, Ref, Role
from bot.chat.press import Press
from bot.chat.text import Mention, T
from bot.speech import Speech
from tests.adapters.telegram.stage import Stage, staged
from tests.wire.faults import Fault, Kind, Match
from tests.wire.telegram.world import Chat

TEXT = Speech("en").message(say("hello"))


def place(chat: Chat, thread: str = "") -> Place:
    return Place("telegram", str(chat.id), thread)


async def send(stage: Stage, message: Message = TEXT, thread: str = "") -> Ref:
    return await stage.telegram.send(place(stage.group, thread), message, "key")


async def test_a_post_is_silent_and_its_place_is_returned(stage: Stage) -> None:
    ref = await send(stage)
    (stands,) = stage.ours(stage.group)
    assert ref == Ref(place(stage.group), str(stands["message_id"]))
    assert stands["_silent"]


@pytest.mark.parametrize("effect", [True, False])
@pytest.mark.parametrize(
    "kind", [Kind.SERVER_ERROR, Kind.RESET_AFTER_READ, Kind.RESET_MID_RESPONSE, Kind.TRUNCATED, Kind.EMPTY, Kind.HTML]
)
async def test_a_lost_reply_to_a_send_is_ambiguous_and_never_repeated(stage: Stage, kind: Kind, effect: bool) -> None:
    stage.server.faults.add(Fault(kind, effect=effect), Match("sendMessage"))
    with pytest.raises(Ambiguous):
        await send(stage)
    assert stage.server.truth.count("call", "sendMessage") == 1
    assert len(stage.ours(stage.group)) == int(effect)


@pytest.mark.parametrize("kind", [Kind.SERVER_ERROR, Kind.RESET_MID_RESPONSE, Kind.TRUNCATED])
async def test_a_lost_reply_to_an_edit_is_tried_once_more_because_that_is_safe(stage: Stage, kind: Kind) -> None:
    ref = await send(stage)
    stage.server.faults.add(Fault(kind, effect=True), Match("editMessageText"), times=1)
    await stage.telegram.edit(ref, Speech("en").message(say("changed")))
    assert stage.texts(stage.group) == ["changed"]


async def test_a_mention_reaches_the_person_through_the_real_library(stage: Stage) -> None:
    ben = Mention(Account("telegram", str(stage.ben.id)), "Ben")
    await send(stage, Speech("en").message(say(T("Well done, {who}!", who=ben))))
    (stands,) = stage.ours(stage.group)
    (entity,) = stands["entities"]
    assert (entity["type"], entity["offset"], entity["length"]) == ("text_mention", 11, 3)
    assert entity["user"]["id"] == stage.ben.id


async def test_a_429_names_its_time_and_holds_only_that_chat(stage: Stage) -> None:
    stage.server.faults.add(Fault(Kind.RATE_LIMIT, retry_after=35), Match(place=str(stage.group.id)), times=1)
    with pytest.raises(SlowDown) as slow:
        await send(stage)
    assert slow.value.after == timedelta(seconds=35)
    assert stage.texts(stage.group) == []
    other = stage.server.world.add_chat("Other")
    await stage.telegram.send(place(other), TEXT, "key")
    assert stage.texts(other) == ["hello"]


async def test_a_429_without_a_time_waits_thirty_seconds(stage: Stage) -> None:
    stage.server.faults.add(Fault(Kind.RATE_LIMIT, retry_after=None), Match("sendMessage"), times=1)
    with pytest.raises(SlowDown) as slow:
        await send(stage)
    assert slow.value.after == timedelta(seconds=30)


async def test_a_server_that_is_not_there_is_unreachable_so_a_retry_is_safe(stage: Stage) -> None:
    port = stage.server.port
    stage.telegram._bot._base_url = stage.telegram._bot._base_url.replace(f":{port}", ":1")
    with pytest.raises(Unreachable):
        await send(stage)


@pytest.mark.parametrize(
    ("status", "words", "expected"),
    [
        (403, "Forbidden: bot was kicked from the supergroup chat", Gone),
        (403, "Forbidden: bot was blocked by the user", Gone),
        (403, "Forbidden: user is deactivated", Gone),
        (400, "Bad Request: chat not found", Gone),
        (400, "Bad Request: message can't be edited", Gone),
        (400, "Bad Request: not enough rights to send text messages to the chat", Refused),
        (400, "Bad Request: CHAT_WRITE_FORBIDDEN", Refused),
        (400, "Bad Request: something new", Refused),
    ],
)
async def test_each_refusal_becomes_the_cores_error(
    stage: Stage, status: int, words: str, expected: type[PlatformError]
) -> None:
    stage.server.faults.add(Fault(Kind.REFUSED, status=status, text=words), Match("sendMessage"))
    with pytest.raises(expected):
        await send(stage)
    assert stage.server.truth.count("call", "sendMessage") == 1


async def test_a_group_that_became_a_supergroup_says_where_it_is_now(stage: Stage) -> None:
    old = stage.server.world.add_chat("Old", "group")
    new = stage.server.people.migrate(old, signals=())
    with pytest.raises(Moved) as moved:
        await stage.telegram.send(place(old), TEXT, "key")
    assert moved.value.to == place(new)


async def test_an_edit_without_a_change_and_a_deletion_of_nothing_are_fine(stage: Stage) -> None:
    ref = await send(stage)
    await stage.telegram.edit(ref, TEXT)
    await stage.telegram.delete(ref)
    await stage.telegram.delete(ref)
    with pytest.raises(Gone):
        await stage.telegram.edit(ref, TEXT)


@pytest.mark.parametrize("words", ["can't parse entities: whatever", "message is too long", "MESSAGE_TOO_LONG"])
async def test_what_telegram_cannot_read_is_sent_once_as_plain_text_with_an_alarm(stage: Stage, words: str) -> None:
    stage.server.faults.add(Fault(Kind.REFUSED, text=f"Bad Request: {words}"), Match("sendMessage"), times=1)
    await send(stage)
    assert stage.texts(stage.group) == ["hello"]
    assert stage.telegram.sender.alarms == 1


async def test_text_that_stays_unreadable_is_given_up_after_one_more_try(stage: Stage) -> None:
    stage.server.faults.add(Fault(Kind.REFUSED, text="Bad Request: can't parse entities: x"), Match("sendMessage"))
    with pytest.raises(PlatformError):
        await send(stage)
    assert stage.server.truth.count("call", "sendMessage") == 2


async def test_refused_buttons_are_left_out_once(stage: Stage) -> None:
    stage.server.faults.add(Fault(Kind.REFUSED, text="Bad Request: BUTTON_DATA_INVALID"), Match("sendMessage"), times=1)
    await send(stage, Speech("en").message(say("hello", rows=((Button("x", Press("tap", 1, (1,))),),))))
    (stands,) = stage.ours(stage.group)
    assert "reply_markup" not in stands


async def test_a_topic_takes_the_post_and_a_closed_or_deleted_one_lets_it_stand_in_general(stage: Stage) -> None:
    forum = stage.server.world.add_chat("Forum", forum=True, members=(stage.ada,))
    topic = stage.server.people.open_topic(forum, stage.ada, "Quiz")
    where = place(forum, str(topic))
    ref = await stage.telegram.send(where, TEXT, "key")
    forum.topics[topic].closed = True
    await stage.telegram.send(where, TEXT, "key")
    forum.topics[topic].deleted = True
    last = await stage.telegram.send(where, TEXT, "key")
    assert [message.get("message_thread_id") for message in stage.ours(forum)] == [topic, None, None]
    assert ref.place == last.place == where


async def test_the_standing_is_asked_anew_each_time(stage: Stage) -> None:
    here = place(stage.group)

    async def role(number: int) -> Role:
        return await stage.telegram.role(here, Account("telegram", str(number)))

    assert await role(stage.ada.id) is Role.ORGANISER
    assert await role(stage.ben.id) is Role.MEMBER
    stage.group.members[stage.ben.id].status = "administrator"
    assert await role(stage.ben.id) is Role.ORGANISER
    stage.group.members[stage.ben.id].status = "kicked"
    assert await role(stage.ben.id) is Role.GUEST
    assert await role(424242) is Role.GUEST


async def test_a_standing_that_cannot_be_asked_is_an_error_and_not_a_right(stage: Stage) -> None:
    stage.server.faults.add(Fault(Kind.SERVER_ERROR), Match("getChatMember"))
    with pytest.raises(PlatformError):
        await stage.telegram.role(place(stage.group), Account("telegram", str(stage.ada.id)))
    assert stage.server.truth.count("call", "getChatMember") == 2


async def test_a_revoked_token_stops_every_call(stage: Stage) -> None:
    stage.server.faults.add(Fault(Kind.UNAUTHORISED), Match("send*"))
    for _ in range(3):
        with pytest.raises(Unreachable):
            await send(stage)
    assert stage.server.truth.count("call", "sendMessage") == 1


async def test_the_documented_limits_are_kept_without_one_refusal(tmp_path: Path) -> None:
    async with staged(tmp_path, pace=Pace()) as stage:
        stage.server.limits.on = True
        chats = [stage.server.world.add_chat(f"Group {number}") for number in range(45)]
        await asyncio.gather(*(stage.telegram.send(place(chat), TEXT, "key") for chat in chats))
        assert stage.server.limits.refused == 0
        assert all(stage.texts(chat) == ["hello"] for chat in chats)


async def test_neither_the_adapter_nor_its_errors_show_the_token(
    stage: Stage, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.server.faults.add(Fault(Kind.RESET_AFTER_READ), Match("sendMessage"))
    with pytest.raises(Ambiguous) as error:
        await send(stage)
    shown = [repr(stage.telegram), repr(error.value), str(error.value), caplog.text, *capsys.readouterr()]
    assert "CANARY" not in "".join(shown)


async def test_the_invitation_asks_for_the_rights_that_the_bot_can_use(stage: Stage) -> None:
    assert stage.telegram.invite().startswith("https://t.me/bareng_bot?startgroup=setup&admin=delete_messages+")
    assert await stage.telegram.private(Account("telegram", "7")) == Place("telegram", "7")


async def test_a_long_post_is_several_messages_and_the_last_is_the_one_to_edit(stage: Stage) -> None:
    ref = await send(stage, Speech("en").message(say("kata " * 1000)))
    assert [message["message_id"] for message in stage.ours(stage.group)][-1] == int(ref.message)
    assert len(stage.ours(stage.group)) == 2


async def test_files_travel_over_the_same_requests(stage: Stage) -> None:
    sent = await stage.telegram._bot.send_document(stage.group.id, b"a,b\n", filename="x.csv", caption="data")
    assert sent.caption == "data"
    assert sent.document


async def test_a_closed_bot_sends_nothing_and_says_that_nothing_left(stage: Stage) -> None:
    await stage.telegram._bot.shutdown()
    with pytest.raises(Unreachable):
        await send(stage)


async def test_a_press_that_waits_no_longer_is_no_trouble(stage: Stage) -> None:
    await stage.telegram.sender.acknowledge("4711", "too late")
    assert stage.server.truth.count("call", "answerCallbackQuery") == 1
