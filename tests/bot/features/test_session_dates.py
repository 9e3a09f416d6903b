"""How often a session repeats, said in both languages."""

from datetime import UTC, date, datetime, time

import pytest

from bot.chat.text import Line, Shape, T
from bot.domain.agenda import Change, Rest, Series, occurrence
from bot.domain.community import Pause
from bot.domain.recurrence import Frequency, Rule
from bot.features.session.dates import bounds, coming, moment, option, repeats, rests, warnings, whole
from bot.speech import Speech

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
FIRST = date(2026, 11, 30)
ID, EN = Speech("id"), Speech("en")
WEEKLY, MONTHLY, DAILY = Frequency.WEEKLY, Frequency.MONTHLY, Frequency.DAILY


def rule(**more: object) -> Rule:
    return Rule(FIRST, time(19), "Asia/Jakarta", **more)  # type: ignore[arg-type]


def series(made: Rule, **more: object) -> Series:
    return Series(1, 7, made, "Aljabar", 1, NOW, **more)  # type: ignore[arg-type]


def said(lines: "list[Line]", speech: Speech = ID) -> str:
    return " ".join(speech.words(line) for line in lines)


@pytest.mark.parametrize(
    ("made", "indonesian", "english"),
    [
        (rule(), "sekali", "once"),
        (rule(frequency=DAILY), "setiap hari", "every day"),
        (rule(frequency=DAILY, every=3), "tiap 3 hari", "every 3 days"),
        (rule(frequency=WEEKLY), "tiap Senin", "every Monday"),
        (rule(frequency=WEEKLY, days=(0, 3)), "tiap Senin dan Kamis", "every Monday and Thursday"),
        (rule(frequency=WEEKLY, every=2, days=(0,)), "tiap 2 minggu: Senin", "every 2 weeks: Monday"),
        (rule(frequency=MONTHLY), "tiap bulan, tanggal 30", "every month, day 30"),
        (
            rule(frequency=MONTHLY, nth=1, days=(0,)),
            "tiap bulan, pada Senin pertama",
            "every month, on its first Monday",
        ),
        (
            rule(frequency=MONTHLY, nth=-1, days=(4,)),
            "tiap bulan, pada Jumat terakhir",
            "every month, on its last Friday",
        ),
        (rule(frequency=MONTHLY, nth=-1), "tiap bulan, pada hari terakhir", "every month, on its last day"),
        (rule(frequency=MONTHLY, every=3), "tiap 3 bulan, tanggal 30", "every 3 months, day 30"),
        (
            rule(frequency=MONTHLY, every=12),
            "tiap tahun, pada tanggal seperti Senin, 30 November 2026",
            "every year, on the date of Monday, 30 November 2026",
        ),
    ],
)
def test_a_rule_is_said_in_both_languages(made: Rule, indonesian: str, english: str) -> None:
    assert ID.words(repeats(made)) == indonesian
    assert EN.words(repeats(made)) == english


def test_what_bounds_a_rule_is_said() -> None:
    made = rule(frequency=WEEKLY, until=date(2026, 12, 20), count=3, omits=(date(2026, 12, 7), date(2026, 12, 14)))
    assert said(list(bounds(made))) == (
        "Sampai Minggu, 20 Desember 2026. 3 pertemuan seluruhnya. "
        "Kecuali Senin, 7 Desember 2026 dan Senin, 14 Desember 2026."
    )
    assert not bounds(rule(frequency=WEEKLY))


def test_a_date_is_said_in_the_zone_that_its_series_has() -> None:
    made = Rule(FIRST, time(19), "Asia/Makassar", 90)
    here = occurrence(series(made), FIRST, None)
    there = occurrence(series(made, zoned=True), FIRST, None)
    assert ID.words(whole(here)) == "Senin, 30 November 2026 pukul 18.00 WIB sampai 19.30 WIB"
    assert ID.words(whole(there)) == "Senin, 30 November 2026 pukul 19.00 WITA sampai 20.30 WITA"
    (run,) = ID.runs(moment(there, Shape.TIME, fixed=True))
    assert run.moment is None, "not in the reader's own zone"
    assert ID.words(option(series(made, zoned=True))) == "Sen, 30 Nov pukul 19.00 WITA"


def test_dates_far_apart_are_found() -> None:
    yearly = series(rule(frequency=MONTHLY, every=12))
    assert [one.day.year for one in coming(yearly, {}, NOW, 3)] == [2026, 2027]
    weekly = series(rule(frequency=WEEKLY, days=(0,)))
    assert len(coming(weekly, {}, NOW, 9)) == 9
    assert not coming(series(rule(frequency=WEEKLY), over=True), {}, NOW, 9)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change(1, 7, FIRST), None),
        (Change(1, 7, FIRST, Rest.OFF), "ditiadakan"),
        (Change(1, 7, FIRST, Rest.OFF, "sakit"), "ditiadakan: sakit"),
        (Change(1, 7, FIRST, Rest.GONE), "tidak dijadwalkan lagi"),
        (Change(1, 7, FIRST, Rest.QUORUM), "ditiadakan: yang hadir terlalu sedikit"),
    ],
)
def test_why_a_date_does_not_take_place_is_said(change: Change, words: str | None) -> None:
    reason = rests(occurrence(series(rule()), FIRST, change))
    assert (ID.words(reason) if reason else None) == words


def test_why_a_series_rests_is_said() -> None:
    paused = series(rule(frequency=WEEKLY), pauses=(Pause(FIRST, FIRST, "Ujian"),))
    silent = series(rule(frequency=WEEKLY), pauses=(Pause(FIRST, FIRST),))
    assert _reason(paused, FIRST) == "libur: Ujian"
    assert _reason(silent, FIRST) == "libur"
    christmas = date(2026, 12, 25)
    daily = series(rule(frequency=DAILY), holidays=True, ramadan=True)
    assert "Natal" in _reason(daily, christmas)
    assert _reason(daily, date(2027, 2, 20)) == "libur selama Ramadan"


def _reason(made: Series, day: date) -> str:
    reason = rests(occurrence(made, day, None))
    assert isinstance(reason, T)
    return ID.words(reason)


def test_holidays_are_named_where_they_are_anybody_s() -> None:
    made = Rule(date(2026, 12, 24), time(19), "Asia/Jakarta", frequency=DAILY, count=3)
    here = series(made)
    assert "Jumat, 25 Desember 2026 hari libur nasional" in said(list(warnings(here, coming(here, {}, NOW, 9))))
    resting = series(made, holidays=True)
    assert "Pada Jumat, 25 Desember 2026 libur" in said(list(warnings(resting, coming(resting, {}, NOW, 9))))
    abroad = series(Rule(made.first, made.at, "Europe/London", frequency=DAILY, count=3))
    assert not warnings(abroad, coming(abroad, {}, NOW, 9))


def test_at_most_two_shifts_of_the_clock_are_named() -> None:
    made = Rule(date(2026, 11, 1), time(1, 30), "America/New_York", frequency=DAILY)
    lines = [line for line in warnings(series(made), ()) if "jam itu" in ID.words(line)]
    assert len(lines) == 2
