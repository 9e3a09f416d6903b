"""People who come into a group or ask to be let in: heard in two ways, and once."""

from typing import Any

import pytest

from adapters.telegram.inbound import read
from adapters.telegram.received import Source
from adapters.telegram.wire import ALLOWED_UPDATES, read_update
from bot.chat.events import Entered, Knocked, Opened
from bot.chat.places import Account, Place
from tests.adapters.telegram.test_inbound import ADA, BOT, CHANNEL, GROUP, NOW, events, only
from tests.adapters.telegram.test_inbound_file import bare

BEN = {"id": 8, "is_bot": False, "first_name": "Ben", "username": "ben"}
DATE = 1_795_000_000


def changed(old: dict[str, Any], new: dict[str, Any], user: dict[str, Any] = BEN, **fields: Any) -> dict[str, Any]:
    """A raw update about somebody's membership."""
    change = {
        "chat": GROUP,
        "from": ADA,
        "date": DATE,
        "old_chat_member": {"user": user, **old},
        "new_chat_member": {"user": user, **new},
        **fields,
    }
    return {"update_id": 3, "chat_member": change}


def came(*users: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A raw update with the message that people came in."""
    return bare(new_chat_members=list(users), date=DATE, **fields)


MEMBER, LEFT = {"status": "member"}, {"status": "left"}
MUTED = {"status": "restricted", "is_member": True, "can_send_messages": False}
AWAY = {**MUTED, "is_member": False}


def test_who_came_in_is_the_sender_and_the_group_the_place() -> None:
    (received,) = events(came(BEN))
    event = received.event
    assert isinstance(event, Entered)
    assert event.sender.account == Account("telegram", "8")
    assert (event.sender.name, event.sender.handle) == ("Ben", "ben")
    assert (event.place, event.private) == (Place("telegram", "-1001"), False)
    assert received.source == Source(-1001, user=8)


def test_both_ways_of_hearing_of_it_have_one_key_and_a_second_coming_another() -> None:
    first, second = only(came(BEN)), only(changed(LEFT, MEMBER))
    assert first.key == second.key
    assert only(changed(LEFT, MEMBER, date=DATE + 60)).key != first.key


def test_several_people_who_were_brought_in_are_as_many_events_and_bots_are_none() -> None:
    found = [received.event for received in events(came(BEN, BOT, {**BEN, "id": 9}, ADA))]
    assert [event.sender.account.id for event in found if event.sender.account] == ["8", "9", "7"]
    assert len({event.key for event in found}) == 3
    assert events(came(BOT)) == ()


def test_who_brought_them_does_not_matter() -> None:
    ghost = {"from": {"id": 1087968824, "is_bot": True, "first_name": "Group"}, "sender_chat": GROUP}
    assert only(came(BEN, **ghost)).sender.account == Account("telegram", "8")


@pytest.mark.parametrize(
    ("old", "new", "comes"),
    [
        (LEFT, MEMBER, True),
        ({"status": "kicked"}, MEMBER, True),
        (LEFT, MUTED, True),
        (AWAY, MUTED, True),
        (AWAY, MEMBER, True),
        (LEFT, {"status": "administrator"}, True),
        (MEMBER, MUTED, False),
        (MUTED, MEMBER, False),
        (MEMBER, {"status": "administrator"}, False),
        ({"status": "administrator"}, MEMBER, False),
        (MEMBER, LEFT, False),
        (MEMBER, {"status": "kicked"}, False),
        (LEFT, {"status": "kicked"}, False),
        ({"status": "kicked"}, LEFT, False),
        (LEFT, AWAY, False),
    ],
)
def test_only_from_outside_to_inside_is_a_coming(old: dict[str, Any], new: dict[str, Any], comes: bool) -> None:
    assert [type(received.event) for received in events(changed(old, new))] == ([Entered] if comes else [])


def test_bots_and_channels_are_none_of_our_business() -> None:
    assert events(changed(LEFT, MEMBER, user=BOT)) == ()
    assert events(changed(LEFT, MEMBER, chat=CHANNEL)) == ()


def test_who_asks_to_be_let_in_can_be_answered_in_private() -> None:
    request = {"chat": GROUP, "from": BEN, "user_chat_id": 8, "date": DATE, "bio": "hi"}
    first, second = read(read_update({"update_id": 4, "chat_join_request": request}), "bareng_bot", NOW)
    assert isinstance(first.event, Knocked)
    assert (first.event.place, first.event.private) == (Place("telegram", "-1001"), False)
    assert first.event.sender.account == Account("telegram", "8")
    assert isinstance(second.event, Opened)
    assert (second.event.can_write, second.event.place) == (True, Place("telegram", "8"))
    assert first.source == second.source == Source(8, user=8, private=True)
    assert first.event.key != second.event.key
    assert events({"update_id": 4, "chat_join_request": {**request, "chat": CHANNEL}}) == ()


def test_both_are_asked_for_by_name() -> None:
    assert {"chat_member", "chat_join_request"} <= set(ALLOWED_UPDATES)
    assert "edited_message" not in ALLOWED_UPDATES
