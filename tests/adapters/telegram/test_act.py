"""What the bot does to people and messages, on the real library: each act, and what Telegram refuses."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.telegram.act import WRITING, tag
from bot.chat.act import Act, Admit, Ban, Decline, Lock, Mute, Pin, Remove, Tag, Unban, Unlock, Unmute, Unpin
from bot.chat.errors import Gone, PlatformError, Refused
from bot.chat.places import Account, Place, Ref
from tests.adapters.telegram.stage import Stage
from tests.wire.faults import Fault, Kind, Match
from tests.wire.telegram.world import ALL_RIGHTS, USUAL, Chat, Person


def place(chat: Chat, thread: str = "") -> Place:
    return Place("telegram", str(chat.id), thread)


def account(person: Person) -> Account:
    return Account("telegram", str(person.id))


async def do(stage: Stage, act: Act, thread: str = "") -> str:
    return await stage.telegram.act(place(stage.group, thread), act, "1:key")


def promote(stage: Stage, *rights: str) -> None:
    """Make the bot an administrator with these rights, all of them if none is named."""
    stage.server.people.set_bot(stage.group, stage.ada, "administrator", rights or ALL_RIGHTS)


def said(stage: Stage, text: str = "words") -> Ref:
    number = stage.server.people.say(stage.ben, stage.group, text)["message_id"]
    return Ref(place(stage.group), str(number))


def status(stage: Stage, person: Person) -> str:
    return stage.server.world.membership(stage.group, person.id).status


def may_write(stage: Stage, person: Person) -> bool:
    return stage.server.world.may(stage.group, person.id, "can_send_messages")


def calls(stage: Stage, method: str) -> int:
    return stage.server.truth.count("call", method)


def passes(stage: Stage, seconds: float) -> None:
    before = stage.server.world.now
    stage.server.world.now = lambda: before() + seconds


def soon(stage: Stage, seconds: float) -> datetime:
    return datetime.fromtimestamp(stage.server.world.now() + seconds, UTC)


async def test_who_is_muted_writes_nothing_until_then_and_is_still_there(stage: Stage) -> None:
    promote(stage)
    assert await do(stage, Mute(account(stage.ben), soon(stage, 3600))) == ""
    assert status(stage, stage.ben) == "restricted"
    with pytest.raises(ValueError, match="write nothing"):
        said(stage)
    assert stage.group.status_of(stage.ben.id).is_here
    passes(stage, 3700)
    said(stage)


@pytest.mark.parametrize(
    ("wanted", "lasts"), [(-60.0, 35.0), (5.0, 35.0), (35.0, 35.0), (366 * 86400.0, 366 * 86400.0)]
)
async def test_a_mute_lasts_as_long_as_telegram_can_and_never_for_ever_by_being_short(
    stage: Stage, wanted: float, lasts: float
) -> None:
    promote(stage)
    stage.server.world.now = lambda: 1_795_000_000.0
    await do(stage, Mute(account(stage.ben), soon(stage, wanted)))
    assert stage.group.status_of(stage.ben.id).until == 1_795_000_000.0 + lasts


@pytest.mark.parametrize("days", [None, 367, 400_000])
async def test_a_mute_without_an_end_or_with_a_very_late_one_is_for_ever(stage: Stage, days: int | None) -> None:
    promote(stage)
    await do(stage, Mute(account(stage.ben), soon(stage, days * 86400.0) if days else None))
    assert stage.group.status_of(stage.ben.id).until == 0
    (call,) = stage.server.truth.find("call", "restrictChatMember")
    assert "until_date" not in call.detail["parameters"]
    assert not may_write(stage, stage.ben)


async def test_a_mute_is_lifted_wholly_and_what_the_group_allows_holds(stage: Stage) -> None:
    promote(stage)
    stage.group.permissions = USUAL - {"can_send_polls"}
    await do(stage, Mute(account(stage.ben)))
    await do(stage, Unmute(account(stage.ben)))
    assert status(stage, stage.ben) == "member"
    assert may_write(stage, stage.ben)
    assert not stage.server.world.may(stage.group, stage.ben.id, "can_send_polls")
    await do(stage, Unmute(account(stage.ben)))
    assert status(stage, stage.ben) == "member"


async def test_who_is_banned_cannot_come_back_before_that_is_lifted(stage: Stage) -> None:
    promote(stage)
    for _ in range(2):
        await do(stage, Ban(account(stage.ben)))
        assert status(stage, stage.ben) == "kicked"
    with pytest.raises(ValueError, match="cannot come in"):
        stage.server.doors.join(stage.ben, stage.group)
    for _ in range(2):
        await do(stage, Unban(account(stage.ben)))
    stage.server.doors.join(stage.ben, stage.group)
    await do(stage, Unban(account(stage.ben)))
    assert status(stage, stage.ben) == "member"


@pytest.mark.parametrize("act", [Mute, Unmute, Unban])
async def test_in_a_basic_group_nobody_can_be_kept_quiet(
    stage: Stage, act: type[Mute | Unmute | Unban], capsys: pytest.CaptureFixture[str]
) -> None:
    stage.group = stage.server.world.add_chat("Kecil", "group", members=(stage.ben,), bot="administrator")
    with pytest.raises(Refused):
        await do(stage, act(account(stage.ben)))
    assert calls(stage, "restrictChatMember") == calls(stage, "unbanChatMember") == 0
    assert "basic_group" in capsys.readouterr().out
    await do(stage, Ban(account(stage.ben)))
    assert status(stage, stage.ben) == "kicked"


@pytest.mark.parametrize("act", [Mute, Unmute, Ban, Unban, Tag])
async def test_whoever_rules_there_is_never_acted_on(stage: Stage, act: Any) -> None:
    promote(stage)
    stage.server.doors.promote(stage.ada, stage.group, stage.ben)
    more = ("Star",) if act is Tag else ()
    for person, rank in ((stage.ada, "creator"), (stage.ben, "administrator")):
        with pytest.raises(Refused):
            await do(stage, act(account(person), *more))
        assert status(stage, person) == rank


@pytest.mark.parametrize("act", [Mute, Unmute, Ban, Unban, Admit, Decline, Tag])
async def test_without_the_right_each_act_is_refused(stage: Stage, act: Any) -> None:
    promote(stage, "can_delete_messages")
    more = ("Star",) if act is Tag else ()
    with pytest.raises(Refused):
        await do(stage, act(account(stage.ben), *more))
    with pytest.raises(Refused):
        await do(stage, Pin(said(stage)))
    for locking in (Lock(), Lock(whole=True)):
        with pytest.raises(Refused):
            await do(stage, locking)


@pytest.mark.parametrize("act", [Mute, Unmute, Ban, Unban, Admit, Decline, Tag])
async def test_somebody_whom_telegram_does_not_know_is_gone(stage: Stage, act: Any) -> None:
    promote(stage)
    more = ("Star",) if act is Tag else ()
    with pytest.raises(Gone):
        await do(stage, act(Account("telegram", "424242"), *more))


async def test_a_pin_is_silent_unless_it_is_to_be_heard(stage: Stage) -> None:
    promote(stage)
    quiet, loud = said(stage, "one"), said(stage, "two")
    for _ in range(2):
        await do(stage, Pin(quiet))
    await do(stage, Pin(loud, loud=True))
    assert stage.group.pinned == [int(quiet.message), int(loud.message)]
    shown = [message for message in stage.group.messages.values() if "pinned_message" in message]
    assert [message["_silent"] for message in shown] == [True, False]
    for _ in range(2):
        await do(stage, Unpin(quiet))
    assert stage.group.pinned == [int(loud.message)]


async def test_a_message_that_is_gone_can_be_pinned_no_more_and_is_unpinned_already(stage: Stage) -> None:
    promote(stage)
    gone = Ref(place(stage.group), "999")
    with pytest.raises(Gone):
        await do(stage, Pin(gone))
    await do(stage, Unpin(gone))


async def test_a_pin_that_stands_already_is_fine_however_telegram_says_so(stage: Stage) -> None:
    promote(stage)
    stage.server.faults.add(Fault(Kind.REFUSED, text="Bad Request: CHAT_NOT_MODIFIED"), Match("pinChatMessage"))
    await do(stage, Pin(said(stage)))
    assert calls(stage, "pinChatMessage") == 1


async def test_somebody_s_message_is_removed_while_it_is_young(stage: Stage) -> None:
    promote(stage)
    young, old = said(stage), said(stage)
    await do(stage, Remove(young))
    assert int(young.message) not in stage.group.messages
    with pytest.raises(Gone):
        await do(stage, Remove(young))
    passes(stage, 49 * 3600)
    with pytest.raises(Refused):
        await do(stage, Remove(old))
    assert int(old.message) in stage.group.messages


async def test_without_the_right_nobody_s_message_is_removed(stage: Stage) -> None:
    ref = said(stage, "/me")
    with pytest.raises(Refused):
        await do(stage, Remove(ref))


async def test_a_locked_group_lets_administrators_alone_write_and_is_as_before_afterwards(stage: Stage) -> None:
    promote(stage)
    stage.group.permissions = before = USUAL - {"can_send_polls", "can_send_voice_notes"}
    told = await do(stage, Lock(whole=True))
    assert set(json.loads(told)) == before & set(WRITING)
    assert len(told) < 300
    assert not may_write(stage, stage.ben)
    stage.server.people.say(stage.ada, stage.group, "quiet, please")
    assert stage.group.permissions == before - set(WRITING)
    assert await do(stage, Lock(whole=True)) == ""
    await do(stage, Unlock(whole=True, before=told))
    assert stage.group.permissions == before
    await do(stage, Unlock(whole=True, before=told))
    assert calls(stage, "setChatPermissions") == 3


@pytest.mark.parametrize("before", ["", "[]", "no json", '{"a": 1}', '["can_be_god"]'])
async def test_where_it_is_not_known_how_it_was_everybody_may_say_everything_again(stage: Stage, before: str) -> None:
    promote(stage)
    stage.group.permissions = frozenset({"can_invite_users"})
    await do(stage, Unlock(before=before))
    assert stage.group.permissions == {*WRITING, "can_invite_users"} - {"can_manage_topics"}


async def test_a_topic_is_closed_and_opened_alone(stage: Stage) -> None:
    stage.group = stage.server.world.add_chat("Forum", forum=True, members=(stage.ben,), owner=stage.ada)
    promote(stage)
    topic = stage.server.people.open_topic(stage.group, stage.ada, "Kuis")
    for _ in range(2):
        assert await do(stage, Lock(), str(topic)) == ""
        assert stage.group.topics[topic].closed
    assert stage.group.permissions == USUAL
    for _ in range(2):
        await do(stage, Unlock(), str(topic))
        assert not stage.group.topics[topic].closed
    assert await do(stage, Lock(whole=True), str(topic))
    assert (stage.group.topics[topic].closed, may_write(stage, stage.ben)) == (False, False)
    stage.server.people.delete_topic(stage.group, topic)
    for act in (Lock(), Unlock()):
        with pytest.raises(Gone):
            await do(stage, act, str(topic))


async def test_who_asked_to_join_is_let_in_or_not(stage: Stage) -> None:
    promote(stage)
    eve, kim = (stage.server.world.add_person(name) for name in ("Eve", "Kim"))
    for person in (eve, kim):
        stage.server.doors.knock(person, stage.group)
    await do(stage, Admit(account(eve)))
    await do(stage, Decline(account(kim)))
    assert (status(stage, eve), status(stage, kim)) == ("member", "left")
    for act in (Admit(account(eve)), Decline(account(eve)), Admit(account(kim)), Decline(account(kim))):
        with pytest.raises(Gone):
            await do(stage, act)


async def test_a_tag_stands_beside_a_name_and_is_taken_away_again(stage: Stage) -> None:
    promote(stage)
    for words, shown in (("⭐ Helper of the month", "Helper of the"), ("Guru", "Guru"), ("", "")):
        await do(stage, Tag(account(stage.ben), words))
        assert stage.group.status_of(stage.ben.id).tag.startswith(shown)
        assert len(stage.group.status_of(stage.ben.id).tag) <= 16
    assert stage.group.status_of(stage.ben.id).tag == ""
    with pytest.raises(Refused):
        await do(stage, Tag(account(stage.ben), "🎉🎉"))


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Pemateri", "Pemateri"),
        ("  two   words\n", "two words"),
        ("🏅 1️⃣ Best 👩🏽‍🏫", "1 Best"),
        ("नमस्ते जी", "नमस्ते जी"),
        ("a" * 15 + "e\u0301", "a" * 15),
        ("𠮷野家", "𠮷野家"),
        ("a\0b", "ab"),
        ("", ""),
    ],
)
def test_a_tag_is_sixteen_characters_without_an_emoji(words: str, shown: str) -> None:
    assert tag(words) == shown


async def test_where_the_bot_is_no_longer_nothing_can_be_done(stage: Stage) -> None:
    ref = said(stage)
    stage.server.people.set_bot(stage.group, stage.ada, "kicked")
    for act in (Mute(account(stage.ben)), Ban(account(stage.ben)), Pin(ref), Remove(ref), Lock(whole=True)):
        with pytest.raises(Gone):
            await do(stage, act)


async def test_a_group_that_moved_says_where_it_is_now(stage: Stage) -> None:
    stage.group = stage.server.world.add_chat("Lama", "group", members=(stage.ben,), bot="administrator")
    stage.server.people.migrate(stage.group, signals=())
    with pytest.raises(PlatformError) as moved:
        await do(stage, Ban(account(stage.ben)))
    assert type(moved.value).__name__ == "Moved"
