"""Thumbs become events: added or taken away by a person, and nothing else."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from adapters.telegram.inbound import read
from adapters.telegram.received import Source
from adapters.telegram.wire import ALLOWED_UPDATES, ANONYMOUS_ADMIN, CHANNEL_BOT, read_update
from bot.chat.events import Mark, Reacted
from bot.chat.places import Account, Place, Ref

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ADA = {"id": 7, "is_bot": False, "first_name": "Ada", "last_name": "L.", "language_code": "id"}
GROUP = {"id": -1001, "type": "supergroup", "title": "Kelas", "is_forum": True}
CHANNEL = {"id": -1009, "type": "channel", "title": "News"}
THUMB = {"type": "emoji", "emoji": "👍"}
HEART = {"type": "emoji", "emoji": "❤"}
HANDS = {"type": "emoji", "emoji": "🙏"}
PARTY = {"type": "emoji", "emoji": "🎉"}
CUSTOM = {"type": "custom_emoji", "custom_emoji_id": "77"}
PAID = {"type": "paid"}
Shown = list[dict[str, str]]


def change(was: Shown, now: Shown, number: int = 9, **fields: Any) -> dict[str, Any]:
    """A raw update with somebody's reactions to message 5."""
    told = {"chat": GROUP, "message_id": 5, "user": ADA, "date": 1_795_000_000, **fields}
    return {"update_id": number, "message_reaction": {**told, "old_reaction": was, "new_reaction": now}}


def events(raw: dict[str, Any]) -> list[Any]:
    return [received.event for received in read(read_update(raw), "bareng_bot", NOW)]


def test_a_thumb_carries_who_put_it_where_and_when() -> None:
    (received,) = read(read_update(change([], [THUMB])), "bareng_bot", NOW)
    event = received.event
    assert isinstance(event, Reacted)
    assert (event.message, event.likes) == (Ref(Place("telegram", "-1001"), "5"), True)
    assert (event.place, event.at, event.private) == (Place("telegram", "-1001"), NOW, False)
    assert event.sent == datetime.fromtimestamp(1_795_000_000, UTC)
    assert (event.sender.account, event.sender.name) == (Account("telegram", "7"), "Ada L.")
    assert (event.sender.language, event.sender.role) == ("id", None)
    assert received.source == Source(-1001, user=7)


@pytest.mark.parametrize(
    ("was", "now", "likes"),
    [
        ([THUMB], [], False),
        ([THUMB], [PARTY], False),
        ([HEART, THUMB], [HEART], False),
        ([PARTY], [THUMB], True),
        ([CUSTOM], [CUSTOM, THUMB], True),
    ],
)
def test_a_thumb_counts_beside_whatever_else_changes(was: Shown, now: Shown, likes: bool) -> None:
    (event,) = events(change(was, now))
    assert event.likes is likes


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ([], [PARTY]),
        ([PARTY], []),
        ([THUMB], [THUMB, PARTY]),
        ([HEART], [HANDS]),
        ([], [{"type": "emoji", "emoji": "❤\u200d🔥"}]),
        ([], [CUSTOM]),
        ([], [PAID]),
        ([], []),
        ([], [{"type": "something new"}]),
    ],
)
def test_other_reactions_are_none(was: Shown, now: Shown) -> None:
    assert events(change(was, now)) == []


@pytest.mark.parametrize("emoji", ["🙏", "🙏🏽", "❤", "❤\ufe0f"])
def test_folded_hands_and_a_red_heart_are_thanks_in_every_form(emoji: str) -> None:
    shown = [{"type": "emoji", "emoji": emoji}]
    (given,), (taken,) = events(change([], shown)), events(change(shown, [PARTY]))
    assert (given.mark, given.likes, given.author) == (Mark.THANKS, True, None)
    assert (taken.mark, taken.likes) == (Mark.THANKS, False)


def test_a_thumb_may_have_any_tone() -> None:
    (event,) = events(change([], [{"type": "emoji", "emoji": "👍🏿"}]))
    assert (event.mark, event.likes) == (Mark.LIKE, True)
    assert events(change([THUMB], [{"type": "emoji", "emoji": "👍🏿"}])) == []


def test_a_thumb_that_becomes_a_heart_is_two_events_with_keys_of_their_own() -> None:
    first, second = events(change([THUMB], [HEART]))
    assert {(event.mark, event.likes) for event in (first, second)} == {(Mark.LIKE, False), (Mark.THANKS, True)}
    assert first.key != second.key


@pytest.mark.parametrize(
    "actor",
    [
        {"user": None, "actor_chat": GROUP},
        {"user": {"id": ANONYMOUS_ADMIN, "is_bot": True, "first_name": "Group"}, "actor_chat": GROUP},
        {"user": {"id": CHANNEL_BOT, "is_bot": True, "first_name": "Channel"}},
        {"user": {"id": 55, "is_bot": True, "first_name": "Other"}},
        {"user": None},
        {"chat": CHANNEL},
    ],
    ids=["anonymous", "anonymous with a ghost", "as a channel", "a bot", "nobody", "in a channel"],
)
def test_what_no_person_did_counts_for_nobody(actor: dict[str, Any]) -> None:
    assert events(change([], [THUMB], **actor)) == []


def test_a_thumb_delivered_twice_has_one_key_and_a_later_one_another() -> None:
    first, again, later = (events(change([], [THUMB], number))[0].key for number in (9, 9, 11))
    assert first == again != later


@pytest.mark.parametrize("broken", [{"old_reaction": None}, {"message_id": "x"}, {"chat": None}, {"new_reaction": [3]}])
def test_a_broken_reaction_is_a_validation_error(broken: dict[str, Any]) -> None:
    raw = change([], [THUMB])
    raw["message_reaction"] |= broken
    with pytest.raises(msgspec.ValidationError):
        read_update(raw)


def test_they_are_asked_for_by_name_and_their_number_alone_is_not() -> None:
    assert "message_reaction" in ALLOWED_UPDATES
    assert "message_reaction_count" not in ALLOWED_UPDATES
