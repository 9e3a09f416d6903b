"""The group's week in a few lines."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.points import Entry, Reason
from tests.flows.asked import COMMUNITY, SCATTERED, SKY, greet
from tests.flows.crowd import number
from tests.world import Human, World

SUNDAY = datetime(2026, 11, 29, 10, 0, tzinfo=UTC)
"""The first Sunday at 17.00 in Jakarta."""


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    await greet(world)


async def test_a_quiet_week_says_how_to_begin(world: World) -> None:
    await world.ani.private.says("/rangkuman")
    assert "Pekan yang tenang" in world.ani.private.told


async def test_it_is_seen_first_and_posted_once(world: World) -> None:
    await world.dewi.says(SKY)
    await world.citra.private.says(f"/jawab Q1 {SCATTERED}")
    await world.dewi.private.says("/terjawab Q1")
    await world.eko.private.says("/ask anon What is entropy? #physics")
    await world.budi.private.says("/bagikan https://a.example/optik Optik sehari-hari #fisika")
    before = len(world.public)
    await world.ani.private.says("/rangkuman")
    told = world.ani.private.told
    assert "1 dari 2 pertanyaan terjawab" in told
    assert "Terima kasih kepada Citra" in told
    assert "Menunggu jawaban: Q2 What is entropy?" in told
    assert "1 sumber belajar baru" in told
    assert "Eko" not in told
    assert len(told.splitlines()) <= 14
    assert len(world.public) == before
    for _ in range(2):
        await world.ani.private.presses("Kirim ke grup") if "Kirim ke grup" in world.ani.private.buttons else None
    assert len(world.public) == before + 1
    assert told.splitlines()[2] in world.public[-1]


async def test_what_is_older_than_a_week_is_not_news(world: World) -> None:
    await world.budi.private.says("/bagikan https://a.example/optik Optik sehari-hari #fisika")
    await world.passes(days=8)
    await world.ani.private.says("/rangkuman")
    assert "Pekan yang tenang" in world.ani.private.told


async def test_only_organisers_send_it(world: World) -> None:
    await world.budi.private.says("/rangkuman")
    assert "untuk pengelola" in world.budi.private.told


def digests(world: World) -> list[str]:
    return [text for text in world.public if text.startswith("Sepekan kita")]


async def solved(world: World) -> None:
    """A question of Dewi's that Citra solved."""
    await world.dewi.says(SKY)
    await world.citra.private.says(f"/jawab Q1 {SCATTERED}")
    await world.dewi.private.says("/terjawab Q1")


async def thank(world: World, *people: Human) -> None:
    """Others thanked these people in this order."""
    async with world.store.begin() as unit:
        for at, person in enumerate(people):
            who = await number(world, person)
            cause, when = f"thanks:{at}", world.clock() + timedelta(minutes=at)
            await unit.ledger.record(Entry(COMMUNITY, who, cause, Reason.THANKS, 1, 1, 202611, when, by=99))


async def test_on_sunday_it_comes_by_itself_once_and_without_a_sound(world: World) -> None:
    await solved(world)
    await world.until(SUNDAY - timedelta(minutes=1))
    assert not digests(world)
    await world.until(SUNDAY)
    (posted,) = digests(world)
    assert "1 dari 1 pertanyaan terjawab" in posted
    entries = [entry for entry in world.stage.transcript if entry.is_public and entry.place == world.group]
    assert entries[-1].pages[-1].silent
    await world.passes(days=6)
    assert len(digests(world)) == 1


async def test_in_a_quiet_week_nothing_is_posted_however_much_waits(world: World) -> None:
    await world.dewi.says(SKY)
    await world.until(SUNDAY)
    assert len(digests(world)) == 1
    await world.passes(days=14)
    assert len(digests(world)) == 1
    await world.ani.private.says("/rangkuman")
    assert "Pekan yang tenang" in world.ani.private.told


async def test_it_begins_with_answers_helpers_and_thanks_each_named_once(world: World) -> None:
    await world.budi.private.says("/bagikan https://a.example/optik Optik sehari-hari #fisika")
    await solved(world)
    await thank(world, world.budi, world.citra, world.eko, world.budi)
    await world.ani.private.says("/rangkuman")
    lines = [line for line in world.ani.private.told.splitlines() if line]
    assert lines[1] == "• 1 dari 1 pertanyaan terjawab"
    assert lines[2].startswith("• Terima kasih kepada Citra")
    assert lines[3] == "• Mendapat ucapan terima kasih: Budi dan Eko"
    assert world.ani.private.told.count("Citra") == world.ani.private.told.count("Budi") == 1


async def test_who_does_not_wish_to_be_ranked_is_not_named(world: World) -> None:
    await solved(world)
    await thank(world, world.budi, world.eko)
    for person in (world.citra, world.eko):
        await person.private.says("/pengaturan")
        await person.private.presses("Hide me" if "Hide me" in person.private.buttons else "Sembunyikan")
    await world.ani.private.says("/rangkuman")
    told = world.ani.private.told
    assert "1 dari 1 pertanyaan terjawab" in told
    assert "Mendapat ucapan terima kasih: Budi" in told
    assert "Citra" not in told
    assert "Eko" not in told


async def test_a_full_week_has_twelve_lines(world: World) -> None:
    await solved(world)
    await thank(world, world.budi)
    for topic in range(4):
        await world.eko.private.says(f"/ask anon What is the number {topic * 1111} good for? #t{topic}")
        await world.passes(minutes=30)
        await world.budi.private.says(f"/bagikan https://a.example/{topic} Sumber nomor {topic} #fisika")
        await world.citra.private.says(f"/saran Saran yang ke-{topic * 97}")
    await world.ani.private.says("/rangkuman")
    lines = [line for line in world.ani.private.told.splitlines() if line]
    assert 8 < len(lines) <= 12
    assert "1 dari" in lines[1]


@pytest.mark.parametrize(("hours", "posts"), [(47, 1), (49, 0)])
async def test_after_downtime_it_is_sent_while_it_is_news(world: World, hours: int, posts: int) -> None:
    await solved(world)
    world.sleeps(seconds=(SUNDAY - world.clock()).total_seconds() + hours * 3600)
    await world.wakes()
    assert len(digests(world)) == posts
    await world.passes(hours=1)
    await world.budi.private.says("/bagikan https://a.example/optik Optik sehari-hari #fisika")
    await world.until(SUNDAY + timedelta(days=7))
    assert len(digests(world)) == posts + 1


async def test_one_sent_by_hand_stands_for_the_one_of_that_week(world: World) -> None:
    await solved(world)
    await world.until(SUNDAY - timedelta(days=2))
    await world.ani.private.says("/rangkuman")
    await world.ani.private.presses("Kirim ke grup")
    assert len(digests(world)) == 1
    await world.passes(days=3)
    assert len(digests(world)) == 1
    await world.passes(hours=1)
    await world.budi.private.says("/bagikan https://a.example/optik Optik sehari-hari #fisika")
    await world.until(SUNDAY + timedelta(days=7))
    assert len(digests(world)) == 2


async def test_organisers_choose_the_day_and_the_hour(world: World) -> None:
    await solved(world)
    await world.ani.private.says("/rangkuman")
    await world.ani.private.presses("Kapan terkirim otomatis")
    assert "setiap Minggu pukul 17.00" in world.ani.private.told
    await world.ani.private.presses("Rabu")
    await world.ani.private.presses("Lebih awal")
    assert "setiap Rabu pukul 16.00" in world.ani.private.told
    await world.until(datetime(2026, 11, 25, 8, 59, tzinfo=UTC))
    assert not digests(world)
    await world.until(datetime(2026, 11, 25, 9, 0, tzinfo=UTC))
    assert len(digests(world)) == 1
    await world.until(SUNDAY + timedelta(hours=1))
    assert len(digests(world)) == 1


async def test_the_hour_stays_within_the_day(world: World) -> None:
    await world.ani.private.says("/rangkuman")
    await world.ani.private.presses("Kapan terkirim otomatis")
    for _ in range(4):
        await world.ani.private.presses("Lebih lambat")
    assert "pukul 06.00" in world.ani.private.told
    await world.ani.private.presses("Lebih awal")
    assert "pukul 20.00" in world.ani.private.told


async def test_it_can_be_turned_off_and_on(world: World) -> None:
    await solved(world)
    await world.ani.private.says("/rangkuman")
    await world.ani.private.presses("Kapan terkirim otomatis")
    await world.ani.private.presses("Jangan kirim otomatis")
    assert "Hanya terkirim kalau pengelola mengirimnya" in world.ani.private.told
    await world.until(SUNDAY)
    assert not digests(world)
    await world.ani.private.presses("Kirim setiap pekan")
    await world.passes(hours=1)
    await world.budi.private.says("/bagikan https://a.example/optik Optik sehari-hari #fisika")
    await world.until(SUNDAY + timedelta(days=7))
    assert len(digests(world)) == 1


async def test_a_calm_group_gets_none_unless_it_wants_one(world: World) -> None:
    await world.ani.private.says("/setup")
    await world.ani.private.presses("WIB")
    await world.ani.private.presses("Tenang")
    await solved(world)
    await world.until(SUNDAY)
    assert not digests(world)
    await world.ani.private.says("/rangkuman")
    await world.ani.private.presses("Kapan terkirim otomatis")
    await world.ani.private.presses("Kirim setiap pekan")
    await world.passes(hours=1)
    await world.budi.private.says("/bagikan https://a.example/optik Optik sehari-hari #fisika")
    await world.until(SUNDAY + timedelta(days=7))
    assert len(digests(world)) == 1


async def test_the_settings_of_the_digest_are_for_organisers(world: World) -> None:
    await world.ani.says("/rangkuman")
    await world.ani.presses("Kapan terkirim otomatis")
    assert "Rangkuman mingguan" in world.ani.told
    assert not world.budi.sees("Rangkuman mingguan")
