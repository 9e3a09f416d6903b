"""The times on session cards: the reader's own, or the hour in all three Indonesian zones."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from adapters.discord.render import line as discord_line
from adapters.telegram.render import draw
from bot.chat.message import Paragraph
from bot.chat.places import Role
from bot.chat.text import Moment, Run, Shape
from bot.domain.agenda import Change
from bot.speech import Speech
from tests.flows.session import COMMUNITY, START, TITLE, number, planned
from tests.world import World

ALL = "pukul 19.00 WIB (20.00 WITA · 21.00 WIT) · 90 menit"
ON, OFF = "WIB, WITA, WIT di kartu sesi", "Kartu sesi: waktu grup saja"


def card(world: World) -> str:
    return [text for text in world.public if TITLE in text][-1]


async def announced(world: World) -> None:
    await planned(world)
    await world.until(START - timedelta(days=1))


async def test_at_first_a_card_tells_the_group_s_time_with_its_zone(world: World) -> None:
    await announced(world)
    assert "Senin, 30 November 2026 pukul 19.00 WIB" in card(world)
    assert "WITA" not in card(world)


async def test_an_organiser_lets_cards_tell_all_three_zones_and_standing_ones_follow(world: World) -> None:
    await announced(world)
    await world.ani.says("/zone WIB")
    await world.ani.presses(ON)
    assert "WIB, WITA, dan WIT" in world.ani.told
    assert f"Senin, 30 November 2026 {ALL}" in card(world)
    await world.until(START - timedelta(minutes=14))
    near = [text for text in world.public if ALL in text]
    assert len(near) == 2, "the reminder says it too"
    await world.ani.presses(OFF)
    assert "WITA" not in card(world)


async def test_who_is_no_organiser_any_more_decides_nothing(world: World) -> None:
    await announced(world)
    await world.ani.says("/zone WIB")
    world.stage.cast_as(replace(world.stage.actor(world.ani.account), role=Role.MEMBER))
    async with world.store.begin() as unit:
        member = await unit.people.member(COMMUNITY, await number(world, world.ani))
        assert member
        await unit.people.save_member(replace(member, role=Role.MEMBER))
    await world.ani.presses(ON)
    assert "pengelola" in world.ani.told
    assert "WITA" not in card(world)


async def test_the_switch_is_not_offered_where_it_is_of_no_use(world: World) -> None:
    await world.ani.says("/zone Europe/London")
    assert not [label for label in world.ani.buttons if "WITA" in label]
    await world.ani.says("/zone WITA")
    assert [label for label in world.ani.buttons if "WITA" in label]


async def test_a_group_in_another_indonesian_zone_comes_first(world: World) -> None:
    await announced(world)
    await world.ani.says("/zone WITA")
    await world.ani.presses(ON)
    assert "pukul 19.00 WITA (18.00 WIB · 20.00 WIT)" in card(world)


async def test_elsewhere_the_setting_changes_nothing(world: World) -> None:
    await announced(world)
    await world.ani.says("/zone WIB")
    await world.ani.presses(ON)
    await world.ani.says("/zone Europe/London")
    assert "19.00 GMT" in card(world)
    assert "WITA" not in card(world)


async def test_an_hour_on_another_day_says_which(world: World) -> None:
    series = await planned(world)
    async with world.store.begin() as unit:
        await unit.sessions.put(Change(COMMUNITY, series.id, series.rule.first, at=time(23, 30)))
    await world.until(START - timedelta(days=1))
    await world.ani.says("/zone WIB")
    await world.ani.presses(ON)
    assert "pukul 23.30 WIB (Sel, 1 Des pukul 00.30 WITA · Sel, 1 Des pukul 01.30 WIT)" in card(world)


async def test_the_setup_names_no_right_that_a_platform_does_not_have(world: World) -> None:
    await world.ani.says("/setup")
    for tap in ("WIB", "Tenang", "Lanjutkan"):
        await world.ani.presses(tap)
    assert world.ani.sees("menyematkan pesan")
    assert not world.ani.sees("membuat acara")


# ── on the platforms ──


@pytest.mark.parametrize(("language", "words"), [("id", "pukul 19.00 WIB"), ("en", "at 19:00 WIB")])
def test_a_time_is_native_and_its_words_name_the_zone(language: str, words: str) -> None:
    runs = Speech(language).runs((Moment(START, Shape.FULL),))
    assert runs[0].text.endswith(words)
    stamp = int(START.timestamp())
    assert discord_line(runs) == f"<t:{stamp}:F>"
    page = draw((Paragraph(runs),))
    [entity] = page.entities
    assert (page.text, entity.type, entity.unix_time) == (runs[0].text, "date_time", START)


def test_a_fixed_time_is_the_same_for_everybody() -> None:
    runs = Speech("id").runs((Moment(START, Shape.FULL, "Asia/Jayapura", fixed=True),))
    assert runs == (Run("Senin, 30 November 2026 pukul 21.00 WIT", shape=Shape.FULL),)
    assert discord_line(runs) == "Senin, 30 November 2026 pukul 21.00 WIT"
    assert draw((Paragraph(runs),)).entities == ()
