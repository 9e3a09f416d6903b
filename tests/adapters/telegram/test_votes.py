"""Votes and the state of polls become events; what is nobody's vote, and what is no poll of ours, does not."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from adapters.telegram.inbound import read
from adapters.telegram.wire import ALLOWED_UPDATES, CHANNEL_BOT, read_update
from bot.chat.events import Polled, Voted
from bot.chat.places import Account, Place

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ADA = {"id": 7, "is_bot": False, "first_name": "Ada", "last_name": "L.", "language_code": "id"}
GHOST = {"id": CHANNEL_BOT, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
CHANNEL = {"id": -1009, "type": "channel", "title": "News"}
NUMBER = "5312345678901234567"


def answer(*options: int, number: int = 9, **fields: Any) -> dict[str, Any]:
    """A raw update with a vote."""
    voted = {"poll_id": NUMBER, "user": ADA, "option_ids": list(options), "option_persistent_ids": [], **fields}
    return {"update_id": number, "poll_answer": voted}


def state(**fields: Any) -> dict[str, Any]:
    """A raw update with the state of a poll of ours."""
    shown = {
        "id": NUMBER,
        "question": "2 + 2?",
        "options": [{"persistent_id": "0", "text": "3", "voter_count": 0}, {"text": "4", "voter_count": 1}],
        "total_voter_count": 1,
        "is_closed": False,
        "is_anonymous": False,
        "type": "quiz",
        **fields,
    }
    return {"update_id": 10, "poll": shown}


def events(raw: dict[str, Any]) -> list[Any]:
    return [received.event for received in read(read_update(raw), "bareng_bot", NOW)]


def test_a_vote_carries_the_poll_the_options_and_the_voter() -> None:
    (event,) = events(answer(2, 0))
    assert isinstance(event, Voted)
    assert (event.poll, event.options) == (NUMBER, (0, 2))
    assert event.sender.account == Account("telegram", "7")
    assert (event.sender.name, event.sender.language, event.sender.role) == ("Ada L.", "id", None)
    assert (event.place, event.at, event.private) == (Place("telegram", ""), NOW, False)


def test_a_vote_taken_back_has_no_options() -> None:
    assert events(answer())[0].options == ()


def test_a_vote_delivered_twice_has_one_key_and_a_later_one_another() -> None:
    keys = {events(answer(0))[0].key, events(answer(0))[0].key, events(answer(0, number=11))[0].key}
    assert keys == {f"v{NUMBER}:7:9", f"v{NUMBER}:7:11"}


@pytest.mark.parametrize(
    "fields",
    [
        {"voter_chat": CHANNEL, "user": GHOST},
        {"voter_chat": CHANNEL, "user": None},
        {"voter_chat": CHANNEL},
        {"user": GHOST},
        {"user": {**GHOST, "is_bot": False}},
        {"user": {**ADA, "is_bot": True}},
        {"user": None},
    ],
)
def test_a_vote_without_a_person_is_no_event(fields: dict[str, Any]) -> None:
    assert events(answer(0, **fields)) == []


@pytest.mark.parametrize("options", [(-1,), (0, -1), (12,), (10**30,)])
def test_a_vote_for_an_option_that_no_poll_has_is_not_taken_for_one_taken_back(options: tuple[int, ...]) -> None:
    assert events(answer(*options)) == []


def test_an_option_named_twice_is_chosen_once() -> None:
    assert events(answer(1, 1))[0].options == (1,)


def test_the_state_of_a_poll_tells_what_it_asks() -> None:
    (event,) = events(state())
    assert isinstance(event, Polled)
    assert (event.poll, event.question, event.options) == (NUMBER, "2 + 2?", ("3", "4"))
    assert (event.place, event.sender.account, event.key) == (Place("telegram", ""), None, f"p{NUMBER}:10")


@pytest.mark.parametrize("fields", [{"is_closed": True}, {"is_anonymous": True}])
def test_a_poll_that_is_over_or_secret_is_none_of_ours_to_find(fields: dict[str, Any]) -> None:
    assert events(state(**fields)) == []


@pytest.mark.parametrize("number", ["", "x" * 65, "5\0", "5 6", "é\n", 5, None])
def test_a_poll_without_a_readable_number_is_a_broken_update(number: object) -> None:
    for raw in (answer(0, poll_id=number), state(id=number)):
        with pytest.raises(msgspec.ValidationError):
            read_update(raw)


@pytest.mark.parametrize(
    "raw",
    [
        answer(0, option_ids=None),
        answer(0, option_ids=["0"]),
        answer(0, option_ids=7),
        answer(0, user={"first_name": "nobody"}),
        answer(0, user=7),
        state(options=None),
        state(options=["3"]),
        state(question=None),
        state(is_closed=None),
        {"update_id": 1, "poll": []},
        {"update_id": 1, "poll_answer": "0"},
    ],
)
def test_a_poisoned_vote_is_refused_as_a_whole(raw: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        read_update(raw)


def test_telegram_is_asked_for_votes() -> None:
    assert {"poll", "poll_answer"} <= set(ALLOWED_UPDATES)
