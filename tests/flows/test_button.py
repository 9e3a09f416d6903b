"""Buttons of any age, from anybody: what is forged, outdated or above one's standing is refused kindly."""

from dataclasses import replace
from random import Random

import pytest
from structlog.testing import capture_logs

from adapters.playground.cast import Actor
from bot.app import App
from bot.chat.places import Role
from bot.chat.press import Press, sign
from bot.features import FEATURES
from tests.flows.raw import hears, invoked, pressed, words
from tests.world import KEYS, World

RULE = Press("rule", 1, ("at-more",))
"""A button for organisers."""


async def hour(world: World) -> int:
    """The hour of the daily quiz, which the button moves."""
    async with world.store.read() as unit:
        found = await unit.communities.get(1)
    assert found
    return found.daily.at.hour


@pytest.mark.parametrize(
    "press",
    [
        Press("gone", 1),
        Press("rule", 1),
        Press("rule", 1, ("nonsense",)),
        Press("set-preset", 1, ("loud", 1)),
        Press("set-zone", 1, ("mars", 1)),
        Press("set-done", 1, ("word", 1)),
        Press("set-done", 1, (1,)),
        Press("sampled", 1, (1, 99)),
        Press("sampled", 1, (0, 99)),
        Press("sampled", 1, (999, 0)),
        Press("daily", 1, (1, 0, 99)),
        Press("daily", 1, (1, 99, 0)),
        Press("daily", 1, (1, 0, "01")),
        Press("mine", 1, (99, 0, 0)),
        Press("practise", 1, (9, 0, 0)),
        Press("why-page", 1, (-5,)),
        Press("bank-page", 1, (10**9, "x" * 24)),
        Press("board", 1, ("century",)),
        Press("home", 0, (99,)),
        Press("speak", 0, ("klingon",)),
        Press("fill", 1, ("right", "a")),
        Press("go", 1),
        Press("go", 1, ("gone",)),
    ],
    ids=lambda press: f"{press.action}{press.args}",
)
async def test_a_signed_button_of_another_age_is_no_incident(world: World, press: Press) -> None:
    await world.passes(hours=22)
    before = await hour(world)
    with capture_logs() as logs:
        assert await words(world, pressed(world, world.ani, world.app.sign(press)))
    assert not [log for log in logs if log["event"] == "incident"]
    assert await hour(world) == before


@pytest.mark.parametrize(
    "data", ["", "1", "v9:q:123:2:tag", "測" * 22, "x" * 101, "\0\ud83d", "1rule_1_0_at-moreAAAAAAAAAAA"]
)
async def test_a_payload_that_is_not_ours_is_answered_with_a_way_on(world: World, data: str) -> None:
    before = await hour(world)
    assert "Kirim lagi perintahnya" in await words(world, pressed(world, world.ani, data))
    assert await hour(world) == before


async def test_every_changed_character_breaks_the_seal(world: World) -> None:
    good = world.app.sign(RULE)
    before = await hour(world)
    for at in range(len(good)):
        other = "A" if good[at] != "A" else "B"
        assert await words(world, pressed(world, world.ani, good[:at] + other + good[at + 1 :]))
    assert await hour(world) == before


async def test_a_button_signed_before_the_keys_were_turned_still_works(world: World) -> None:
    fresh = (b"a new key for tests only, 32 byte",)
    before = await hour(world)
    turned = App(FEATURES, world.store, fresh + KEYS, world.clock, Random(7))
    turned.platforms.update(world.app.platforms)
    await turned.handle(pressed(world, world.ani, sign(RULE, KEYS)), _nobody)
    assert await hour(world) == before + 1
    forgotten = App(FEATURES, world.store, fresh, world.clock, Random(7))
    forgotten.platforms.update(world.app.platforms)
    await forgotten.handle(pressed(world, world.ani, sign(RULE, KEYS)), _nobody)
    assert await hour(world) == before + 1


async def test_the_same_press_delivered_twice_has_one_effect(world: World) -> None:
    before = await hour(world)
    event = pressed(world, world.ani, world.app.sign(RULE))
    assert await hears(world, event)
    assert await hears(world, event) == []
    assert await hour(world) == before + 1


async def test_an_organiser_s_button_asks_for_the_standing_of_this_moment(world: World) -> None:
    data, before = world.app.sign(RULE), await hour(world)
    world.stage.cast_as(Actor("ani", "Ani", Role.MEMBER))
    assert "untuk pengelola" in await words(world, pressed(world, world.ani, data))
    assert await hour(world) == before
    world.stage.cast_as(Actor("citra", "Citra", Role.ORGANISER))
    await words(world, pressed(world, world.citra, data))
    assert await hour(world) == before + 1


async def test_who_left_the_group_keeps_nothing_that_was_granted(world: World) -> None:
    async with world.store.begin() as unit:
        seat = (await unit.arrivals.of(world.group, world.dewi.account)).member
        assert seat
        await unit.people.save_member(replace(seat, role=Role.ORGANISER))
    before = await hour(world)
    await words(world, pressed(world, world.dewi, world.app.sign(RULE)))
    assert await hour(world) == before + 1
    world.stage.cast_as(Actor("dewi", "Dewi", Role.GUEST))
    event = pressed(world, world.dewi, world.app.sign(RULE), role=Role.GUEST)
    assert "untuk pengelola" in await words(world, event)
    assert await hour(world) == before + 1


async def test_an_anonymous_administrator_may_do_what_needs_no_name(world: World) -> None:
    async def told(line: str) -> str:
        return await words(world, invoked(world, world.ani, line, account=None, role=Role.ORGANISER))

    assert "1 dari 3" in await told("setup")
    assert "Asia/Makassar" in await told("zone WITA")
    for line in ("points", "quizbank add", "quiz", "daily", "settings"):
        assert "mode anonim" in await told(line) or "Belum ada kuis" in await told(line), line
    cancel = pressed(world, world.ani, world.app.sign(Press("cancel", 1)), account=None)
    assert await hears(world, cancel) == []
    assert await world.app.ticket(invoked(world, world.ani, "points", account=None)) == ""


async def _nobody(_said: object) -> None:
    """Nobody listens."""
