"""A session is planned in one message and one tap; nothing counts before its time was said back in full."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot.chat.places import Role
from bot.chat.press import Press, sign
from bot.domain.agenda import MOST_SERIES, Kind, Series
from bot.domain.recurrence import Frequency, Rule
from bot.features.session import draft
from tests.bot.nasty import bad_inputs
from tests.flows.asked import appoint
from tests.flows.planned import ALGEBRA, COMMUNITY, gives, job, plans, running, series
from tests.flows.raw import pressed, words
from tests.world import DISCORD, KEYS, TELEGRAM, World, opened

DRAFT = "Rencanakan sesi ini?"
PLAN = "Rencanakan"


async def test_one_message_and_one_tap_plan_a_session(world: World) -> None:
    before = list(world.public)
    await world.ani.says("/sesi baru Senin 19.00 Aljabar")
    assert DRAFT in world.ani.told
    assert "Aljabar" in world.ani.told
    assert "Senin, 23 November 2026 pukul 19.00 WIB sampai 20.00 WIB" in world.ani.told
    assert not await running(world), "nothing counts before it was confirmed"
    await world.ani.presses(PLAN)
    assert world.ani.sees("S1 direncanakan", "Senin, 23 November 2026 pukul 19.00 WIB")
    (made,) = await running(world)
    assert (made.title, made.rule) == ("Aljabar", Rule(date(2026, 11, 23), time(19), "Asia/Jakarta"))
    assert not any(DRAFT in text for text in world.public), "the draft was nobody else's business"
    assert len(world.public) == len(before) + 1, "its card"


async def test_a_series_is_said_back_with_its_next_dates(world: World) -> None:
    await world.ani.says("/session new tiap Selasa dan Kamis 19.00-20.30 sampai 20 Desember kecuali 17 Desember Fisika")
    told = world.ani.told
    assert "Berulang tiap Selasa dan Kamis." in told
    for day in ("Selasa, 24 November 2026", "Kamis, 26 November 2026", "Selasa, 1 Desember 2026"):
        assert f"{day} pukul 19.00 WIB" in told
    assert "sampai 20.30 WIB" in told
    assert "Sampai Minggu, 20 Desember 2026." in told
    assert "Kecuali Kamis, 17 Desember 2026." in told
    await world.ani.presses(PLAN)
    rule = (await series(world)).rule
    assert (rule.frequency, rule.days, rule.minutes) == (Frequency.WEEKLY, (1, 3), 90)
    assert (rule.until, rule.omits) == (date(2026, 12, 20), (date(2026, 12, 17),))


async def test_what_is_far_waits_and_what_is_near_is_announced(world: World) -> None:
    await plans(world, "/sesi baru 30/11 19.00 Aljabar")
    assert "Kartunya muncul dua hari sebelumnya" in world.ani.told
    waiting = await job(world, "session-tick:1")
    assert waiting
    assert waiting.due_at == datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
    await plans(world, "/sesi baru besok 19.00 Fisika")
    assert not world.ani.sees("S2", "Kartunya muncul")
    assert await job(world, "session-tick:2") is None


async def test_who_says_nothing_is_asked_step_by_step(world: World) -> None:
    await world.ani.says("/session new")
    await gives(world, world.ani, "besok 19.30", "Aljabar")
    assert DRAFT in world.ani.told
    assert "Selasa, 24 November 2026 pukul 19.30 WIB" in world.ani.told


@pytest.mark.parametrize("world", [TELEGRAM], indirect=True)
async def test_a_time_that_cannot_be_read_is_asked_again_and_the_title_kept(world: World) -> None:
    await world.ani.says("/sesi baru 13:00 PM Aljabar")
    assert "Jam seperti itu tidak ada. Coba: Senin 19.00 WIB." in world.ani.told
    await world.ani.says("kapan-kapan")
    assert "Waktunya belum terbaca. Coba: Senin 19.00 WIB." in world.ani.told
    await world.ani.says("besok 19.00")
    assert DRAFT in world.ani.told
    assert "Aljabar" in world.ani.told


@pytest.mark.parametrize("world", [DISCORD], indirect=True)
async def test_a_form_comes_back_with_why_a_time_cannot_be_read(world: World) -> None:
    await world.ani.says("/session new")
    await gives(world, world.ani, "kapan-kapan", "Aljabar")
    assert "Waktunya belum terbaca. Coba: Senin 19.00 WIB." in world.ani.told
    assert not await running(world)


async def test_an_hour_that_is_two_is_asked_for(world: World) -> None:
    await world.ani.says("/sesi baru besok 7 Aljabar")
    assert "Pagi atau malam?" in world.ani.told
    assert world.ani.buttons[:2] == ["Sel, 24 Nov pukul 07.00 WIB", "Sel, 24 Nov pukul 19.00 WIB"]
    await world.ani.presses("19.00")
    assert "Selasa, 24 November 2026 pukul 19.00 WIB" in world.ani.told
    await world.ani.presses(PLAN)
    assert (await series(world)).rule.at == time(19)


async def test_what_has_passed_is_offered_a_week_later(world: World) -> None:
    await world.ani.says("/sesi baru Senin 08.00 Aljabar")
    assert "Waktu itu sudah lewat. Maksudnya Senin, 30 November 2026 pukul 08.00 WIB?" in world.ani.told
    await world.ani.presses("Ya")
    await world.ani.presses(PLAN)
    assert (await series(world)).rule.first == date(2026, 11, 30)


async def test_another_time_may_be_said_instead(world: World) -> None:
    await world.ani.says("/sesi baru Senin 08.00 Aljabar")
    await world.ani.presses("Waktu lain")
    await gives(world, world.ani, "Rabu 20.00")
    assert "Rabu, 25 November 2026 pukul 20.00 WIB" in world.ani.told
    await world.ani.presses("Ubah waktunya")
    await gives(world, world.ani, "tiap Jumat 16.00")
    assert "Berulang tiap Jumat." in world.ani.told
    await world.ani.presses(PLAN)
    assert (await series(world)).rule.days == (4,)


async def test_tomorrow_is_the_group_s(world: World) -> None:
    """It is Monday evening in London and Tuesday in Jayapura."""
    await world.ani.says("/zone WIT")
    await world.passes(hours=13, minutes=30)
    await world.ani.says("/sesi baru besok 19.00 Aljabar")
    assert "Rabu, 25 November 2026 pukul 19.00 WIT" in world.ani.told


async def test_a_zone_that_is_said_is_kept_and_the_group_s_clock_stands_beside_it(world: World) -> None:
    await world.ani.says("/sesi baru Senin 19.00 WITA Aljabar")
    assert "Senin, 23 November 2026 pukul 19.00 WITA" in world.ani.told
    assert "Menurut jam grup: Senin, 23 November 2026 pukul 18.00 WIB" in world.ani.told
    await world.ani.presses(PLAN)
    made = await series(world)
    assert (made.rule.zone, made.zoned) == ("Asia/Makassar", True)
    await world.ani.says("/jadwal")
    assert "19.00 WITA" in world.ani.told


async def test_once_and_every_week_are_one_tap_apart(world: World) -> None:
    await world.ani.says("/sesi baru Senin 19.00 Aljabar")
    await world.ani.presses("Tiap minggu")
    assert "Berulang tiap Senin." in world.ani.told
    assert "Senin, 7 Desember 2026 pukul 19.00 WIB" in world.ani.told
    await world.ani.presses("Sekali saja")
    assert "Berulang" not in world.ani.told
    await world.ani.presses("Tiap minggu")
    await world.ani.presses(PLAN)
    assert (await series(world)).rule.frequency is Frequency.WEEKLY


async def test_more_is_set_by_taps_and_words(world: World) -> None:
    await world.ani.says(ALGEBRA)
    await world.ani.presses("Tempat atau tautan")
    await gives(world, world.ani, "Ruang 3 https://meet.example.org/abc?pwd=x")
    assert world.ani.sees("Tempat: Ruang 3", "Tautan: https://meet.example.org/abc?pwd=x")
    for label, value in (
        ("Topik", "persamaan"),
        ("Jumlah tempat", "12"),
        ("Jumlah minimal", "3"),
        ("Kanal suara", "<#123456789012345678>"),
    ):
        await world.ani.presses("Pengaturan lain")
        await world.ani.presses(label)
        await gives(world, world.ani, value)
    await world.ani.presses("Pengaturan lain")
    for label in ("Latihan", "Pemateri bergiliran", "Saya pematerinya", "Libur saat libur nasional"):
        await world.ani.presses(label)
    await world.ani.presses("Kembali")
    assert world.ani.sees("Tentang persamaan", "12 tempat", "Kalau kurang dari 3 orang, ditiadakan", "Di kanal suara")
    await world.ani.presses(PLAN)
    made = await series(world)
    assert (made.where, made.url) == ("Ruang 3", "https://meet.example.org/abc?pwd=x")
    assert (made.topic, made.capacity, made.quorum, made.channel) == ("persamaan", 12, 3, "123456789012345678")
    assert made.kind is Kind.PRACTICE
    assert made.rota
    assert made.host
    assert made.holidays
    assert not made.ramadan


@pytest.mark.parametrize(
    ("label", "words", "problem"),
    [
        ("Tempat atau tautan", "http://meet.example.org/abc", "Hanya tautan yang diawali https://"),
        ("Tempat atau tautan", "javascript:alert(1)", "https://"),
        ("Tempat atau tautan", "x" * 101, "paling banyak 100"),
        ("Jumlah tempat", "0", "dari 1 sampai 500"),
        ("Jumlah tempat", "٣", "dari 1 sampai 500"),
        ("Jumlah minimal", "501", "dari 1 sampai 500"),
        ("Kanal suara", "belajar", "Perlu kanal suara Discord"),
        ("Topik", "x" * 61, "paling banyak 60"),
        ("Judul", "\u200b", "Sesi perlu judul"),
    ],
)
async def test_what_cannot_be_kept_is_refused_and_the_draft_stays(
    world: World, label: str, words: str, problem: str
) -> None:
    await world.ani.says(ALGEBRA)
    more = label not in world.ani.buttons
    if more:
        await world.ani.presses("Pengaturan lain")
    await world.ani.presses(label)
    await gives(world, world.ani, words)
    assert problem in world.ani.told
    if more:
        await world.ani.presses("Kembali")
    await world.ani.presses(PLAN)
    made = await series(world)
    assert (made.where, made.url, made.capacity, made.quorum, made.topic) == ("", "", 0, 0, "")
    assert made.title == "Aljabar linear"


async def test_what_was_set_is_taken_away_with_a_dash(world: World) -> None:
    await world.ani.says(ALGEBRA)
    for place in ("Ruang 3", "-"):
        await world.ani.presses("Tempat atau tautan")
        await gives(world, world.ani, place)
    assert "Tempat:" not in world.ani.told


async def test_holidays_and_the_fast_that_lie_ahead_are_named(world: World) -> None:
    await world.ani.says("/sesi baru tiap Jumat 19.00 mulai 25 Desember Ngaji")
    assert "Jumat, 25 Desember 2026 hari libur nasional: " in world.ani.told
    await world.ani.presses("Pengaturan lain")
    await world.ani.presses("Libur saat libur nasional")
    assert "Pada Jumat, 25 Desember 2026 libur: " in world.ani.told
    await world.ani.says("/sesi baru tiap Senin 19.00 mulai 1 Februari 2027 Ngaji")
    assert "jatuh di bulan Ramadan" in world.ani.told


@pytest.mark.parametrize(
    ("zone", "line", "told"),
    [
        (
            "America/New_York",
            "2027-03-14 02:30",
            "Pada Minggu, 14 Maret 2027 jam itu dilompati: sesi dimulai pukul 03.00",
        ),
        ("Europe/London", "2027-03-28 01:30", "jam itu dilompati: sesi dimulai pukul 02.00"),
        ("Australia/Lord_Howe", "2027-10-03 02:15", "jam itu dilompati: sesi dimulai pukul 02.30"),
        ("America/Santiago", "2027-09-05 00:00", "jam itu dilompati: sesi dimulai pukul 01.00"),
        (
            "America/New_York",
            "2027-11-07 01:30",
            "jam itu terjadi dua kali: sesi dimulai pada yang pertama, pukul 01.30",
        ),
    ],
    ids=lambda value: value if "/" in value else "",
)
async def test_a_clock_that_is_put_forward_or_back_is_named_before(
    world: World, zone: str, line: str, told: str
) -> None:
    """BI-time-001, 003, 005, 007: the rule is written down and shown before it is saved."""
    await world.ani.says(f"/zone {zone}")
    await world.ani.says(f"/sesi baru {line} Aljabar")
    assert told in world.ani.told


TIMES = {
    "BI-time-015": "Tanggal itu tidak ada|Pukul berapa",
    "BI-time-017": "terlalu jauh",
    "BI-time-019": "Selasa, 24 November 2026 pukul 00.00 WIB|tengah malam",
    "BI-time-021": "Pagi atau malam?",
    "BI-time-023": "Senin, 23 November 2026 pukul 19.00 WIB",
    "BI-time-025": "Jam seperti itu tidak ada",
    "BI-time-027": "Selasa, 24 November 2026 pukul 19.00 WIB",
    "BI-time-029": "belum terbaca|Kapan sesinya",
    "BI-time-031": "belum terbaca|Kapan sesinya",
    "BI-time-033": "Terlalu mepet",
    "BI-time-035": "Waktu itu sudah lewat",
    "BI-time-037": "Senin, 23 November 2026 pukul 19.00 WIB",
    "BI-time-039": "Pagi atau malam?",
    "BI-time-041": "Sesi berlangsung 5 menit sampai 24 jam",
}
"""What comes of a collected time as the time of a session; the data says "session 10:00-10:00" for the last."""


@pytest.mark.parametrize("world", [TELEGRAM], indirect=True)
@pytest.mark.parametrize(("name", "raw"), [(n, r) for n, r in bad_inputs("time") if n in TIMES])
async def test_a_time_that_breaks_bots_is_said_back_or_refused(world: World, name: str, raw: str) -> None:
    await world.ani.says("/session new")
    await world.ani.says(raw.removeprefix("session "))
    if "Apa judulnya?" in world.ani.told:
        await world.ani.says("Aljabar")
    assert any(words in world.ani.told for words in str(TIMES[name]).split("|")), world.ani.told
    assert "(E-" not in world.ani.told
    assert not await running(world), "nothing counts before it was confirmed"


async def test_a_yearly_29_february_shows_its_written_rule_in_its_dates(world: World) -> None:
    """BI-time-013."""
    await world.ani.says("/sesi baru 29/2 19.00 tiap tahun Ulang tahun")
    assert "Berulang tiap tahun, pada tanggal seperti Selasa, 29 Februari 2028." in world.ani.told


async def test_three_taps_plan_it_once(world: World) -> None:
    await world.ani.says(ALGEBRA)
    data = sign(await saving(world), KEYS)
    told = await asyncio.gather(*(words(world, pressed(world, world.ani, data)) for _ in range(3)))
    assert len([each for each in told if "direncanakan" in each]) == 1
    assert len(await running(world)) == 1


async def test_a_draft_that_is_cancelled_or_too_old_plans_nothing(world: World) -> None:
    await world.ani.says(ALGEBRA)
    await world.ani.presses("Batalkan")
    assert "tidak ada yang diubah" in world.ani.told
    await world.ani.says(ALGEBRA)
    await world.passes(minutes=31)
    await world.ani.presses(PLAN)
    assert "Pratinjau" in world.ani.told
    assert not await running(world)


async def test_a_time_that_passed_while_the_draft_waited_is_not_planned(world: World) -> None:
    await world.ani.says("/sesi baru hari ini 09.10 Aljabar")
    await world.passes(minutes=11)
    await world.ani.presses(PLAN)
    assert "keburu lewat" in world.ani.told
    assert not await running(world)


async def test_planning_is_undone_by_a_tap(world: World) -> None:
    await plans(world)
    await world.ani.presses("Batalkan")
    assert world.ani.sees("S1 dibatalkan")
    assert not await running(world)
    await world.ani.presses("Batalkan")
    assert len(await running(world)) == 1, "and that too"


async def test_only_organisers_plan(world: World) -> None:
    await world.citra.says(ALGEBRA)
    assert "pengelola" in world.citra.told
    await world.ani.says(ALGEBRA)
    await world.citra.says("/session new")
    assert not await running(world)


async def test_who_is_no_organiser_any_more_saves_nothing(world: World) -> None:
    await appoint(world, world.dewi, Role.ORGANISER)
    await world.dewi.says(ALGEBRA)
    await appoint(world, world.dewi, Role.MEMBER)
    await world.dewi.presses(PLAN if PLAN in world.dewi.buttons else "Plan it")
    assert not await running(world)


async def test_as_many_series_as_fit_and_no_more(world: World) -> None:
    rule = Rule(date(2026, 11, 30), time(19), "Asia/Jakarta", frequency=Frequency.WEEKLY, days=(0,))
    async with world.store.begin() as unit:
        for _ in range(MOST_SERIES):
            await unit.sessions.add(Series(COMMUNITY, 0, rule, "Penuh", 1, world.clock()))
    await world.ani.says(ALGEBRA)
    await world.ani.presses(PLAN)
    assert f"Sudah ada {MOST_SERIES} sesi" in world.ani.told
    assert len(await running(world)) == MOST_SERIES
    async with world.store.begin() as unit:
        old = await unit.sessions.hold(COMMUNITY, 3)
        assert old
        await unit.sessions.save(replace(old, rule=replace(rule, until=date(2026, 12, 7))))
    await world.passes(days=21)
    await world.ani.says(ALGEBRA)
    await world.ani.presses(PLAN)
    assert world.ani.sees("direncanakan"), "one that is over makes room"
    assert (await series(world, 3)).over


async def test_a_title_is_nobody_s_markup(world: World) -> None:
    await plans(world, "/sesi baru Senin 19.00 <b>Aljabar</b> *dan* @everyone")
    await world.ani.says("/jadwal")
    assert "<b>Aljabar</b> *dan* @everyone" in world.ani.told


async def test_a_draft_survives_a_restart(sqlite_address: str) -> None:
    async with opened(sqlite_address) as first:
        await first.ani.says(ALGEBRA)
        data = sign(await saving(first), KEYS)
    async with opened(sqlite_address, seeded=False) as second:
        assert "S1 direncanakan" in await words(second, pressed(second, second.ani, data))
        assert [each.title for each in await running(second)] == ["Aljabar linear"]


async def saving(world: World) -> Press:
    """The press that saves the draft which was shown last."""
    shown = (button for entry in world.stage.transcript for page in entry.pages for row in page.rows for button in row)
    found = [button.press for button in shown if button.press and button.press.action == draft.SAVE]
    assert found
    return found[-1]
