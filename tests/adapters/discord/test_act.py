"""Time-outs, bans, pins and deletions on the real library, also where Discord refuses or a reply is lost."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio

from bot.chat.act import Act, Admit, Ban, Decline, Lock, Mute, Pin, Remove, Tag, Unban, Unlock, Unmute, Unpin, Whisper
from bot.chat.errors import Ambiguous, Gone, PlatformError, Refused, SlowDown, Unreachable
from bot.chat.message import say
from bot.chat.places import Account, Place, Ref
from bot.speech import Speech
from tests.adapters.discord.board import LOST, at, forum, question
from tests.adapters.discord.stage import Stage
from tests.wire.discord import Message, Person
from tests.wire.discord.state import (
    ADMINISTRATOR,
    BAN_MEMBERS,
    MANAGE_MESSAGES,
    MANAGE_ROLES,
    MEMBER,
    MODERATE_MEMBERS,
    PIN_MESSAGES,
    PINNED,
    PUBLIC_THREAD,
)
from tests.wire.faults import Fault, Kind, Match

USER = "/guilds/{guild_id}/members/{user_id}"
BANS = "/guilds/{guild_id}/bans/{user_id}"
PINS = "/channels/{channel_id}/messages/pins/{message_id}"
MESSAGE = "/channels/{channel_id}/messages/{message_id}"


def whose(person: Person) -> Account:
    return Account("discord", str(person.id))


def here(stage: Stage, message: Message) -> Ref:
    return Ref(Place("discord", str(stage.guild.id), str(message.channel_id)), str(message.id))


async def do(stage: Stage, act: Act, key: str = "case-1") -> str:
    return await stage.discord.act(stage.place, act, key)


@pytest_asyncio.fixture
async def court(stage: Stage) -> Stage:
    """A server where the bot stands between people and moderators, and was granted what it can use."""
    stage.guild.bot_permissions |= MODERATE_MEMBERS | BAN_MEMBERS | MANAGE_ROLES
    stage.guild.bot_position = 3
    return stage


# ── time-outs ──


async def test_somebody_is_muted_until_then_and_may_write_again(court: Stage) -> None:
    until = court.app.clock() + timedelta(minutes=10)
    for _ in range(2):
        assert await do(court, Mute(whose(court.ben), until)) == ""
    with pytest.raises(PermissionError):
        await court.server.people.say(court.ben, court.channel, "x")
    court.state.clock.advance(601)
    await court.server.people.say(court.ben, court.channel, "x")
    await do(court, Mute(whose(court.ben), court.app.clock() + timedelta(days=1)))
    for _ in range(2):
        await do(court, Unmute(whose(court.ben)))
    await court.server.people.say(court.ben, court.channel, "y")


@pytest.mark.parametrize("until", [None, timedelta(days=28), timedelta(days=400)])
async def test_a_long_mute_is_as_long_as_discord_takes(court: Stage, until: timedelta | None) -> None:
    now = court.app.clock()
    await do(court, Mute(whose(court.ben), now + until if until else None))
    left = court.guild.muted[court.ben.id] - now.timestamp()
    assert 28 * 86_400 - 120 < left < 28 * 86_400


async def test_a_mute_that_is_over_already_ends_an_earlier_one(court: Stage) -> None:
    await do(court, Mute(whose(court.ben)))
    await do(court, Mute(whose(court.ben), court.app.clock() - timedelta(seconds=1)))
    assert not court.state.is_muted(court.guild, court.ben)
    assert court.server.truth.find("effect", f"PATCH {USER}")[-1].detail["until"] is None


async def test_nobody_is_muted_who_stands_as_high_as_the_bot(court: Stage) -> None:
    for person, bits, position in (
        (court.ada, MEMBER, 1),
        (court.ben, MEMBER | ADMINISTRATOR, 1),
        (court.citra, MEMBER | MANAGE_MESSAGES, 3),
    ):
        await court.server.people.appoint(person, court.guild, bits, position)
        with pytest.raises(Refused):
            await do(court, Mute(whose(person)))
    assert court.guild.muted == {}
    await court.server.people.appoint(court.citra, court.guild, MEMBER | MANAGE_MESSAGES, 2)
    await do(court, Mute(whose(court.citra)))
    assert court.state.is_muted(court.guild, court.citra)


async def test_without_the_right_nothing_is_done_to_anybody(stage: Stage) -> None:
    for act in (Mute(whose(stage.ben)), Unmute(whose(stage.ben)), Ban(whose(stage.ben)), Unban(whose(stage.ben))):
        with pytest.raises(Refused):
            await do(stage, act)
    assert stage.server.truth.count("effect", f"PATCH {USER}") == stage.server.truth.count("effect", f"PUT {BANS}") == 0


async def test_who_is_not_there_is_gone(court: Stage) -> None:
    await court.server.people.leave(court.ben, court.guild)
    for account in (whose(court.ben), Account("discord", "5")):
        with pytest.raises(Gone):
            await do(court, Mute(account))
        with pytest.raises(Gone):
            await do(court, Unmute(account))


# ── bans ──


async def test_somebody_is_put_out_and_may_come_back(court: Stage) -> None:
    for _ in range(2):
        assert await do(court, Ban(whose(court.ben))) == ""
    assert court.ben.id not in court.guild.members
    with pytest.raises(PermissionError):
        await court.server.people.enter(court.ben, court.guild)
    for _ in range(2):
        assert await do(court, Unban(whose(court.ben))) == ""
    await court.server.people.enter(court.ben, court.guild)
    assert (await court.discord.power(court.place, whose(court.ben))).here


async def test_who_left_already_is_kept_out_and_nobody_s_messages_are_lost(court: Stage) -> None:
    said = await court.server.people.say(court.ben, court.channel, "x")
    await court.server.people.leave(court.ben, court.guild)
    await do(court, Ban(whose(court.ben)))
    assert court.guild.banned == {court.ben.id}
    assert not said.deleted
    body = court.server.truth.find("call", f"PUT {BANS}")[-1].detail["body"]
    assert '"delete_message_seconds":0' in body.replace(" ", "")


async def test_nobody_is_put_out_who_stands_as_high_as_the_bot(court: Stage) -> None:
    await court.server.people.appoint(court.citra, court.guild, MEMBER | MANAGE_MESSAGES, 3)
    for person in (court.ada, court.citra):
        with pytest.raises(Refused):
            await do(court, Ban(whose(person)))
    assert court.guild.banned == set()
    with pytest.raises(Gone):
        await do(court, Ban(Account("discord", "5")))


# ── pins ──


async def pinned(stage: Stage) -> list[str]:
    return [message.text for message in stage.state.messages_in(stage.channel) if message.pinned]


async def reports(stage: Stage) -> list[Message]:
    """What Discord says about pins, when everything has been heard."""
    await stage.slash(stage.ben, "me")
    await stage.discord.reception.drain()
    return [message for message in stage.state.messages_in(stage.channel) if message.kind == PINNED]


async def test_a_silent_pin_leaves_no_report_and_a_loud_one_does(court: Stage) -> None:
    quiet = await court.server.people.say(court.ben, court.channel, "a")
    loud = await court.server.people.say(court.ben, court.channel, "b")
    for _ in range(2):
        assert await do(court, Pin(here(court, quiet))) == ""
    await do(court, Pin(here(court, loud), loud=True))
    assert await pinned(court) == ["a", "b"]
    assert [report.reference and report.reference["message_id"] for report in await reports(court)] == [str(loud.id)]
    for _ in range(2):
        assert await do(court, Unpin(here(court, quiet))) == ""
    assert await pinned(court) == ["b"]


async def test_the_report_of_somebody_else_s_pin_stays(court: Stage) -> None:
    said = await court.server.people.say(court.ben, court.channel, "a")
    report = await court.server.people.pin(court.ada, said)
    assert await reports(court) == [report]


async def test_a_message_that_is_gone_is_not_pinned_and_may_be_unpinned_and_removed(court: Stage) -> None:
    said = await court.server.people.say(court.ben, court.channel, "a")
    await court.server.people.delete(said)
    with pytest.raises(Gone):
        await do(court, Pin(here(court, said)))
    await do(court, Unpin(here(court, said)))
    await do(court, Remove(here(court, said)))


async def test_a_channel_takes_250_pins(court: Stage) -> None:
    for number in range(250):
        (await court.server.people.say(court.ben, court.channel, str(number))).pinned = True
    said = await court.server.people.say(court.ben, court.channel, "one more")
    with pytest.raises(Refused) as refused:
        await do(court, Pin(here(court, said)))
    assert "30003" in refused.value.reason
    assert not said.pinned


async def test_pins_have_a_right_of_their_own(court: Stage) -> None:
    said = await court.server.people.say(court.ben, court.channel, "a")
    court.guild.bot_permissions &= ~PIN_MESSAGES
    for act in (Pin(here(court, said)), Unpin(here(court, said))):
        with pytest.raises(Refused):
            await do(court, act)


async def test_a_card_in_a_forum_is_pinned_in_its_post(court: Stage) -> None:
    ref = await court.discord.send(at(court, forum(court)), question(), "job-1")
    await do(court, Pin(ref))
    assert court.state.messages[int(ref.message)].pinned


async def test_nothing_is_pinned_in_an_archived_thread(court: Stage) -> None:
    thread = court.state.add_channel(court.guild, "utas", kind=PUBLIC_THREAD, parent=court.channel)
    said = await court.server.people.say(court.ben, thread, "a")
    thread.archived = True
    with pytest.raises(Refused):
        await do(court, Pin(here(court, said)))


# ── deletions ──


async def test_somebody_s_message_is_removed_once(court: Stage) -> None:
    said = await court.server.people.say(court.ben, court.channel, "spam")
    for _ in range(2):
        assert await do(court, Remove(here(court, said))) == ""
    assert court.texts() == []
    assert court.server.truth.count("effect", f"DELETE {MESSAGE}") == 1


async def test_without_the_right_somebody_s_message_stays(court: Stage) -> None:
    court.guild.bot_permissions &= ~MANAGE_MESSAGES
    said = await court.server.people.say(court.ben, court.channel, "spam")
    with pytest.raises(Refused):
        await do(court, Remove(here(court, said)))
    assert court.texts() == ["spam"]


# ── all of them ──


async def test_what_discord_does_not_know_is_refused_without_a_call(court: Stage) -> None:
    private = await court.discord.private(whose(court.ben))
    calls = court.server.truth.count("call")
    whisper = Whisper(whose(court.ben), Speech("en").message(say("psst")))
    acts: list[tuple[Place, Act]] = [
        *((court.place, act) for act in (Admit(whose(court.ben)), Decline(whose(court.ben)), whisper)),
        *((private, act) for act in (Mute(whose(court.ben)), Lock(), Unlock(), Tag(whose(court.ben), "x"))),
    ]
    for place, act in acts:
        with pytest.raises(Refused):
            await court.discord.act(place, act, "k")
    assert court.server.truth.count("call") == calls


def calls_of(stage: Stage, said: Message) -> list[tuple[str, Act]]:
    ben, ref = whose(stage.ben), here(stage, said)
    return [
        (f"PATCH {USER}", Mute(ben)),
        (f"PATCH {USER}", Unmute(ben)),
        (f"PUT {BANS}", Ban(ben)),
        (f"DELETE {BANS}", Unban(ben)),
        (f"PUT {PINS}", Pin(ref)),
        (f"DELETE {PINS}", Unpin(ref)),
        (f"DELETE {MESSAGE}", Remove(ref)),
    ]


@pytest.mark.parametrize("kind", LOST)
@pytest.mark.parametrize("effect", [True, False])
async def test_after_a_lost_reply_every_act_is_tried_once_more(court: Stage, kind: Kind, effect: bool) -> None:
    said = await court.server.people.say(court.ben, court.channel, "x")
    for call, act in calls_of(court, said):
        court.server.faults.add(Fault(kind, effect=effect), Match(call), times=1)
        assert await do(court, act) == ""
    assert (court.guild.muted[court.ben.id], court.guild.banned, said.pinned, said.deleted) == (0, set(), False, True)


async def test_an_act_whose_replies_all_are_lost_is_in_doubt(court: Stage) -> None:
    said = await court.server.people.say(court.ben, court.channel, "x")
    for call, act in calls_of(court, said):
        court.server.faults.clear()
        rule = court.server.faults.add(Fault(Kind.RESET_MID_RESPONSE), Match(call))
        with pytest.raises(Ambiguous):
            await do(court, act)
        assert rule.fired == 2


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault(Kind.REFUSED, status=403, code=50013), Refused),
        (Fault(Kind.REFUSED, status=403, code=50001), Gone),
        (Fault(Kind.RATE_LIMIT, retry_after=600), SlowDown),
        (Fault(Kind.RATE_LIMIT, via=False, html=True, retry_after=60), SlowDown),
        (Fault(Kind.UNAUTHORISED), Unreachable),
    ],
    ids=lambda value: f"{value.kind}-{value.code}" if isinstance(value, Fault) else value.__name__,
)
async def test_a_refusal_is_told_in_the_core_s_words_and_not_repeated(
    court: Stage, fault: Fault, error: type[PlatformError]
) -> None:
    rule = court.server.faults.add(fault, Match(f"PATCH {USER}"))
    with pytest.raises(error):
        await do(court, Mute(whose(court.ben)))
    assert rule.fired == 1
    assert court.server.limits.hammering == 0


async def test_a_short_rate_limit_is_waited_for(court: Stage) -> None:
    court.server.faults.add(Fault(Kind.RATE_LIMIT, retry_after=0.05), Match(f"PATCH {USER}"), times=1)
    await do(court, Mute(whose(court.ben)))
    assert court.state.is_muted(court.guild, court.ben)
    assert court.server.limits.hammering == 0


async def test_the_audit_log_tells_the_act_and_no_person(court: Stage) -> None:
    said = await court.server.people.say(court.ben, court.channel, "x")
    for _, act in calls_of(court, said)[:6]:
        await do(court, act, "7:mute:12")
    effects: list[Any] = [entry.detail.get("reason") for entry in court.server.truth.find("effect")]
    told = ["Mute", "Unmute", "Ban", "Unban", "Pin", "Unpin"]
    assert [reason for reason in effects if reason] == [f"{name} (7:mute:12)" for name in told]
    await court.server.people.enter(court.ben, court.guild)
    await do(court, Mute(whose(court.ben)), "k" * 600)
    assert len(court.server.truth.find("effect")[-1].detail["reason"]) == 512


async def test_many_acts_at_once_all_are_done(court: Stage) -> None:
    people = [court.state.add_person(f"p{number}") for number in range(20)]
    court.state.join(court.guild, *people)
    await asyncio.gather(*(do(court, Mute(whose(person)), str(person.id)) for person in people))
    assert all(court.state.is_muted(court.guild, person) for person in people)
