"""Scheduled events: made once, brought up to date, taken down, and noticed when somebody else takes them down."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from adapters.discord.event import LONGEST_DESCRIPTION
from bot.chat.act import Announce, Withdraw
from bot.chat.errors import Ambiguous, Gone, Refused, SlowDown
from bot.chat.events import Incoming, Withdrawn
from bot.chat.places import Ability, Place
from bot.said import Answerer
from tests.adapters.discord.board import LOST
from tests.adapters.discord.stage import Stage
from tests.wire.discord.scheduled import ACTIVE, Scheduled
from tests.wire.discord.state import CONNECT, CREATE_EVENTS, VOICE, Channel
from tests.wire.faults import Fault, Kind, Match

POST = "POST /guilds/{guild_id}/scheduled-events"
PATCH = "PATCH /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}"
DELETE = "DELETE /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}"
HOUR = timedelta(hours=1)


def announce(stage: Stage, hours: float = 24, **how: str) -> Announce:
    now = datetime.fromtimestamp(stage.state.clock.now(), UTC).replace(microsecond=0)
    start = now + timedelta(hours=hours)
    usual = Announce("S7.2026-12-14", "Aljabar", "Lembar 3", start, start + HOUR, "Perpustakaan")
    return replace(usual, **how)  # type: ignore[arg-type]


async def do(stage: Stage, act: Announce | Withdraw) -> str:
    return await stage.discord.act(stage.place, act, "1:session-mirror:7")


def events(stage: Stage) -> list[Scheduled]:
    return stage.server.events.of(stage.guild)


def shown(stage: Stage) -> list[tuple[str, str | None, str | None, float]]:
    return [(each.name, each.description, each.location, each.start) for each in events(stage)]


def hall(stage: Stage, denied: int = 0) -> Channel:
    return stage.state.add_channel(stage.guild, "belajar", kind=VOICE, bot_denied=denied)


# ── made, changed, taken down ──


async def test_an_event_is_shown_with_all_that_is_said_of_it(stage: Stage) -> None:
    act = announce(stage)
    number = await do(stage, act)
    [event] = events(stage)
    assert str(event.id) == number
    assert shown(stage) == [("Aljabar", "Lembar 3\nS7.2026-12-14", "Perpustakaan", act.start.timestamp())]
    assert event.end == act.end.timestamp()


async def test_an_event_is_brought_up_to_date(stage: Stage) -> None:
    number = await do(stage, announce(stage))
    moved = announce(stage, 48, event=number, title="Geometri", where="https://example.org/ruang")
    assert await do(stage, moved) == number
    assert shown(stage) == [
        ("Geometri", "Lembar 3\nS7.2026-12-14", "https://example.org/ruang", moved.start.timestamp())
    ]


async def test_the_same_event_is_never_made_twice(stage: Stage) -> None:
    assert await do(stage, announce(stage)) == await do(stage, announce(stage, 48)) != ""
    assert len(events(stage)) == 1
    other = announce(stage, key="S7.2026-12-21")
    assert await do(stage, other) == str(events(stage)[0].id)
    assert len(events(stage)) == 2


async def test_somebody_else_s_event_with_such_words_is_left_alone(stage: Stage) -> None:
    act = announce(stage)
    theirs = Scheduled(5, stage.guild.id, stage.ada.id, "Aljabar", act.start.timestamp(), 3, act.end.timestamp())
    theirs.description, theirs.location = "Lembar 3\nS7.2026-12-14", "Perpustakaan"
    stage.state.scheduled[5] = theirs
    assert await do(stage, act) != "5"
    assert len(events(stage)) == 2


async def test_one_event_makes_room_for_the_next(stage: Stage) -> None:
    first = await do(stage, announce(stage))
    second = await do(stage, announce(stage, 48, key="S7.2026-12-21", instead=first))
    assert [str(each.id) for each in events(stage)] == [second]
    third = announce(stage, 72, key="S7.2026-12-28", instead=first)
    await do(stage, third)
    assert len(events(stage)) == 2, "what is gone already needs no more room"


async def test_an_event_is_taken_down_once_and_twice(stage: Stage) -> None:
    number = await do(stage, announce(stage))
    for _ in range(2):
        assert await do(stage, Withdraw(number)) == ""
        assert events(stage) == []


async def test_the_audit_log_says_what_it_was_and_nothing_about_anybody(stage: Stage) -> None:
    await do(stage, announce(stage))
    [entry] = [each for each in stage.server.truth if each.what == "effect" and each.method == POST]
    calls = [each for each in stage.server.truth if each.what == "call" and each.method == POST]
    assert entry.detail["reason"] == "Announce (1:session-mirror:7)"
    assert "Ada" not in str(calls)


# ── words ──


async def test_words_are_cut_to_what_discord_takes_and_are_no_markup(stage: Stage) -> None:
    await do(stage, announce(stage, title="a" * 90 + "😀" * 20, about="**b** <@1> " * 200, where="w" * 300))
    [event] = events(stage)
    assert event.description
    assert len(event.description) <= LONGEST_DESCRIPTION
    assert event.description.endswith("…\nS7.2026-12-14")
    assert event.description.startswith(r"\*\*b\*\* \<\@1\>")
    assert len(event.name) <= 100
    assert event.location == "w" * 99 + "…"


async def test_without_words_an_event_still_has_some(stage: Stage) -> None:
    await do(stage, announce(stage, title=" \n", about="", where="\x00"))
    [event] = events(stage)
    assert (event.name, event.description, event.location) == ("…", "S7.2026-12-14", "…")


# ── voice channels ──


async def test_an_event_takes_place_in_its_voice_channel(stage: Stage) -> None:
    room = hall(stage)
    number = await do(stage, announce(stage, channel=str(room.id)))
    [event] = events(stage)
    assert (event.channel_id, event.location, event.kind) == (room.id, None, 2)
    await do(stage, announce(stage, event=number))
    assert (event.channel_id, event.location, event.kind) == (None, "Perpustakaan", 3)
    await do(stage, announce(stage, event=number, channel=str(room.id)))
    assert (event.channel_id, event.location, event.kind) == (room.id, None, 2)


@pytest.mark.parametrize("why", ["unknown", "denied", "text"])
async def test_where_the_channel_is_not_to_be_had_the_event_is_elsewhere(stage: Stage, why: str) -> None:
    room = hall(stage, CONNECT)
    channel = {"unknown": "5", "denied": str(room.id), "text": str(stage.channel.id)}[why]
    number = await do(stage, announce(stage, channel=channel))
    [event] = events(stage)
    assert (event.channel_id, event.location) == (None, "Perpustakaan")
    assert await do(stage, announce(stage, 30, event=number, channel=channel)) == number
    assert len(events(stage)) == 1


# ── what goes wrong ──


async def test_without_the_right_nothing_is_shown(stage: Stage) -> None:
    stage.guild.bot_permissions &= ~CREATE_EVENTS
    with pytest.raises(Refused):
        await do(stage, announce(stage))
    with pytest.raises(Refused):
        await do(stage, announce(stage, channel=str(hall(stage).id)))
    assert events(stage) == []
    assert Ability.EVENTS not in (await stage.discord.power(stage.place, None)).abilities
    stage.guild.bot_permissions |= CREATE_EVENTS
    assert Ability.EVENTS in (await stage.discord.power(stage.place, None)).abilities


async def test_a_full_list_takes_no_more(stage: Stage) -> None:
    for number in range(100):
        act = announce(stage)
        full = Scheduled(number, stage.guild.id, stage.ada.id, "x", act.start.timestamp(), 3, act.end.timestamp())
        stage.state.scheduled[number] = replace(full, location="x")
    with pytest.raises(Refused):
        await do(stage, announce(stage))


async def test_in_a_server_that_we_have_left_an_event_is_refused_and_not_gone(stage: Stage) -> None:
    elsewhere = Place("discord", "5", "6")
    with pytest.raises(Refused):
        await stage.discord.act(elsewhere, announce(stage, event="7"), "k")


async def test_an_event_that_is_no_more_or_over_is_told(stage: Stage) -> None:
    number = await do(stage, announce(stage))
    del stage.state.scheduled[int(number)]
    with pytest.raises(Gone):
        await do(stage, announce(stage, event=number))
    number = await do(stage, announce(stage, 1))
    stage.state.clock.advance(3 * 3600)
    with pytest.raises(Gone):
        await do(stage, announce(stage, event=number))
    await do(stage, Withdraw(number))


async def test_what_has_begun_is_not_moved(stage: Stage) -> None:
    number = await do(stage, announce(stage, 1))
    stage.state.clock.advance(3601)
    with pytest.raises(Refused):
        await do(stage, announce(stage, 3, event=number))
    assert [each.status for each in events(stage)] == [ACTIVE]


async def test_the_past_takes_no_event(stage: Stage) -> None:
    with pytest.raises(Refused):
        await do(stage, announce(stage, -0.5))


@pytest.mark.parametrize("how", LOST)
@pytest.mark.parametrize("effect", [False, True])
async def test_after_a_lost_reply_there_is_one_event(stage: Stage, how: Kind, *, effect: bool) -> None:
    stage.server.faults.add(Fault(how, effect=effect), Match(POST), times=1)
    try:
        await do(stage, announce(stage))
    except Ambiguous:
        await do(stage, announce(stage))
    assert len(events(stage)) == 1


async def test_what_the_library_asks_again_by_itself_makes_one_event(stage: Stage) -> None:
    stage.server.faults.add(Fault(Kind.SERVER_ERROR, status=502, effect=True), Match(POST), times=1)
    number = await do(stage, announce(stage))
    assert stage.server.truth.count("call", POST) == 2
    assert [str(each.id) for each in events(stage)] == [number]


@pytest.mark.parametrize("how", LOST)
async def test_a_change_and_a_withdrawal_are_asked_again(stage: Stage, how: Kind) -> None:
    number = await do(stage, announce(stage))
    stage.server.faults.add(Fault(how, effect=True), Match(PATCH), times=1)
    assert await do(stage, announce(stage, 30, event=number)) == number
    stage.server.faults.add(Fault(how, effect=True), Match(DELETE), times=1)
    await do(stage, Withdraw(number))
    assert events(stage) == []


async def test_a_rate_limit_is_passed_on(stage: Stage) -> None:
    stage.server.faults.add(Fault(Kind.RATE_LIMIT, retry_after=600), Match(POST), times=1)
    with pytest.raises(SlowDown) as slow:
        await do(stage, announce(stage))
    assert slow.value.after > timedelta(minutes=9)


# ── what people do ──


@pytest.fixture
def heard(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> list[Incoming]:
    """Every event that the core is handed."""
    kept: list[Incoming] = []
    handle = stage.app.handle

    async def keep(event: Incoming, answer: Answerer) -> None:
        kept.append(event)
        await handle(event, answer)

    monkeypatch.setattr(stage.app, "handle", keep)
    return kept


async def test_the_core_hears_that_our_event_is_no_more(stage: Stage, heard: list[Incoming]) -> None:
    numbers = [await do(stage, announce(stage, key=key)) for key in ("S1", "S2")]
    await stage.server.events.take_down(stage.state.scheduled[int(numbers[0])])
    await stage.server.events.cancel(stage.state.scheduled[int(numbers[1])])
    await stage.until(lambda: len(heard) == 2)
    gone = [event for event in heard if isinstance(event, Withdrawn)]
    assert [event.event for event in gone] == numbers
    assert {event.place for event in gone} == {Place("discord", str(stage.guild.id))}
    assert {event.sender.account for event in gone} == {None}


async def test_of_edits_and_of_others_events_it_hears_nothing(stage: Stage, heard: list[Incoming]) -> None:
    number = int(await do(stage, announce(stage)))
    theirs = replace(stage.state.scheduled[number], id=5, creator=stage.ada.id)
    stage.state.scheduled[5] = theirs
    await stage.server.events.rename(stage.state.scheduled[number], "Kalkulus")
    await stage.server.events.take_down(theirs)
    await stage.slash(stage.ada, "me")
    assert not [event for event in heard if isinstance(event, Withdrawn)]
