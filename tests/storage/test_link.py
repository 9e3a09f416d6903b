"""Codes that link: each is used once, by whoever comes first, and nobody tries many."""

import asyncio
from datetime import timedelta

from bot.domain.link import CODE_LIFE, TRY_SPAN, Code, Purpose, digest
from storage.store import DatabaseStore
from tests.storage.sample import NOW

ANI, BUDI, CITRA = 1, 2, 3
CODE = digest("ABCD2345")


def code(of: str = CODE, person: int = ANI, purpose: Purpose = Purpose.PLACE) -> Code:
    return Code(of, purpose, person, 7 if purpose is Purpose.PLACE else 0, NOW + CODE_LIFE)


async def redeem(
    store: DatabaseStore,
    person: int = BUDI,
    of: str = CODE,
    minutes: float = 0,
    purpose: Purpose = Purpose.PLACE,
) -> Code | None:
    async with store.begin() as unit:
        return await unit.links.redeem(of, purpose, person, NOW + timedelta(minutes=minutes))


async def test_a_code_is_redeemed_once(store: DatabaseStore) -> None:
    async with store.begin() as unit:
        await unit.links.issue(code())
    assert await redeem(store, of=digest("ABCD2346")) is None, "another code"
    assert await redeem(store, person=ANI) is None, "the issuer's own"
    got = await redeem(store)
    assert got
    assert (got.purpose, got.person, got.community, got.redeemer) == (Purpose.PLACE, ANI, 7, BUDI)
    assert await redeem(store) is None
    assert await redeem(store, person=CITRA) is None


async def test_after_ten_minutes_a_code_is_worth_nothing(store: DatabaseStore) -> None:
    async with store.begin() as unit:
        await unit.links.issue(code())
    assert await redeem(store, minutes=10) is None
    assert await redeem(store, minutes=9.9)


async def test_of_two_who_redeem_at_once_one_gets_it(store: DatabaseStore) -> None:
    async with store.begin() as unit:
        await unit.links.issue(code())
    got = await asyncio.gather(*(redeem(store, person=person) for person in range(2, 12)))
    assert len([each for each in got if each]) == 1


async def test_a_new_code_makes_the_old_one_of_the_same_kind_void(store: DatabaseStore) -> None:
    async with store.begin() as unit:
        await unit.links.issue(code())
        await unit.links.issue(code(digest("2"), purpose=Purpose.ACCOUNT))
        await unit.links.issue(code(digest("3"), person=CITRA))
        await unit.links.issue(code(digest("4")))
    assert await redeem(store) is None
    assert await redeem(store, of=digest("2"), purpose=Purpose.ACCOUNT)
    assert all([await redeem(store, of=digest(each)) for each in "34"])


async def test_a_code_that_is_used_for_something_else_stays_good(store: DatabaseStore) -> None:
    async with store.begin() as unit:
        await unit.links.issue(code())
        assert not await unit.links.is_good(CODE, ANI, NOW), "the issuer's own"
        assert not await unit.links.is_good(digest("3"), BUDI, NOW)
        assert not await unit.links.is_good(CODE, BUDI, NOW + CODE_LIFE)
    assert await redeem(store, purpose=Purpose.ACCOUNT) is None
    async with store.read() as unit:
        assert await unit.links.is_good(CODE, BUDI, NOW)
    assert await redeem(store)
    async with store.read() as unit:
        assert not await unit.links.is_good(CODE, CITRA, NOW)


async def test_withdrawn_codes_are_void(store: DatabaseStore) -> None:
    async with store.begin() as unit:
        await unit.links.issue(code())
        await unit.links.issue(code(digest("3"), person=CITRA))
        await unit.links.withdraw(ANI)
    assert await redeem(store) is None
    assert await redeem(store, of=digest("3"))


async def test_every_try_counts_however_many_come_at_once(store: DatabaseStore) -> None:
    async def attempt() -> int:
        async with store.begin() as unit:
            return (await unit.links.tried(BUDI, NOW)).count

    assert sorted(await asyncio.gather(*(attempt() for _ in range(20)))) == list(range(1, 21))


async def test_a_span_of_tries_ends_after_its_time_alone(store: DatabaseStore) -> None:
    async with store.begin() as unit:
        await unit.links.issue(code())
        for _ in range(6):
            tries = await unit.links.tried(BUDI, NOW)
        assert tries.too_many
        later = await unit.links.tried(BUDI, NOW + TRY_SPAN - timedelta(seconds=1))
        assert later.count == 7
        assert later.until == NOW + TRY_SPAN, "more tries do not make the pause longer"
        assert (await unit.links.tried(CITRA, NOW)).count == 1, "everybody has their own"
        assert (await unit.links.tried(BUDI, NOW + TRY_SPAN)).count == 1
        assert await unit.links.redeem(CODE, Purpose.PLACE, BUDI, NOW)
        assert (await unit.links.tried(BUDI, NOW + TRY_SPAN)).count == 2, "a right one counts as well"


async def test_old_codes_and_tries_are_forgotten(store: DatabaseStore) -> None:
    async with store.begin() as unit:
        await unit.links.issue(code())
        await unit.links.tried(BUDI, NOW)
        assert await unit.links.clear(NOW) == 0
        assert await unit.links.clear(NOW + CODE_LIFE * 2) == 1
        assert (await unit.links.tried(BUDI, NOW)).count == 1
