"""What the core asks of Discord as a platform, also when the wire fails."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.discord.errors import Banned, Revoked
from adapters.discord.pace import MOST, SPAN, Pace
from adapters.discord.sender import nonce
from bot.chat.errors import Ambiguous, Gone, Refused, SlowDown, Unreachable
from bot.chat.message import Message, Poll, card, say
from bot.chat.places import Account, Place, Role
from bot.speech import Speech
from tests.adapters.discord.stage import Stage
from tests.wire.discord.state import (
    COMPONENTS_V2,
    MANAGE_MESSAGES,
    MEMBER,
    PUBLIC_THREAD,
    SEND_MESSAGES,
)
from tests.wire.faults import Fault, Kind, Match

SEND = "POST /channels/{channel_id}/messages"


def words(text: str) -> Message:
    return Speech("en").message(say(text))


async def test_a_message_stands_where_its_ref_says_and_is_silent(stage: Stage) -> None:
    ref = await stage.discord.send(stage.place, words("halo"), "job-1")
    message = stage.state.messages[int(ref.message)]
    assert (message.text, message.flags) == ("halo", 4096)
    await stage.discord.edit(ref, words("lain"))
    await stage.discord.edit(ref, words("lain"))
    assert message.text == "lain"
    await stage.discord.delete(ref)
    await stage.discord.delete(ref)
    assert stage.texts() == []


async def test_a_text_may_become_a_card_and_a_card_stays_one(stage: Stage) -> None:
    ref = await stage.discord.send(stage.place, words("halo"), "job-1")
    message = stage.state.messages[int(ref.message)]
    await stage.discord.edit(ref, Speech("en").message(card("Title", "text")))
    assert message.flags & COMPONENTS_V2
    await stage.discord.edit(ref, words("plain again"))
    assert message.text == "plain again"


async def test_a_message_with_a_poll_stands_as_its_words_and_goes_on_as_words(stage: Stage) -> None:
    poll = Poll("2 + 2?", ("3", "4"), (1,))
    ref = await stage.discord.send(stage.place, replace(words("halo"), poll=poll), "job-1")
    assert (stage.texts(), ref.poll, stage.discord.has_polls) == (["halo"], "", False)
    await stage.discord.edit(ref, replace(words("over"), poll=replace(poll, open=False)))
    assert stage.texts() == ["over"]


async def test_the_same_key_makes_one_message(stage: Stage) -> None:
    first = await stage.discord.send(stage.place, words("halo"), "job-1")
    again = await stage.discord.send(stage.place, words("halo"), "job-1")
    other = await stage.discord.send(stage.place, words("halo"), "job-2")
    assert first == again != other


def test_a_nonce_has_at_most_25_characters_and_is_the_key_s_own() -> None:
    assert len(nonce("x" * 1000)) <= 25
    assert nonce("a") == nonce("a") != nonce("b")


async def test_pages_are_sent_in_order_and_the_ref_is_the_last(stage: Stage) -> None:
    ref = await stage.discord.send(stage.place, words("kata " * 700), "job-1")
    assert len(stage.texts()) == 2
    assert stage.state.messages_in(stage.channel)[-1].id == int(ref.message)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault(Kind.REFUSED, status=403, code=50013), Refused),
        (Fault(Kind.REFUSED, status=403, code=50007), Refused),
        (Fault(Kind.REFUSED, status=403, code=50001), Gone),
        (Fault(Kind.REFUSED, status=404, code=10003), Gone),
        (Fault(Kind.RATE_LIMIT, retry_after=35), SlowDown),
        (Fault(Kind.SERVER_ERROR, status=503), Ambiguous),
        (Fault(Kind.RESET_AFTER_READ), Ambiguous),
        (Fault(Kind.RESET_BEFORE_READ), Ambiguous),
        (Fault(Kind.RESET_MID_RESPONSE, effect=True), Ambiguous),
        (Fault(Kind.TRUNCATED, effect=True), Ambiguous),
        (Fault(Kind.EMPTY), Ambiguous),
        (Fault(Kind.HTML), Ambiguous),
    ],
    ids=lambda value: f"{value.kind}-{value.status}-{value.code}" if isinstance(value, Fault) else value.__name__,
)
async def test_a_failure_is_told_in_the_core_s_words(stage: Stage, fault: Fault, error: type[Exception]) -> None:
    stage.server.faults.add(fault, Match(SEND))
    with pytest.raises(error):
        await stage.discord.send(stage.place, words("halo"), "job-1")


@pytest.mark.parametrize(
    "kind", [Kind.RESET_AFTER_READ, Kind.RESET_MID_RESPONSE, Kind.TRUNCATED, Kind.EMPTY, Kind.HTML]
)
@pytest.mark.parametrize("effect", [True, False])
async def test_after_a_lost_reply_the_same_key_ends_in_exactly_one_message(
    stage: Stage, kind: Kind, effect: bool
) -> None:
    stage.server.faults.add(Fault(kind, effect=effect), Match(SEND), times=1)
    with pytest.raises(Ambiguous):
        await stage.discord.send(stage.place, words("halo"), "job-1")
    await stage.discord.send(stage.place, words("halo"), "job-1")
    assert stage.texts() == ["halo"]


@pytest.mark.parametrize("message", [words("halo"), Speech("en").message(card("Kartu", "text"))])
@pytest.mark.parametrize("effect", [True, False])
async def test_after_the_nonce_was_forgotten_the_channel_itself_is_asked(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, message: Message, effect: bool
) -> None:
    stage.server.faults.add(Fault(Kind.RESET_AFTER_READ, effect=effect), Match(SEND), times=1)
    with pytest.raises(Ambiguous):
        await stage.discord.send(stage.place, message, "job-1")
    stage.state.clock.advance(500)
    monkeypatch.setattr("adapters.discord.sender.SAFE_FOR", -1.0)
    await stage.discord.send(stage.place, message, "job-1")
    assert len(stage.texts()) == 1


async def test_a_short_rate_limit_is_waited_for(stage: Stage) -> None:
    stage.server.faults.add(Fault(Kind.RATE_LIMIT, retry_after=0.05), Match(SEND), times=1)
    await stage.discord.send(stage.place, words("halo"), "job-1")
    assert stage.texts() == ["halo"]
    assert stage.server.limits.hammering == 0


async def test_a_long_rate_limit_goes_back_with_its_time(stage: Stage) -> None:
    stage.server.faults.add(Fault(Kind.RATE_LIMIT, retry_after=35), Match(SEND), times=1)
    with pytest.raises(SlowDown) as slow:
        await stage.discord.send(stage.place, words("halo"), "job-1")
    assert slow.value.after == timedelta(seconds=35)


async def test_a_ban_by_the_edge_stops_every_call(stage: Stage) -> None:
    stage.server.faults.add(Fault(Kind.RATE_LIMIT, via=False, html=True, retry_after=60), Match(SEND), times=1)
    with pytest.raises(Banned):
        await stage.discord.send(stage.place, words("halo"), "job-1")
    calls = stage.server.truth.count("call")
    for _ in range(3):
        with pytest.raises(SlowDown):
            await stage.discord.send(stage.place, words("halo"), "job-1")
    assert stage.server.truth.count("call") == calls
    assert stage.server.limits.hammering == 0


async def test_a_refused_token_stops_every_call(stage: Stage) -> None:
    stage.server.faults.add(Fault(Kind.UNAUTHORISED), Match(SEND))
    with pytest.raises(Revoked):
        await stage.discord.send(stage.place, words("halo"), "job-1")
    for _ in range(3):
        with pytest.raises(Unreachable):
            await stage.discord.send(stage.place, words("halo"), "job-1")
    assert stage.server.rest.invalid == 1
    assert stage.discord.sender.revoked


async def test_a_body_that_discord_does_not_take_is_sent_as_bare_words(stage: Stage) -> None:
    stage.server.faults.add(Fault(Kind.REFUSED, status=400, code=50035), Match(SEND), times=1)
    await stage.discord.send(stage.place, Speech("en").message(card("Title", "text")), "job-1")
    assert stage.texts() == ["## Title\n\ntext"]


async def test_an_answer_that_discord_does_not_take_is_said_in_bare_words(stage: Stage) -> None:
    stage.server.faults.add(
        Fault(Kind.REFUSED, status=400, code=50035), Match("POST /interactions/*/callback"), times=1
    )
    item = await stage.slash(stage.ben, "me")
    assert (item.reply.text, item.reply.only_for) == ("This is you.", stage.ben.id)


@pytest.mark.parametrize("effect", [True, False])
async def test_a_lost_reply_to_an_answer_is_asked_again_and_said_once(stage: Stage, effect: bool) -> None:
    stage.server.faults.add(
        Fault(Kind.RESET_AFTER_READ, effect=effect), Match("POST /interactions/*/callback"), times=1
    )
    item = await stage.slash(stage.ben, "me")
    await stage.app.drain()
    assert [message.text for message in item.messages] == ["This is you."]


async def test_an_archived_thread_is_opened_and_a_locked_one_is_left(stage: Stage) -> None:
    thread = stage.state.add_channel(stage.guild, "utas", kind=PUBLIC_THREAD, parent=stage.channel)
    place = Place("discord", str(stage.guild.id), str(thread.id))
    thread.archived = True
    await stage.discord.send(place, words("a"), "job-1")
    assert not thread.archived
    thread.archived = thread.locked = True
    calls = stage.server.truth.count("call")
    with pytest.raises(Refused):
        await stage.discord.send(place, words("b"), "job-2")
    assert stage.server.truth.count("call") - calls <= 2
    stage.guild.bot_permissions |= 1 << 34
    thread.locked = False
    stage.server.faults.add(Fault(Kind.REFUSED, status=400, code=50083), Match(SEND), times=1)
    await stage.discord.send(place, words("c"), "job-3")
    assert [m.text for m in stage.state.messages_in(thread)] == ["a", "c"]


async def test_a_channel_without_the_right_and_a_guild_without_a_channel_are_refused(stage: Stage) -> None:
    quiet = stage.state.add_channel(stage.guild, "baca", bot_denied=SEND_MESSAGES)
    with pytest.raises(Refused):
        await stage.discord.send(Place("discord", str(stage.guild.id), str(quiet.id)), words("x"), "job-1")
    with pytest.raises(Refused):
        await stage.discord.send(Place("discord", str(stage.guild.id)), words("x"), "job-1")


async def test_a_standing_is_asked_for_at_that_moment(stage: Stage) -> None:
    assert await stage.discord.role(stage.place, Account("discord", str(stage.ada.id))) is Role.ORGANISER
    assert await stage.discord.role(stage.place, Account("discord", str(stage.ben.id))) is Role.MEMBER
    stranger = stage.state.add_person("stranger")
    assert await stage.discord.role(stage.place, Account("discord", str(stranger.id))) is Role.GUEST
    stage.state.join(stage.guild, stage.ben, permissions=MEMBER | MANAGE_MESSAGES)
    assert await stage.discord.role(stage.place, Account("discord", str(stage.ben.id))) is Role.MODERATOR


async def test_private_messages_go_to_one_conversation(stage: Stage) -> None:
    place = await stage.discord.private(Account("discord", str(stage.ben.id)))
    assert place == await stage.discord.private(Account("discord", str(stage.ben.id)))
    await stage.discord.send(place, words("rahasia"), "job-1")
    direct = stage.state.direct_channel(stage.ben)
    assert [message.text for message in stage.state.messages_in(direct)] == ["rahasia"]
    direct.bot_denied = SEND_MESSAGES
    with pytest.raises(Refused):
        await stage.discord.send(place, words("rahasia"), "job-2")


async def test_the_invitation_names_the_application_and_asks_for_no_administrator(stage: Stage) -> None:
    address = stage.discord.invite()
    assert f"client_id={stage.state.application_id}&" in address
    assert not int(address.rpartition("=")[2]) & 8


async def test_nothing_is_sent_before_the_start_or_after_the_stop(stage: Stage) -> None:
    await stage.stop()
    with pytest.raises(Unreachable):
        await stage.discord.send(stage.place, words("x"), "job-1")


async def test_turns_keep_below_the_limit_in_every_window() -> None:
    pace, times = Pace(most=10, span=0.1), []

    async def take() -> None:
        await pace.turn()
        times.append(asyncio.get_running_loop().time())

    await asyncio.gather(*(take() for _ in range(35)))
    assert all(late - early >= 0.099 for early, late in zip(times, times[10:], strict=False))
    assert times[-1] - times[0] < 1
    assert MOST / SPAN >= 0.95 * 50
