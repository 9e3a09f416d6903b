"""What people say among themselves, whom they call, and which addresses they send."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.telegram.wire import ANONYMOUS_ADMIN
from bot.chat.events import Invoked, Quoted, Sender, Typed
from bot.chat.places import Account
from tests.adapters.telegram.test_inbound import ADA, BOT, GROUP, PRIVATE, events, message, only
from tests.adapters.telegram.test_inbound_file import SENT, bare
from tests.bot.nasty import TEXTS

BEN = {"id": 8, "is_bot": False, "first_name": "Ben", "username": "ben", "language_code": "en"}
THEIRS = {"message_id": 4, "date": 1_795_000_000, "chat": GROUP, "from": BEN, "text": "Tokyo?"}
OURS = {**THEIRS, "from": BOT}


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def entity(kind: str, text: str, words: str, **fields: Any) -> dict[str, Any]:
    """An entity over these words, as Telegram counts."""
    return {"type": kind, "offset": units(text[: text.index(words)]), "length": units(words), **fields}


def marked(text: str, *entities: dict[str, Any], **fields: Any) -> Any:
    return only(message(text, None, entities=list(entities), **fields))


def called(text: str, words: str, user: dict[str, Any]) -> dict[str, Any]:
    return entity("text_mention", text, words, user=user)


def test_every_message_of_a_person_in_a_group_is_heard_and_what_is_not_for_us_is_aside() -> None:
    event = only(message("anybody there?"))
    assert isinstance(event, Typed)
    assert (event.text, event.aside, event.mentions, event.urls) == ("anybody there?", True, 0, ())
    assert event.own is not None
    assert event.own.message == "5"
    assert only(message("Osaka", reply_to_message=THEIRS)).aside


def test_a_reply_to_us_our_name_and_a_private_word_are_for_us() -> None:
    assert not only(message("Osaka", reply_to_message=OURS)).aside
    assert not only(message("hello", PRIVATE)).aside
    assert not only(message("hello", PRIVATE, reply_to_message={**THEIRS, "chat": PRIVATE})).aside
    text = "hey @bareng_BOT what now"
    event = marked(text, entity("mention", text, "@bareng_BOT"))
    assert (event.aside, event.mentions, event.text) == (False, 0, text)
    named = "hey Bareng"
    assert not marked(named, called(named, "Bareng", BOT)).aside


def test_what_is_replied_to_comes_along_with_free_text_too() -> None:
    assert only(message("Osaka", reply_to_message=THEIRS)).quoted == Quoted("Tokyo?", Account("telegram", "8"), "Ben")
    assert only(message("Osaka", reply_to_message=OURS)).quoted == Quoted("Tokyo?")
    assert only(message("Osaka")).quoted is None


def test_a_sender_has_the_handle_that_others_call_them_by() -> None:
    assert only(message("hi", **{"from": BEN})).sender.handle == "ben"
    assert only(message("hi", **{"from": ADA})).sender.handle == ""


def test_an_anonymous_administrator_is_heard_commanding_only() -> None:
    ghost = {"from": {"id": ANONYMOUS_ADMIN, "is_bot": True, "first_name": "Group"}, "sender_chat": GROUP}
    assert events(message("quiet please", **ghost)) == ()
    assert events(message("quiet please", reply_to_message=OURS, **ghost)) == ()
    assert isinstance(only(message("/rules", **ghost)), Invoked)


def test_a_person_called_by_name_stands_in_the_line_as_their_number() -> None:
    text = "/warn 🎉 Ben B. be 🙂 kind"
    event = marked(text, called(text, "Ben B.", BEN))
    assert isinstance(event, Invoked)
    assert event.line == "warn 🎉 <@8> be 🙂 kind"
    assert event.mentioned == (Sender(Account("telegram", "8"), "Ben", "en", handle="ben"),)


def test_who_is_called_twice_is_one_person_and_two_mentions_and_a_handle_stays_as_typed() -> None:
    text = "Ben and ben and @carla"
    event = marked(text, called(text, "Ben", BEN), called(text, "ben", BEN), entity("mention", text, "@carla"))
    assert (event.text, event.mentions) == ("<@8> and <@8> and @carla", 3)
    command = "/warn @carla"
    assert marked(command, entity("mention", command, "@carla")).line == "warn @carla"
    assert marked(command, entity("mention", command, "@carla")).mentioned == ()


def test_another_bot_is_nobody_to_call() -> None:
    text = "/warn Helper"
    event = marked(text, called(text, "Helper", {"id": 9, "is_bot": True, "first_name": "Helper"}))
    assert (event.line, event.mentioned) == ("warn Helper", ())


def test_addresses_are_told_also_those_behind_words_each_once() -> None:
    text = "look at a.example and here, and a.example"
    last = {**entity("url", text, "a.example"), "offset": text.rindex("a.example")}
    event = marked(
        text,
        entity("url", text, "a.example"),
        entity("text_link", text, "here", url="https://hidden.example/?q=1"),
        last,
        entity("bold", text, "look"),
    )
    assert event.urls == ("a.example", "https://hidden.example/?q=1")
    assert event.text == text


def test_a_command_tells_whom_it_calls_and_which_addresses_it_holds() -> None:
    text = "/foo @carla look at https://x.example"
    event = marked(text, entity("mention", text, "@carla"), entity("url", text, "https://x.example"))
    assert isinstance(event, Invoked)
    assert (event.mentions, event.urls) == (1, ("https://x.example",))


def test_below_a_file_the_marks_are_the_caption_s() -> None:
    text = "Ben: https://x.example"
    found = [called(text, "Ben", BEN), entity("url", text, "https://x.example")]
    event = only(bare(document=SENT, caption=text, caption_entities=found))
    assert (event.text, event.urls, event.mentions) == ("<@8>: https://x.example", ("https://x.example",), 1)
    assert event.file is not None


@pytest.mark.parametrize(("offset", "length"), [(-1, 3), (0, 99), (1, 1), (0, 1), (0, 0), (3, -2), (99, 1)])
def test_a_mark_beside_the_text_or_in_half_a_character_is_none(offset: int, length: int) -> None:
    event = marked("🎉Ben", {"type": "text_mention", "offset": offset, "length": length, "user": BEN})
    assert (event.text, event.mentions) == ("🎉Ben", 0)


def test_marks_that_lie_upon_each_other_call_once() -> None:
    text = "Ben Beni"
    event = marked(text, called(text, "Ben Beni", BEN), called(text, "Beni", ADA))
    assert (event.text, event.mentions) == ("<@8>", 1)


@given(text=TEXTS, spans=st.lists(st.tuples(st.integers(-3, 60), st.integers(-3, 60)), max_size=6))
def test_whatever_the_marks_are_nothing_is_raised_and_no_word_beside_them_is_lost(
    text: str, spans: list[tuple[int, int]]
) -> None:
    marks = [{"type": "text_mention", "offset": at, "length": length, "user": BEN} for at, length in spans]
    for received in events(message(f"x{text}", None, entities=marks)):
        if isinstance(received.event, Typed):
            rest = received.event.text.split("<@8>")
            assert all(part in f"x{text}" for part in rest if "<@" not in text)


@pytest.mark.parametrize("broken", [{"entities": 3}, {"entities": [{"type": "url"}]}, {"new_chat_members": [{}]}])
def test_broken_marks_are_a_broken_update(broken: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        events(message("hi", None, **broken))
