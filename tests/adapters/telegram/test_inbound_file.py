"""Files and pictures of messages become files of events; what is not meant for us is left where it is."""

from typing import Any

import msgspec
import pytest

from bot.chat.events import Invoked, Typed
from bot.chat.file import File
from bot.chat.places import Place, Ref
from tests.adapters.telegram.test_inbound import ADA, BOT, CHANNEL, PRIVATE, events, message, only

SENT = {"file_id": "D1", "file_unique_id": "d", "file_name": "soal.csv", "mime_type": "text/csv", "file_size": 9}
SIZES = [
    {"file_id": "P1", "file_unique_id": "a", "width": 90, "height": 60, "file_size": 5},
    {"file_id": "P3", "file_unique_id": "c", "width": 900, "height": 600},
    {"file_id": "P2", "file_unique_id": "b", "width": 300, "height": 200, "file_size": 50},
]


def bare(**fields: Any) -> dict[str, Any]:
    """A raw update with a message that has no text."""
    raw = message(**fields)
    del raw["message"]["text"]
    return raw


def test_a_document_comes_with_what_its_sender_says_of_it() -> None:
    event = only(bare(document=SENT))
    assert isinstance(event, Typed)
    assert (event.text, event.file) == ("", File("telegram", "D1", "soal.csv", 9, "text/csv"))
    assert only(bare(document={"file_id": "D1"})).file == File("telegram", "D1")


def test_of_a_picture_the_largest_size_comes() -> None:
    assert only(bare(photo=SIZES, caption="look")).file == File("telegram", "P3", "", 0, "image/jpeg")


def test_a_caption_may_hold_the_command() -> None:
    event = only(bare(document=SENT, caption="/import now"))
    assert isinstance(event, Invoked)
    assert (event.line, event.file) == ("import now", File("telegram", "D1", "soal.csv", 9, "text/csv"))


def test_a_command_takes_the_file_that_it_replies_to_and_its_own_before_that() -> None:
    target = {"message_id": 3, "from": ADA, "document": SENT | {"file_id": "D2"}}
    assert only(message("/import", reply_to_message=target)).file.id == "D2"
    assert only(bare(document=SENT, caption="/import", reply_to_message=target)).file.id == "D1"


def test_words_that_answer_a_file_of_ours_do_not_send_it_back() -> None:
    target = {"message_id": 3, "from": BOT, "photo": SIZES}
    assert only(message("my answer", reply_to_message=target)).file is None
    assert only(message("my answer", reply_to_message=target)).reply == Ref(Place("telegram", "-1001"), "3")


def test_a_file_for_another_person_a_channel_s_file_and_a_service_message_are_not_for_us() -> None:
    another = {"message_id": 3, "from": ADA | {"id": 8, "username": "ben"}}
    assert only(bare(document=SENT, reply_to_message=another)).aside
    assert events(bare(document=SENT, chat=CHANNEL)) == ()
    assert events(bare(pinned_message={"message_id": 3})) == ()


def test_what_has_no_words_is_talk_among_people_and_never_an_answer() -> None:
    ours = {"message_id": 3, "from": BOT}
    topic: dict[str, Any] = {"message_thread_id": 30, "is_topic_message": True}
    kinds: list[dict[str, Any]] = [{"sticker": {"file_id": "S"}}, {"dice": {}}, {"poll": {"id": "1"}}, {"location": {}}]
    for sent in kinds:
        event = only(bare(**sent))
        assert (event.text, event.file, event.aside) == ("", None, True)
        assert events(bare(**sent, reply_to_message=ours)) == ()
        assert events(bare(**sent, **topic)) == ()
        assert events(bare(**sent, chat=PRIVATE)) == ()


@pytest.mark.parametrize("kind", ["video", "audio", "voice", "video_note"])
def test_a_recording_among_people_is_a_file_and_none_to_us(kind: str) -> None:
    sent = {kind: {"file_id": "V1", "mime_type": "video/mp4", "file_size": 70}}
    assert only(bare(**sent)).file == File("telegram", "V1", "", 70, "video/mp4")
    assert only(bare(**sent, caption="look")).text == "look"
    assert events(bare(**sent, chat=PRIVATE)) == ()
    assert only(bare(**sent, caption="look", chat=PRIVATE)).file is None


@pytest.mark.parametrize("fields", [{"document": {}}, {"document": {"file_id": 1}}, {"photo": [{}]}, {"photo": "x"}])
def test_a_broken_file_is_a_broken_update(fields: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        events(bare(**fields))
