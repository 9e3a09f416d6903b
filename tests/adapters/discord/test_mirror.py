"""The next date of a session among a server's events, as plans change and as people meddle."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest_asyncio

from bot.chat.places import Ability, Place
from bot.domain.agenda import Rest
from bot.domain.community import Venue
from bot.features import FEATURES, session
from tests.adapters.discord.feature import FEATURE
from tests.adapters.discord.stage import staged
from tests.adapters.discord.term import MADE, MONDAY, Term, begun
from tests.wire.discord.state import CREATE_EVENTS, VOICE
from tests.wire.faults import Fault, Kind, Match


@pytest_asyncio.fixture
async def term(tmp_path: Path) -> AsyncIterator[Term]:
    async with staged(tmp_path, features=(FEATURE, session.FEATURE)) as stage:
        yield await begun(stage)


# ── one date after the other ──


async def test_the_next_date_is_shown_with_what_people_need(term: Term) -> None:
    [event] = term.events
    assert (event.name, event.location, event.end) == ("Aljabar", "Lab 2", event.start + 90 * 60)
    assert term.days == ["11 Jan 19.00"]
    assert (event.description or "").splitlines() == [
        "Lembar 3",
        "Say on the card in the channel whether you come.",
        "S1.2027-01-11",
    ]


async def test_when_it_is_over_the_next_one_is_shown(term: Term) -> None:
    await term.passes(days=1, hours=10, minutes=29)
    assert term.days == ["11 Jan 19.00"]
    await term.passes(minutes=2)
    for day in ("18 Jan 19.00", "25 Jan 19.00"):
        assert term.days == [day]
        await term.passes(days=7)
    assert len(term.stage.state.scheduled) == 1, "what is over leaves nothing behind"


async def test_while_it_runs_the_running_one_is_shown(term: Term) -> None:
    await term.passes(days=1, hours=9, minutes=30)
    before = term.calls()
    await term.follows()
    assert term.days == ["11 Jan 19.00"]
    assert term.calls() == before


async def test_nothing_is_asked_of_discord_where_nothing_changed(term: Term) -> None:
    before = term.calls()
    for _ in range(3):
        await term.follows()
    assert term.calls() == before


async def test_what_changes_is_shown(term: Term) -> None:
    [event] = term.events
    await term.plan(title="Geometri", topic="", url="https://example.org/ruang")
    assert (event.name, event.location) == ("Geometri", "https://example.org/ruang")
    assert "Lab 2" in (event.description or "")
    assert "Lembar 3" not in (event.description or "")
    await term.plan(url="https://example.org/" + "x" * 100)
    assert event.location == "Lab 2"
    assert "x" * 100 in (event.description or "")
    await term.plan(url="", where="")
    assert event.location == "Here, in the group"


async def test_a_date_that_moves_keeps_its_event(term: Term) -> None:
    [event] = term.events
    await term.change(MONDAY, on=MONDAY + timedelta(days=1), at=time(20))
    assert term.days == ["12 Jan 20.00"]
    assert [each.id for each in term.events] == [event.id]


async def test_a_date_that_is_called_off_makes_room_and_comes_back(term: Term) -> None:
    await term.change(MONDAY, rest=Rest.OFF)
    assert term.days == ["18 Jan 19.00"]
    await term.change(MONDAY)
    assert term.days == ["11 Jan 19.00"]
    assert len(term.stage.state.scheduled) == 1


async def test_a_series_that_is_over_is_shown_no_more(term: Term) -> None:
    for _ in range(2):
        await term.ends()
        assert term.events == []


async def test_a_voice_channel_is_the_place(term: Term) -> None:
    room = term.stage.state.add_channel(term.stage.guild, "belajar", kind=VOICE)
    await term.plan(channel=f"<#{room.id}>")
    [event] = term.events
    assert (event.channel_id, event.location) == (room.id, None)


async def test_who_leads_is_named_but_not_among_minors(term: Term) -> None:
    await term.plan(host=term.ada)
    [event] = term.events
    assert "Led by ada" in (event.description or "")
    async with term.stage.store.begin() as unit:
        await unit.communities.save(replace(await unit.communities.hold(term.community), minors=True))
    await term.follows()
    assert "ada" not in (event.description or "")


# ── where it cannot be ──


async def test_without_the_right_nothing_is_tried_until_it_is_granted(term: Term) -> None:
    await grant(term, frozenset(Ability) - {Ability.EVENTS})
    await term.passes(days=7)
    before = term.calls()
    await term.plan(title="Geometri")
    assert term.calls() == before
    await grant(term, frozenset(Ability))
    await term.follows()
    assert [each.name for each in term.events] == ["Geometri"]


async def grant(term: Term, abilities: frozenset[Ability]) -> None:
    async with term.stage.store.begin() as unit:
        await unit.communities.put_venue(Venue(term.community, term.stage.place, "Kelas", abilities=abilities))


async def test_what_discord_refuses_is_tried_at_the_next_change(term: Term) -> None:
    term.stage.guild.bot_permissions &= ~CREATE_EVENTS
    await term.plan(title="Geometri")
    assert [each.name for each in term.events] == ["Aljabar"]
    term.stage.guild.bot_permissions |= CREATE_EVENTS
    await term.follows()
    assert [each.name for each in term.events] == ["Geometri"]
    assert term.told(term.stage.ada) == []


async def test_places_without_such_a_list_are_not_asked(term: Term) -> None:
    async with term.stage.store.begin() as unit:
        there = Venue(term.community, Place("telegram", "-100"), "Kelas", abilities=frozenset(Ability))
        await unit.communities.put_venue(there)
    await term.plan(title="Geometri")
    async with term.stage.store.read() as unit:
        assert await unit.jobs.get(term.community, "session-mirror:1:telegram:-100:") is None


async def test_after_a_restart_in_the_middle_there_is_one_event(tmp_path: Path) -> None:
    async with staged(tmp_path, features=(FEATURE, session.FEATURE)) as stage:
        stage.server.faults.add(Fault(Kind.RESET_AFTER_READ, effect=True), Match(MADE), times=1)
        term = await begun(stage)
        await term.passes(minutes=10)
        assert term.days == ["11 Jan 19.00"]
        assert len(stage.state.scheduled) == 1
        await term.plan(title="Geometri")
        assert [each.name for each in term.events] == ["Geometri"]


async def test_the_setup_names_the_right(tmp_path: Path) -> None:
    async with staged(tmp_path, features=FEATURES) as stage:
        for granted in (True, False):
            if not granted:
                stage.guild.bot_permissions &= ~CREATE_EVENTS
            card = (await stage.slash(stage.ada, "setup")).reply
            for tap in ("WIB", "Calm", "Go on"):
                card = (await stage.press(stage.ada, card, tap)).reply or card
            assert "create events: the next date of each session" in card.text
            assert ("not yet: create events" in card.text) is not granted


# ── what people do ──


async def test_what_somebody_took_down_stays_down_for_that_date(term: Term) -> None:
    await take_down(term)
    assert [text for text in term.told(term.stage.ada) if "took down" in text and "Aljabar" in text]
    await term.plan(title="Geometri")
    await term.change(MONDAY, at=time(20))
    assert term.events == []
    await term.passes(days=7)
    assert term.days == ["18 Jan 19.00"]
    assert len(term.told(term.stage.ada)) == 1


async def take_down(term: Term) -> None:
    heard = term.stage.discord.reception.settled
    await term.stage.server.events.take_down(term.events[0])
    await term.stage.until(lambda: term.stage.discord.reception.settled > heard)
    await term.settle()


async def test_what_was_taken_down_unheard_is_noticed_at_the_next_change(term: Term) -> None:
    del term.stage.state.scheduled[term.events[0].id]
    await term.plan(title="Geometri")
    assert term.events == []
    assert [text for text in term.told(term.stage.ada) if "took down" in text]
    await term.passes(days=7)
    assert term.days == ["18 Jan 19.00"]


async def test_an_event_that_was_called_off_is_not_made_again(term: Term) -> None:
    heard = term.stage.discord.reception.settled
    await term.stage.server.events.cancel(term.events[0])
    await term.stage.until(lambda: term.stage.discord.reception.settled > heard)
    await term.settle()
    await term.follows()
    assert term.events == []
    assert len(term.told(term.stage.ada)) == 1


async def test_what_we_take_down_ourselves_is_nobody_s_doing(term: Term) -> None:
    await term.change(MONDAY, rest=Rest.OFF)
    await term.passes(days=7)
    await term.ends()
    assert term.events == []
    assert term.told(term.stage.ada) == []


async def test_people_s_edits_stand_until_ours_change(term: Term) -> None:
    [event] = term.events
    await term.stage.server.events.rename(event, "Pesta")
    await term.follows()
    assert event.name == "Pesta"
    await term.change(MONDAY, at=time(20))
    assert event.name == "Aljabar"


async def test_of_a_stranger_s_event_nothing_follows(term: Term) -> None:
    theirs = replace(term.events[0], id=5, creator=term.stage.ada.id)
    term.stage.state.scheduled[5] = theirs
    await term.stage.server.events.take_down(theirs)
    await term.stage.slash(term.stage.ada, "me")
    await term.follows()
    assert term.days == ["11 Jan 19.00"]
    assert term.told(term.stage.ada) == []
