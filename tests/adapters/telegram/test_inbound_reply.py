"""What a command replies to: its words, its author if that is somebody, its file."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.chat.events import Invoked, Quoted
from bot.chat.file import File
from bot.chat.places import Account, Place, Ref
from tests.adapters.telegram.test_inbound import ADA, BOT, CHANNEL, GROUP, message, only
from tests.adapters.telegram.test_inbound_file import SENT, SIZES

ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
POSTER = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
BEN = {"id": 8, "is_bot": False, "first_name": "Ben", "last_name": "B."}


def about(**target: Any) -> Quoted | None:
    event = only(message("/keep", reply_to_message={"message_id": 3, "date": 1, "chat": GROUP} | target))
    assert isinstance(event, Invoked)
    assert event.reply == Ref(Place("telegram", "-1001"), "3")
    return event.quoted


def test_words_author_and_file_of_the_message_replied_to_come_along() -> None:
    assert about(text="a < b", **{"from": BEN}) == Quoted("a < b", Account("telegram", "8"), "Ben B.")
    file = File("telegram", "D1", "soal.csv", 9, "text/csv")
    assert about(caption="look", document=SENT, **{"from": ADA}) == Quoted(
        "look", Account("telegram", "7"), "Ada L.", file
    )


def test_when_it_was_written_comes_along_as_far_as_it_is_told() -> None:
    told, hidden = about(text="a", date=1_795_000_000, **{"from": BEN}), about(date=0, **{"from": BEN})
    assert told
    assert told.at == datetime(2026, 11, 18, 11, 6, 40, tzinfo=UTC)
    assert hidden
    assert hidden.at is None


@pytest.mark.parametrize(
    "author",
    [
        {"from": BOT},
        {"from": ANONYMOUS, "sender_chat": GROUP},
        {"from": POSTER, "sender_chat": CHANNEL, "is_automatic_forward": True},
        {"from": {**BEN, "is_bot": False}, "sender_chat": CHANNEL},
        {},
    ],
)
def test_bots_channels_and_anonymous_administrators_are_nobody(author: dict[str, Any]) -> None:
    assert about(text="words", **author) == Quoted("words")


@pytest.mark.parametrize("kind", ["video", "audio", "voice"])
def test_recordings_are_files_of_what_was_replied_to(kind: str) -> None:
    sent = {"file_id": "V1", "file_unique_id": "v", "mime_type": "video/mp4", "file_size": 70, "duration": 3}
    assert about(**{kind: sent, "from": BOT}) == Quoted(file=File("telegram", "V1", "", 70, "video/mp4"))


def test_of_a_picture_the_largest_size_is_meant() -> None:
    assert about(photo=SIZES, **{"from": BOT}) == Quoted(file=File("telegram", "P3", "", 0, "image/jpeg"))


def test_the_message_that_opened_a_topic_is_no_reply() -> None:
    root: dict[str, Any] = {"message_id": 3, "date": 1, "chat": GROUP, "from": BEN, "text": "Maths"}
    topic: dict[str, Any] = {"is_topic_message": True, "message_thread_id": 3}
    event = only(message("/keep", reply_to_message=root, **topic))
    assert (event.reply, event.quoted) == (None, None)
    assert only(message("/keep", reply_to_message=root | {"message_id": 4}, **topic)).quoted.text == "Maths"
    assert only(message("/keep")).quoted is None
