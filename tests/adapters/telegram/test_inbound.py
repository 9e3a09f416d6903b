"""Updates become events; who is no person, what is no command and what is no reply is told apart."""

import json
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from adapters.telegram import rights
from adapters.telegram.inbound import read
from adapters.telegram.received import Received, Source
from adapters.telegram.wire import ANONYMOUS_ADMIN, TELEGRAM, Chatmate, read_update
from bot.chat.events import Invoked, Joined, Left, Moved, Opened, Pressed, Typed
from bot.chat.places import Ability, Account, Place, Ref, Role
from tests.bot.nasty import bad_inputs

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ADA = {"id": 7, "is_bot": False, "first_name": "Ada", "last_name": "L.", "language_code": "id"}
GROUP = {"id": -1001, "type": "supergroup", "title": "Kelas"}
EVERYTHING = (
    "can_delete_messages",
    "can_pin_messages",
    "can_restrict_members",
    "can_manage_topics",
    "can_invite_users",
)
CHANNEL = {"id": -1009, "type": "channel", "title": "News"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Ada"}
BOT = {"id": 99, "is_bot": True, "first_name": "Bareng", "username": "bareng_bot"}


def message(text: str = "hi", chat: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    """A raw update with a message."""
    base = {"message_id": 5, "date": 1_795_000_000, "chat": chat or GROUP, "from": ADA, "text": text}
    return {"update_id": 1, "message": {**base, **fields}}


def press(data: str | None = "1tap_1_0", **fields: Any) -> dict[str, Any]:
    """A raw update with a press."""
    stands = {"message_id": 5, "date": 1_795_000_000, "chat": GROUP, "from": BOT, "text": "card"}
    query = {"id": "44", "from": ADA, "message": stands, "chat_instance": "1", **fields}
    return {"update_id": 2, "callback_query": query if data is None else {**query, "data": data}}


def moved(status: str, chat: dict[str, Any] | None = None, **rights: Any) -> dict[str, Any]:
    """A raw update about the bot's own membership."""
    change = {
        "chat": chat or GROUP,
        "from": ADA,
        "date": 1_795_000_000,
        "old_chat_member": {"user": BOT, "status": "left"},
        "new_chat_member": {"user": BOT, "status": status, **rights},
    }
    return {"update_id": 3, "my_chat_member": change}


def events(raw: dict[str, Any]) -> tuple[Received, ...]:
    return read(read_update(raw), "Bareng_Bot", NOW)


def only(raw: dict[str, Any]) -> Any:
    (received,) = events(raw)
    return received.event


def test_a_command_in_a_group_carries_line_place_sender_and_time() -> None:
    (received,) = events(message("/ask why is it?"))
    event = received.event
    assert isinstance(event, Invoked)
    assert event.line == "ask why is it?"
    assert event.place == Place("telegram", "-1001")
    assert event.sender.account == Account("telegram", "7")
    assert (event.sender.name, event.sender.language, event.sender.role) == ("Ada L.", "id", None)
    assert event.at == NOW
    assert event.sent == datetime.fromtimestamp(1_795_000_000, UTC)
    assert not event.private
    assert received.source == Source(chat=-1001, user=7, message=5)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("/quiz@bareng_bot", "quiz"),
        ("/quiz@BARENG_BOT daily", "quiz daily"),
        ("/quiz@bareng_bot\n\n\n", "quiz\n\n\n"),
        ("/quiz\u00a0daily", "quiz\u00a0daily"),
        ("/quiz \\", "quiz \\"),
        ("/rsvp yes no maybe", "rsvp yes no maybe"),
    ],
)
def test_a_command_is_read_in_each_of_its_forms(text: str, line: str) -> None:
    assert only(message(text)).line == line


@pytest.mark.parametrize(
    "text", ["/", "/ start", "/start@OtherBot", "/start@bareng_bot2", "/quiz-daily", "//quiz", "/@bareng_bot"]
)
def test_what_is_no_command_of_ours_is_talk_or_silence(text: str) -> None:
    event = only(message(text))
    assert isinstance(event, Typed)
    assert (event.text, event.aside) == (text, True)
    ours = {"message_id": 4, "date": 1_795_000_000, "chat": GROUP, "from": BOT}
    assert events(message(text, PRIVATE)) == ()
    assert events(message(text, reply_to_message=ours)) == ()
    assert events(message(text, message_thread_id=30, is_topic_message=True)) == ()


@pytest.mark.parametrize(("name", "text"), list(bad_inputs("command")))
def test_bad_commands_are_read_once_or_not_at_all_and_never_raise(name: str, text: str) -> None:
    found = events(message(text))
    assert len(found) <= 1, name
    if found and text.startswith("/"):
        event = found[0].event
        if isinstance(event, Typed):
            assert (event.text, event.aside) == (text, True)
            return
        assert isinstance(event, Invoked)
        assert event.line.startswith(text[1:4].partition("@")[0].split(maxsplit=1)[0])


def test_a_forwarded_command_is_not_run() -> None:
    origin = {"type": "user", "date": 1, "sender_user": ADA}
    event = only(message("/warn @ann", forward_origin=origin))
    assert isinstance(event, Typed)
    assert event.aside
    assert events(message("/warn @ann", PRIVATE, forward_origin=origin)) == ()


def test_an_edited_command_is_not_even_asked_for() -> None:
    raw = message("/quiz")
    assert events({"update_id": 1, "edited_message": raw["message"]}) == ()


def test_an_anonymous_administrator_has_rights_and_no_identity() -> None:
    ghost = {"id": ANONYMOUS_ADMIN, "is_bot": True, "first_name": "Group"}
    (received,) = events(message("/setup", None, **{"from": ghost, "sender_chat": GROUP}))
    assert received.event.sender.account is None
    assert received.event.sender.role is Role.ORGANISER
    assert received.source.user == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"from": {"id": 136817688, "is_bot": True}, "sender_chat": CHANNEL},
        {"from": {"id": TELEGRAM, "first_name": "Telegram"}, "sender_chat": CHANNEL},
        {"from": ADA, "sender_chat": CHANNEL, "is_automatic_forward": True},
        {"from": {"id": 55, "is_bot": True, "first_name": "OtherBot"}},
        {"from": {"id": ANONYMOUS_ADMIN, "is_bot": True}, "sender_chat": {"id": -2, "type": "supergroup"}},
        {"from": None},
    ],
    ids=["as a channel", "777000", "linked channel", "another bot", "anonymous elsewhere", "nobody"],
)
def test_what_is_no_person_runs_nothing(fields: dict[str, Any]) -> None:
    raw = message("/warn @ann", None, **fields)
    if fields.get("from", 0) is None:
        del raw["message"]["from"]
    assert events(raw) == ()


def test_a_topic_is_a_thread_id_with_the_topic_flag_and_nothing_else() -> None:
    assert only(message("hi", message_thread_id=30, is_topic_message=True)).place.thread == "30"
    assert only(message("hi", message_thread_id=30)).place.thread == ""
    assert only(message("hi")).place.thread == ""


def test_the_pseudo_reply_to_a_topics_opening_message_is_no_reply() -> None:
    opening = {"message_id": 30, "date": 1, "chat": GROUP, "forum_topic_created": {"name": "Q", "icon_color": 1}}
    topic: dict[str, Any] = {"message_thread_id": 30, "is_topic_message": True}
    assert only(message("hi", None, reply_to_message=opening, **topic)).reply is None
    bare = {"message_id": 30, "date": 1, "chat": GROUP}
    assert only(message("hi", None, reply_to_message=bare, **topic)).reply is None
    real = {"message_id": 31, "date": 1, "chat": GROUP, "text": "card"}
    assert only(message("hi", None, reply_to_message=real, **topic)).reply == Ref(
        Place("telegram", "-1001", "30"), "31"
    )


def test_free_text_and_captions_are_typed_and_bare_pictures_are_nothing() -> None:
    assert isinstance(only(message("an answer")), Typed)
    raw = message("", photo=[])
    raw["message"]["caption"] = "a caption"
    assert only(raw).text == "a caption"
    assert events(message("")) == ()


def test_start_in_private_opens_private_messages_after_making_acquaintance() -> None:
    first, second = (received.event for received in events(message("/start 1abc", PRIVATE)))
    assert isinstance(first, Invoked)
    assert first.private
    assert isinstance(second, Opened)
    assert second.can_write
    assert first.key != second.key


def test_a_press_carries_data_message_and_whoever_really_pressed() -> None:
    (received,) = events(press())
    event = received.event
    assert isinstance(event, Pressed)
    assert (event.data, event.key) == ("1tap_1_0", "c44")
    assert event.message == Ref(Place("telegram", "-1001"), "5")
    assert received.source == Source(chat=-1001, user=7, message=5, press="44")


def test_a_press_on_a_message_out_of_reach_keeps_its_place() -> None:
    gone = {"message_id": 5, "date": 0, "chat": GROUP}
    (received,) = events(press(message=gone))
    assert received.event.place.chat == "-1001"
    assert received.source.message == 0


def test_a_press_without_data_or_without_a_chat_is_no_event() -> None:
    assert events(press(data=None)) == ()
    assert events(press(data="")) == ()
    inline = press(inline_message_id="x")
    del inline["callback_query"]["message"]
    assert events(inline) == ()


@pytest.mark.parametrize(("name", "data"), list(bad_inputs("callback")))
def test_bad_payloads_are_handed_on_as_they_are(name: str, data: str) -> None:
    found = events(press(data=data))
    handed = [received.event.data for received in found if isinstance(received.event, Pressed)]
    assert handed == ([data] if data else []), name


@pytest.mark.parametrize(
    ("status", "rights", "can"),
    [
        ("member", {}, {Ability.SEND}),
        (
            "administrator",
            dict.fromkeys(EVERYTHING, True),
            set(Ability) - {Ability.EVENTS},
        ),
        ("administrator", {"can_delete_messages": False}, {Ability.SEND}),
        ("restricted", {"can_send_messages": True, "is_member": True}, {Ability.SEND}),
    ],
)
def test_coming_into_a_group_carries_its_name_and_our_rights(
    status: str, rights: dict[str, bool], can: set[Ability]
) -> None:
    event = only(moved(status, None, **rights))
    assert isinstance(event, Joined)
    assert event.title == "Kelas"
    assert event.abilities == frozenset(can)


@pytest.mark.parametrize(("status", "silenced"), [("left", False), ("kicked", False), ("restricted", True)])
def test_going_or_being_silenced_pauses_the_group(status: str, silenced: bool) -> None:
    event = only(moved(status, can_send_messages=False))
    assert isinstance(event, Left)
    assert event.silenced is silenced


def test_blocking_and_unblocking_change_whether_we_may_write() -> None:
    assert only(moved("kicked", PRIVATE)).can_write is False
    assert only(moved("member", PRIVATE)).can_write is True


def test_channels_are_none_of_our_business() -> None:
    assert events(moved("administrator", CHANNEL)) == ()
    assert events(message("/quiz", CHANNEL)) == ()


@pytest.mark.parametrize("order", [("old", "new"), ("new", "old")])
def test_both_service_messages_of_a_migration_say_the_same(order: tuple[str, str]) -> None:
    old = message("", {"id": -55, "type": "group", "title": "Kelas"}, migrate_to_chat_id=-1001)
    new = message("", GROUP, migrate_from_chat_id=-55)
    raws = {"old": old, "new": new}
    found = [only(raws[which]) for which in order]
    assert all(isinstance(event, Moved) for event in found)
    assert {(event.place.chat, event.to.chat) for event in found} == {("-55", "-1001")}
    assert found[0].key != found[1].key


def test_the_same_update_gives_the_same_key_and_another_message_another() -> None:
    assert only(message("a")).key == only(message("a")).key
    assert only(message("a")).key != only(message("a", message_id=6)).key
    whispers = [message("/me", message_id=0, ephemeral_message_id=number) for number in (1, 2)]
    assert only(whispers[0]).key != only(whispers[1]).key


@pytest.mark.parametrize("raw", [{"update_id": "1"}, {}, [], "x", None, {"update_id": 1, "message": 3}])
def test_a_broken_update_is_a_validation_error_and_nothing_else(raw: Any) -> None:
    with pytest.raises(msgspec.ValidationError):
        read_update(raw)


def test_an_unknown_or_empty_update_is_no_event() -> None:
    assert events({"update_id": 1}) == ()
    assert events({"update_id": 1, "chat_boost": {"chat": GROUP}}) == ()


@pytest.mark.parametrize(("name", "text"), list(bad_inputs("update")))
def test_bad_updates_are_read_or_refused_cleanly(name: str, text: str) -> None:
    try:
        raw = json.loads(text)
    except ValueError:
        raw = message(text)
    try:
        assert isinstance(events(raw), tuple), name
    except msgspec.ValidationError:
        assert "update_id" in text


@pytest.mark.parametrize(
    ("status", "is_member", "role"),
    [
        ("creator", False, Role.ORGANISER),
        ("administrator", False, Role.ORGANISER),
        ("member", False, Role.MEMBER),
        ("restricted", True, Role.MEMBER),
        ("restricted", False, Role.GUEST),
        ("left", False, Role.GUEST),
        ("kicked", False, Role.GUEST),
    ],
)
def test_a_membership_gives_a_standing(status: str, is_member: bool, role: Role) -> None:
    assert rights.role(Chatmate(status, is_member=is_member)) is role


def test_a_right_that_telegram_does_not_name_is_not_held() -> None:
    assert rights.abilities(Chatmate("administrator")) == {Ability.SEND}
    assert rights.abilities(Chatmate("left", can_send_messages=True)) == frozenset()
    assert rights.abilities(Chatmate("restricted", can_send_messages=True)) == frozenset()


def test_words_to_another_person_are_said_aside() -> None:
    to_ben = {
        "message_id": 4,
        "date": 1_795_000_000,
        "chat": GROUP,
        "from": {"id": 8, "is_bot": False, "first_name": "B"},
    }
    to_us = {**to_ben, "from": BOT}
    assert only(message("Osaka", reply_to_message=to_ben)).aside
    assert not only(message("Osaka", reply_to_message=to_us)).aside
    assert isinstance(only(message("/daily", reply_to_message=to_ben)), Invoked)
