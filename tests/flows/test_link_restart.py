"""The link checker over restarts and crashes, and turned off again."""

from collections.abc import AsyncIterator
from datetime import datetime
from random import Random

import pytest

from bot.app import App
from bot.domain.jobs import State as JobState
from bot.features import FEATURES
from bot.features.library.check import CHECK, CONFIRM, EVERY
from tests.adapters.link.site import URL, Site, site
from tests.flows.links import COMMUNITY, PAGE, Round, round_of, settle_in
from tests.world import KEYS, MONDAY, TELEGRAM


@pytest.fixture
async def school() -> AsyncIterator[Site]:
    async with site() as made:
        made.says("/page", 200)
        yield made


@pytest.mark.parametrize("found", [CHECK, CONFIRM])
async def test_a_crash_between_hand_over_and_result_costs_a_day(sqlite_address: str, school: Site, found: str) -> None:
    school.says("/page", 404)
    async with round_of(sqlite_address, TELEGRAM, school) as before:
        await settle_in(before)
        await before.world.citra.private.says(f"/share {PAGE} Tentang sel #biologi")
        while not await before.job(found):
            await before.lives(1)
        before.world.sleeps(days=3)
        await before.world.wakes()
        tried = len(school.requests)
        days = (before.world.clock() - MONDAY).days
    async with round_of(sqlite_address, TELEGRAM, school, days) as after:
        await after.tries()
        assert len(school.requests) == tried, "what was handed over is lost"
        await after.lives(1)
        assert len(school.requests) > tried
        await after.lives(4)
        assert await after.reports() == 1


async def test_a_restart_plans_nothing_twice(sqlite_address: str, school: Site) -> None:
    async with round_of(sqlite_address, TELEGRAM, school) as before:
        await settle_in(before)
        for number in range(EVERY):
            school.says(f"/{number}", 200)
            await before.world.citra.private.says(f"/share {URL}/{number} Halaman {number} #sel")
        await before.tries()
        planned = await plans(before)
    assert len(planned) == 1, "of thirty links one has its turn today"
    for chance in (8, 9):
        async with round_of(sqlite_address, TELEGRAM, school, chance=chance) as again:
            await again.tries()
            assert await plans(again) == planned
    async with round_of(sqlite_address, TELEGRAM, school, 0.9) as later:
        await later.tries()
        await later.lives(1)
    assert len(school.requests) == 1


async def plans(made: Round) -> dict[int, datetime]:
    """When each link is to be tried."""
    async with made.world.store.read() as unit:
        found = [await unit.jobs.get(COMMUNITY, f"{CHECK}:{number}") for number in range(1, EVERY + 1)]
    return {job.subject: job.due_at for job in found if job}


async def test_where_it_was_turned_off_again_what_was_planned_is_dropped(sqlite_address: str, school: Site) -> None:
    async with round_of(sqlite_address, TELEGRAM, school) as on:
        await settle_in(on)
        await on.world.citra.private.says(f"/share {PAGE} Tentang sel #biologi")
        while not await on.job(CHECK):
            await on.lives(1)
        app = App(FEATURES, on.world.store, KEYS, on.world.clock, Random(7))
        on.world.sleeps(days=2)
        await app.outbox.settle()
        assert await on.job(CHECK) in (JobState.DROPPED, JobState.DONE)
        assert len(school.requests) <= 1
        await app.outbox.drain()
