"""The monthly vote: one silent card, private taps, the result where it stands."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.domain.community import Community, Preset
from bot.domain.suggestion import State
from tests.flows.asked import COMMUNITY, greet
from tests.world import World

FIRST = datetime(2026, 12, 1, 0, 0, tzinfo=UTC)
"""The first day of December at 07.00 in Jakarta."""

MONTH = 2026 * 12 + 11
HEAD = "Pemungutan suara bulan ini"


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    await greet(world)


async def suggest(world: World, *texts: str) -> None:
    for text in texts or ("Kuis lebih pendek", "Ketemu daring", "Bagi buku"):
        await world.citra.private.says(f"/saran {text}")


async def change(world: World, **changes: object) -> None:
    async with world.store.begin() as unit:
        community = await unit.communities.hold(COMMUNITY)
        await unit.communities.save(replace(community, **changes))  # type: ignore[arg-type]


def cards(world: World) -> list[str]:
    return [text for text in world.public if HEAD.casefold() in text.casefold()]


async def test_on_the_first_of_the_month_one_silent_card_asks_the_group(world: World) -> None:
    await suggest(world)
    await world.until(FIRST - timedelta(minutes=1))
    assert cards(world) == []
    await world.until(FIRST + timedelta(minutes=1))
    (card,) = cards(world)
    assert "I1 Kuis lebih pendek" in card
    assert "I2 Ketemu daring" in card
    assert "suara" in card
    assert "mendukung" not in card, "nobody follows the crowd"
    assert not any(entry.sounds for entry in world.stage.transcript if entry.is_public)


async def test_a_tap_is_private_counts_once_and_is_taken_back_by_the_same_tap(world: World) -> None:
    await suggest(world)
    await world.until(FIRST + timedelta(minutes=1))
    before = world.public
    await world.dewi.presses("I2")
    assert "Suara untuk I2 tercatat" in world.dewi.told
    await world.eko.presses("I2")
    await world.eko.presses("I1")
    await world.eko.presses("I1")
    assert "Your vote for I1 is taken back" in world.eko.told
    assert world.public == before
    assert not any("Suara untuk" in text for text in world.budi.screen)
    async with world.store.read() as unit:
        assert await unit.suggestions.votes(COMMUNITY, [1, 2]) == {1: 0, 2: 2}


async def test_three_days_later_the_card_is_edited_into_the_result(world: World) -> None:
    await suggest(world)
    await world.until(FIRST + timedelta(minutes=1))
    for person in (world.dewi, world.eko):
        await person.presses("I2")
    await world.dewi.presses("I3")
    await world.until(FIRST + timedelta(days=2, hours=23))
    assert "hasilnya" not in cards(world)[0]
    await world.until(FIRST + timedelta(days=3, minutes=1))
    (card,) = cards(world)
    assert "hasilnya" in card
    assert "2 orang memberikan suara." in card
    assert card.index("I2") < card.index("I3") < card.index("I1")


async def test_a_tap_after_the_close_is_refused_kindly_and_votes_go_on_in_private(world: World) -> None:
    await suggest(world)
    await world.until(FIRST + timedelta(minutes=1))
    world.sleeps(days=4)
    await world.dewi.presses("I2")
    assert any("sudah selesai" in text for text in (*world.dewi.alerts, *world.dewi.screen))
    await world.dewi.private.says("/suggestions I2")
    await world.dewi.private.presses("Saya dukung")
    assert "1 orang mendukung" in world.dewi.private.told


async def test_nobody_voted(world: World) -> None:
    await suggest(world)
    await world.until(FIRST + timedelta(days=3, minutes=1))
    assert "Kali ini belum ada suara" in cards(world)[0]


async def test_one_suggestion_alone_is_no_vote_and_waits_for_the_next_month(world: World) -> None:
    await suggest(world, "Kuis lebih pendek")
    await world.until(FIRST + timedelta(days=5))
    assert cards(world) == []
    await suggest(world, "Ketemu daring")
    await world.until(datetime(2027, 1, 1, 0, 1, tzinfo=UTC))
    (card,) = cards(world)
    assert "I1" in card
    assert "I2" in card


async def test_what_was_in_a_vote_or_is_decided_is_in_no_other(world: World) -> None:
    await suggest(world)
    await world.until(FIRST + timedelta(days=5))
    await suggest(world, "Lebih banyak gambar", "Jeda saat ujian", "Tampilkan peringkat")
    async with world.store.begin() as unit:
        held = await unit.suggestions.hold(COMMUNITY, 6)
        assert held
        await unit.suggestions.save(replace(held, state=State.DECLINED))
    await world.until(datetime(2027, 1, 1, 0, 1, tzinfo=UTC))
    _, card = cards(world)
    assert "I4" in card
    assert "I5" in card
    assert not any(name in card for name in ("I1 ", "I2 ", "I3 ", "I6 "))


async def test_at_most_eight_come_in_the_most_supported_first(world: World) -> None:
    for number in range(1, 6):
        await world.citra.private.says(f"/saran Usul {number}")
        await world.dewi.private.says(f"/saran Usul lain {number}")
    await world.eko.private.says("/suggestions I10")
    await world.eko.private.presses("I am for it")
    await world.until(FIRST + timedelta(minutes=1))
    (card,) = cards(world)
    assert card.index("I10 ") < card.index("I1 ")
    assert "I7 " in card
    assert "I8 " not in card
    assert "I9 " not in card


async def test_a_calm_group_is_never_asked_in_public(world: World) -> None:
    await change(world, preset=Preset.CALM)
    await suggest(world)
    await world.until(FIRST + timedelta(days=4))
    assert cards(world) == []
    async with world.store.read() as unit:
        assert await unit.suggestions.votable(COMMUNITY) == [1, 2, 3], "they wait until it is livelier"


async def test_the_vote_follows_the_group_s_hour_and_zone(world: World) -> None:
    await suggest(world)
    async with world.store.read() as unit:
        community = await unit.communities.get(COMMUNITY)
    assert isinstance(community, Community)
    await change(world, zone="Europe/London", daily=replace(community.daily, at=time(9)))
    await world.until(FIRST + timedelta(hours=8, minutes=59))
    assert cards(world) == []
    await world.until(FIRST + timedelta(hours=9, minutes=1))
    assert len(cards(world)) == 1


async def test_a_vote_that_could_not_be_held_in_time_is_held_late_or_next_month(world: World) -> None:
    await suggest(world)
    world.sleeps(days=9)
    assert world.clock() > FIRST + timedelta(days=1)
    await world.wakes()
    (card,) = cards(world)
    assert "I1" in card


async def test_after_a_long_sleep_the_next_month_takes_over(world: World) -> None:
    await suggest(world)
    world.sleeps(days=15)
    await world.wakes()
    assert cards(world) == []
    await world.until(datetime(2027, 1, 1, 0, 1, tzinfo=UTC))
    assert len(cards(world)) == 1


async def test_a_suggestion_that_is_taken_back_leaves_the_card(world: World) -> None:
    await suggest(world)
    await world.until(FIRST + timedelta(minutes=1))
    await world.citra.private.says("/suggestions I2")
    await world.citra.private.presses("Tarik kembali")
    (card,) = cards(world)
    assert "I2" not in card
    assert "Ketemu daring" not in card
    await world.until(FIRST + timedelta(days=4))
    assert "I2" not in cards(world)[0]


async def test_the_same_month_never_votes_twice(world: World) -> None:
    await suggest(world)
    await world.until(FIRST + timedelta(minutes=1))
    await change(world, zone="Europe/London")
    await suggest(world, "Satu lagi", "Dan lagi")
    await world.until(FIRST + timedelta(days=6))
    assert len(cards(world)) == 1
    async with world.store.read() as unit:
        ballot = await unit.suggestions.ballot(COMMUNITY, MONTH)
    assert ballot
    assert ballot.suggestions == (1, 2, 3)
