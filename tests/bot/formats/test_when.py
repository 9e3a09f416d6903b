"""Times in words: each line of the table, and whatever else people type."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from time import perf_counter

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.domain.recurrence import Frequency, dates, instant
from bot.domain.when import HORIZON, LONGEST, SHORTEST, SOONEST, Fault, Read, Reading, Unclear, Unread
from bot.formats import when
from bot.formats.when.pattern import MOST_EVERY
from bot.formats.when.word import words
from tests.bot.formats.phrases import phrases, shown
from tests.bot.nasty import TEXTS, bad_inputs

NOW = datetime(2026, 12, 1, 3, tzinfo=UTC)
TODAY = date(2026, 11, 23)
JAKARTA = "Asia/Jakarta"
ZONES = (
    JAKARTA,
    "America/New_York",
    "Europe/London",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "America/Santiago",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Pacific/Apia",
)


def read(text: str) -> str:
    return shown(when.read(text, NOW, JAKARTA))


@pytest.mark.parametrize(("text", "now", "zone", "meaning"), [*phrases()], ids=lambda value: str(value)[:60])
def test_a_time_means_what_the_table_says(text: str, now: datetime, zone: str, meaning: str) -> None:
    assert shown(when.read(text, now, zone)) == meaning


def test_the_table_is_large_and_says_nothing_twice() -> None:
    said = [(text, now, zone) for text, now, zone, _ in phrases()]
    assert len(said) >= 500
    assert len({*said}) == len(said)


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("  Senin   19.00 ", "Senin 19.00"),
        ("SENIN 19.00", "Senin 19.00"),
        ("Senin, 19.00.", "Senin 19.00"),
        ("Senin\n19.00", "Senin 19.00"),
        ("Senin (7 Desember) 19.00", "Senin 7 Desember 19.00"),
        ("\u202aSenin\u202c 19.00", "Senin 19.00"),
        ("Se\u0301nin 19.00", "Senin 19.00"),
        ("\uff33enin \uff11\uff19\uff0e\uff10\uff10", "Senin 19.00"),
        ("Senin 19.00\u201420.30", "Senin 19.00-20.30"),
        ("Senin pukul 19.00WIB", "Senin 19.00 WIB"),
        ("Jum\u02bcat 19.00", "Jumat 19.00"),
    ],
)
def test_how_it_is_typed_makes_no_difference(text: str, alone: str) -> None:
    assert read(text) == read(alone)
    assert not read(alone).startswith("!")


@given(st.permutations(["every Monday", "at 7pm", "for 90 minutes", "until 20 December", "except 14 December", "WITA"]))
def test_the_order_of_the_words_is_free(elements: list[str]) -> None:
    # Between the two there would be a range: except 14 to 20 December.
    assume("except 14 December until 20 December" not in " ".join(elements))
    meaning = "Mon 2026-12-07 19:00 Asia/Makassar 90m weekly mon until 2026-12-20 -2026-12-14"
    assert read(" ".join(elements)) == meaning


def _rules(reading: Reading) -> list[Read]:
    match reading:
        case Read():
            return [reading]
        case Unclear():
            return list(reading.options)
        case Unread():
            return []


def assert_legal(reading: Reading, now: datetime) -> None:
    """Whatever was read lies ahead, within two years, and is a rule as its docstring says."""
    starts = []
    for read in _rules(reading):
        rule = read.rule
        starts.append(instant(rule.first, rule.at, rule.zone))
        assert now + SOONEST <= starts[-1] <= now + HORIZON
        assert SHORTEST <= rule.minutes <= LONGEST
        assert 1 <= rule.every <= MOST_EVERY
        assert rule.at.second == rule.at.microsecond == 0
        assert list(rule.days) == sorted({*rule.days})
        assert bool(rule.days) or rule.frequency is not Frequency.WEEKLY
        assert -1 <= rule.nth <= 4
        assert next(dates(rule, rule.first, rule.first + HORIZON), None)
        assert rule.frequency is Frequency.MONTHLY or next(dates(rule, rule.first, rule.first)) == rule.first
        assert rule.until is None or rule.first <= rule.until <= now.date() + HORIZON + timedelta(days=1)
    assert starts == sorted(starts)
    assert len({read.rule for read in _rules(reading)}) == len(starts)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
zones = st.sampled_from(ZONES)
DAYS = [
    "", "besok", "lusa", "malam ini", "Senin", "Jumat depan", "minggu depan", "akhir pekan", "malam Minggu", "7/12",
    "29 Februari", "31/12/2027", "tanggal 31", "tiap Selasa dan Kamis", "setiap hari", "tiap tanggal 30", "weekdays",
    "Senin pertama tiap bulan", "hari terakhir tiap bulan", "every other Friday", "tiap minggu", "every 2nd Monday",
    "setiap 29 Februari", "monthly on the 31st",
    "Senin-Jumat", "dua minggu sekali hari Rabu", "3 hari lagi", "tiap 7 minggu hari Minggu",
]  # fmt: skip
HOURS = [
    "", "19.00", "7", "jam 7 malam", "00:00", "24:00", "02:30", "jam 12 malam", "tengah malam", "noon", "12am", "7-9",
    "22.00-01.00", "setengah delapan", "quarter to eight", "jam 1 malam", "23:59", "19.00 selama 90 menit", "02:15",
]  # fmt: skip
ENDS = [
    "", "sampai 20 Desember", "10 kali", "selama 10 minggu", "for 3 months", "kecuali 24 Desember", "until Friday",
    "kecuali 24 Desember - 3 Januari", "mulai 7 Desember", "starting next week", "except Sunday", "mulai besok", "WITA",
    "Europe/London", "UTC+3",
]  # fmt: skip


@given(st.sampled_from(DAYS), st.sampled_from(HOURS), st.sampled_from(ENDS), st.sampled_from(ENDS), moments, zones)
@example("tiap tanggal 30", "00:00", "", "", datetime(2026, 1, 31, 23, 59, tzinfo=UTC), "Pacific/Apia")
def test_what_is_composed_is_read_ahead_or_refused(
    day: str, hour: str, end: str, other: str, now: datetime, zone: str
) -> None:
    said = f"{day} {hour} {end} {other}"
    assert_legal(when.read(said, now, zone), now)


NUMBERS = (
    "7", "07", "19.00", "24:00", "31", "2027", "7/12", "-", ",", "&", "90m", "10x", "5th", "utc+7", "asia/tokyo",
    "9999-12-31",
)  # fmt: skip
PIECES = st.sampled_from([*words(), *NUMBERS])


@given(st.lists(PIECES, max_size=9).map(" ".join), moments, zones)
def test_any_words_of_time_are_read_ahead_or_refused(text: str, now: datetime, zone: str) -> None:
    assert_legal(when.read(text, now, zone), now)
    when.split(text)
    when.read_date(text, now.date())


@given(TEXTS)
def test_whatever_people_send_never_breaks_it(text: str) -> None:
    assert_legal(when.read(text, NOW, JAKARTA), NOW)
    first, rest = when.split(text)
    assert text.startswith(first) or text.strip().startswith(first)
    assert text.endswith(rest)


@pytest.mark.parametrize(("name", "text"), bad_inputs("time", "timezone"))
def test_collected_bad_times_are_refused_or_read_ahead(name: str, text: str) -> None:
    assert_legal(when.read(text, NOW, JAKARTA), NOW)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("2026-03-08 02:30 America/New_York", "! past"),
        ("2011-12-30 12:00 Pacific/Apia", "! past"),
        ("yearly on 29 February 19:00", "Tue 2028-02-29 19:00 monthly /12"),
        ("2026-13-01 19:00", "! no-such-date"),
        ("9999-12-31 23:59", "! beyond"),
        ("24:00", "Wed 2026-12-02 00:00"),
        ("7", "? hour: Tue 2026-12-01 19:00; Wed 2026-12-02 07:00"),
        ("jam 7 malam", "Tue 2026-12-01 19:00"),
        ("13:00 PM", "! no-such-time"),
        ("in -5 minutes", "! nothing"),
        ("P1M", "! nothing"),
        ("now", "! soon"),
        ("19:00\u200e", "Tue 2026-12-01 19:00"),
        ("\u0667:\u0660\u0660", "? hour: Tue 2026-12-01 19:00; Wed 2026-12-02 07:00"),
        ("besok 10:00-10:00", "! length"),
    ],
)
def test_bad_times_have_the_outcome_that_is_required(text: str, reading: str) -> None:
    assert read(text) == reading


@pytest.mark.parametrize(
    "text",
    [
        "Senin dan " * 30,
        "kecuali " + "24 dan " * 42,
        "1 " * 150,
        "asia/a " * 43,
        "asia/" + "a" * 295,
        "tiap " * 60,
        "kecuali " + "1/1-1/2," * 36,
        "dua puluh lima " * 20,
        "senin " * 50,
        "9" * 300,
        "\ufdfa" * 300,
        "a quarter of an hour " * 14,
        "x" * 1_000_000,
    ],
    ids=lambda text: text[:20],
)
def test_a_hostile_text_costs_little(text: str) -> None:
    cut = text[: when.LONGEST_TEXT] if len(text) < 1000 else text
    read("Senin 19.00")
    costs = []
    for _ in range(5):
        begins = perf_counter()
        when.read(cut, NOW, JAKARTA)
        when.split(cut)
        costs.append(perf_counter() - begins)
    assert min(costs) < 0.05


def test_a_text_of_more_characters_than_are_looked_at_is_no_time() -> None:
    assert read("Senin 19.00".ljust(when.LONGEST_TEXT)) == "Mon 2026-12-07 19:00"
    assert read("Senin 19.00".ljust(when.LONGEST_TEXT + 1)) == "! nothing"


def test_the_library_of_the_grammar_is_loaded_with_the_first_time_that_is_read() -> None:
    steps = ("import sys", "from bot.formats import when", *["print('lark' in sys.modules)", "when.split('19.00')"] * 2)
    done = subprocess.run([sys.executable, "-c", ";".join(steps)], check=True, capture_output=True, text=True)  # noqa: S603
    assert done.stdout.split() == ["False", "True"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("1/12", date(2026, 12, 1)),
        ("1.12", date(2026, 12, 1)),
        ("1-12", date(2026, 12, 1)),
        ("01.12.2026", date(2026, 12, 1)),
        ("1-12-2027", date(2027, 12, 1)),
        ("1/12/26", date(2026, 12, 1)),
        ("1 Des", date(2026, 12, 1)),
        ("1 desember 2026", date(2026, 12, 1)),
        ("Dec 1", date(2026, 12, 1)),
        ("3 Agustus", date(2027, 8, 3)),
        ("3 Aug", date(2027, 8, 3)),
        ("5 May", date(2027, 5, 5)),
        ("5 mei", date(2027, 5, 5)),
        ("23/11", TODAY),
        ("22/11", date(2027, 11, 22)),
        ("tanggal 22", date(2026, 12, 22)),
        ("hari ini", TODAY),
        ("besok", date(2026, 11, 24)),
        ("tomorrow", date(2026, 11, 24)),
        ("Jumat", date(2026, 11, 27)),
        ("Senin 30 November", date(2026, 11, 30)),
        ("29/2", date(2028, 2, 29)),
        ("Selasa 30 November", Fault.CONTRADICTION),
        ("31/2", Fault.NO_SUCH_DATE),
        ("0/1", Fault.NO_SUCH_DATE),
        ("1/13", Fault.NO_SUCH_DATE),
        ("", Fault.NOTHING),
        ("besok pagi", Fault.NOTHING),
        ("besok 19.00", Fault.NOTHING),
        ("1 xyz", Fault.NOTHING),
        ("9999999/1", Fault.NOTHING),
        ("tiap Senin", Fault.NOTHING),
        ("Senin dan Rabu", Fault.NO_DAY),
        ("akhir pekan", Fault.NO_DAY),
        ("Jumat depan", Fault.NO_DAY),
        ("Senin depan", date(2026, 11, 30)),
        ("Pekan ujian", Fault.NOTHING),
    ],
)
def test_a_date_alone_is_read_or_refused_never_guessed(text: str, day: date | Fault) -> None:
    assert when.read_date(text, TODAY) == day


@given(TEXTS)
def test_any_words_are_a_date_or_a_fault(text: str) -> None:
    assert isinstance(when.read_date(text, TODAY), date | Fault)
