"""Words that tell a time, Indonesian and English, with the terminal of the grammar that each is."""

from collections.abc import Iterator, Mapping
from functools import cache

from bot.domain.when import Fault
from bot.formats.when.part import Amount, Away, Flaw, Part, Unit, Week, Which

LONGEST_PHRASE = 5
"""Words of the longest entry."""

Meaning = tuple[str, object]

_WEEKDAYS = (
    "senin senen sen monday mon",
    "selasa sel tuesday tue tues",
    "rabu rebo rab wednesday wed",
    "kamis kemis kam thursday thu thur thurs",
    "jumat jum friday fri",
    "sabtu sab saturday sat",
    "ahad sunday sun",
)
"""Apostrophes are taken off before a word is looked up; the other name of Sunday, minggu, is a week as well."""

_MONTHS = (
    "januari jan january",
    "februari pebruari feb february",
    "maret mar march",
    "april apr",
    "mei may",
    "juni jun june",
    "juli jul july",
    "agustus agu agt ags august aug",
    "september sep sept",
    "oktober okt october oct",
    "november nov nopember nop",
    "desember des december dec",
)

_NUMBERS = {
    "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9,
    "sepuluh": 10, "sebelas": 11, "dua belas": 12, "lima belas": 15, "dua puluh": 20, "dua puluh lima": 25,
    "tiga puluh": 30, "empat puluh lima": 45, "sembilan puluh": 90,
}  # fmt: skip

_SPELLED = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty five": 45, "ninety": 90,
}  # fmt: skip

_ORDINALS = {
    "pertama": 1, "kedua": 2, "ketiga": 3, "keempat": 4, "kelima": 5, "terakhir": -1,
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1,
}  # fmt: skip

_PARTS = {
    "am": Part.AM, "pm": Part.PM,
    "pagi": Part.MORNING, "morning": Part.MORNING, "in the morning": Part.MORNING,
    "siang": Part.NOON, "sore": Part.SORE, "petang": Part.DUSK,
    "afternoon": Part.AFTERNOON, "in the afternoon": Part.AFTERNOON,
    "evening": Part.EVENING, "in the evening": Part.EVENING,
    "night": Part.NIGHT, "at night": Part.NIGHT,
    "dini hari": Part.SMALL_HOURS, "subuh": Part.DAWN,
}  # fmt: skip

_UNITS = {
    Unit.MINUTE: "menit mnt minute minutes min mins",
    Unit.HOUR: "hour hours hr hrs",
    Unit.DAY: "hari day days",
    Unit.WEEK: "pekan week weeks",
    Unit.MONTH: "bulan month months",
    Unit.YEAR: "tahun year years",
}
"""The hour of Indonesian, jam, is also what stands before a time: `token.py` tells them apart."""

_ONES = {
    Unit.DAY: ("sehari", "a day", "one day", "per hari", "per day"),
    Unit.WEEK: ("seminggu", "sepekan", "a week", "one week", "per minggu", "per pekan", "per week"),
    Unit.MONTH: ("sebulan", "a month", "one month", "per month"),
    Unit.YEAR: ("setahun", "a year", "one year", "per tahun", "per year"),
}

_SHORT = {
    "sejam": 60, "satu jam": 60, "an hour": 60, "setengah jam": 30, "half an hour": 30, "seperempat jam": 15,
    "quarter of an hour": 15, "a quarter of an hour": 15, "satu setengah jam": 90, "sejam setengah": 90,
    "satu jam setengah": 90, "an hour and a half": 90, "one and a half hours": 90, "dua setengah jam": 150,
    "dua jam setengah": 150, "two and a half hours": 150,
}  # fmt: skip

_PERIODS = {
    (1, Unit.DAY): ("daily", "harian"),
    (1, Unit.WEEK): ("weekly", "mingguan"),
    (2, Unit.WEEK): ("fortnightly", "dwimingguan", "every fortnight"),
    (1, Unit.MONTH): ("monthly", "bulanan", "of the month", "of every month", "of each month", "dalam sebulan"),
    (1, Unit.YEAR): ("yearly", "annually", "tahunan", "of every year"),
}

_AWAY = {
    "hari ini": Away(0), "today": Away(0), "nanti": Away(0),
    "besok": Away(1), "esok": Away(1), "bsk": Away(1), "tomorrow": Away(1),
    "lusa": Away(2), "day after tomorrow": Away(2), "the day after tomorrow": Away(2),
    "kemarin": Away(-1), "yesterday": Away(-1),
    "pagi ini": Away(0, Part.MORNING), "this morning": Away(0, Part.MORNING), "nanti pagi": Away(0, Part.MORNING),
    "siang ini": Away(0, Part.NOON), "nanti siang": Away(0, Part.NOON),
    "sore ini": Away(0, Part.SORE), "nanti sore": Away(0, Part.SORE), "petang ini": Away(0, Part.DUSK),
    "this afternoon": Away(0, Part.AFTERNOON), "this evening": Away(0, Part.EVENING),
    "malam ini": Away(0, Part.NIGHT), "nanti malam": Away(0, Part.NIGHT), "nanti malem": Away(0, Part.NIGHT),
    "tonight": Away(0, Part.NIGHT),
}  # fmt: skip

_OTHERS: Mapping[str, tuple[str, ...]] = {
    "AND": ("dan", "and", "serta"),
    "TO": ("sampai", "sampe", "hingga", "sd", "sampai dengan", "until", "till", "til", "to", "through"),
    "FROM": ("dari", "mulai", "mulai dari", "sejak", "from", "starting", "starting from", "starting on", "beginning"),
    "FOR": ("selama", "sebanyak", "for"),
    "IN": ("dalam", "dalam waktu", "in", "within"),
    "LATER": ("lagi", "kemudian", "from now"),
    "EXCEPT": ("kecuali", "selain", "tanpa", "except", "except on", "except for", "but not", "but not on"),
    "EVERY": ("tiap", "setiap", "tiap tiap", "every", "each"),
    "OTHER": ("other", "alternate"),
    "NEXT": ("depan", "mendatang", "yang akan datang", "next"),
    "THIS": ("ini", "this"),
    "AT": ("pukul", "pkl", "pk", "at"),
    "TGL": ("tanggal", "tgl"),
    "HALF": ("setengah",),
    "HALF_PAST": ("half past",),
    "QUARTER": ("seperempat", "kuarter"),
    "QUARTER_PAST": ("quarter past", "a quarter past"),
    "QUARTER_TO": ("quarter to", "a quarter to"),
    "OVER": ("lewat", "lebih"),
    "PAST": ("past", "after"),
    "LESS": ("kurang",),
    "TIMES": ("kali", "kali pertemuan", "pertemuan", "times", "sessions", "meetings"),
    "ONCE": ("sekali", "once", "satu kali"),
    "TWICE": ("twice",),
    "WEEKEND": ("akhir pekan", "akhir minggu", "weekend", "weekends", "the weekend"),
    "WORKDAYS": ("hari kerja", "weekday", "weekdays", "workday", "workdays"),
    "EVERY_SUNDAY": ("tiap minggu", "setiap minggu"),
    "NEXT_MONTH": ("bulan depan", "next month", "of next month"),
    "LAST_DAY": ("hari terakhir", "last day"),
    "MIDNIGHT": ("tengah malam", "midnight"),
    "JAM": ("jam", "jm"),
    "OPEN": ("selesai", "done", "the end"),
    "FILL": ("on", "pada", "the", "of", "waktu"),
    "SHARP": ("tepat", "sharp", "oclock"),
}
"""Words of the grammar without a value, whose terminals begin with a line there. FILL says nothing and is left out."""

_ALONE: Mapping[str, Meaning] = {
    "minggu": ("SUNDAY", 6),
    "hari minggu": ("ON_WEEKDAY", 6),
    "malam": ("NIGHT", Part.NIGHT),
    "malem": ("NIGHT", Part.NIGHT),
    "mlm": ("NIGHT", Part.NIGHT),
    "noon": ("NOON", 12),
    "midday": ("NOON", 12),
    "tengah hari": ("NOON", 12),
    "minggu depan": ("WEEK", Week(Which.NEXT, sunday=True)),
    "minggu ini": ("WEEK", Week(Which.THIS, sunday=True)),
    "pekan depan": ("WEEK", Week(Which.NEXT)),
    "pekan ini": ("WEEK", Week(Which.THIS)),
    "next week": ("WEEK", Week(Which.NEXT)),
    "this week": ("WEEK", Week(Which.THIS)),
    "now": ("FLAW", Flaw(Fault.SOON)),
    "sekarang": ("FLAW", Flaw(Fault.SOON)),
}

_PRAYERS = "subuh zuhur dzuhur dhuhur lohor ashar asar maghrib magrib isya isyak isha tarawih jumatan"
_AROUND = ("bada", "badha", "setelah", "sesudah", "habis", "abis", "sebelum", "after", "before", "selepas")

_GLUED: Mapping[str, Meaning] = {
    "m": ("MINUTE", Unit.MINUTE),
    "h": ("HOUR", Unit.HOUR),
    "j": ("HOUR", Unit.HOUR),
    "d": ("DAY", Unit.DAY),
    "w": ("WEEKS", Unit.WEEK),
    "x": ("_TIMES", "x"),
}
"""Letters that have a meaning only right behind a number."""


@cache
def words() -> Mapping[str, Meaning]:
    """Every phrase in small letters, without apostrophes and accents, with its terminal and its value."""
    return dict(_entries())


def glued() -> Mapping[str, Meaning]:
    """The same for what is only said right behind a number: 90m, 10x."""
    return _GLUED


def _entries() -> Iterator[tuple[str, Meaning]]:
    yield from _calendar()
    yield from _lengths()
    yield from ((word, ("NUMBER", number)) for word, number in _NUMBERS.items())
    yield from ((word, ("SPELLED", number)) for word, number in _SPELLED.items())
    yield from ((word, ("ORDINAL", number)) for word, number in _ORDINALS.items())
    yield from ((word, ("PART", part)) for word, part in _PARTS.items())
    yield from ((f"{around} {prayer}", _PRAYER) for around in _AROUND for prayer in _PRAYERS.split())
    yield from ((word, (f"_{terminal}", word)) for terminal, several in _OTHERS.items() for word in several)
    yield from _ALONE.items()


_PRAYER: Meaning = ("FLAW", Flaw(Fault.NO_TIME))
"""When prayers are depends on the place and the day."""


def _calendar() -> Iterator[tuple[str, Meaning]]:
    for number, names in enumerate(_WEEKDAYS):
        for name in names.split():
            yield name, ("WEEKDAY", number)
            yield f"hari {name}", ("ON_WEEKDAY", number)
            if name.endswith("day"):
                yield f"{name}s", ("WEEKDAYS", number)
    for number, names in enumerate(_MONTHS, 1):
        yield from ((name, ("MONTH", number)) for name in names.split())
    yield from ((word, ("AWAY", away)) for word, away in _AWAY.items())


_TERMINALS = {Unit.WEEK: "WEEKS", Unit.MONTH: "MONTHS", Unit.YEAR: "YEARS"}


def _lengths() -> Iterator[tuple[str, Meaning]]:
    for unit, several in _UNITS.items():
        yield from ((word, (_TERMINALS.get(unit, unit.name), unit)) for word in several.split())
    for unit, words_of in _ONES.items():
        yield from ((word, ("ONE", Amount(1, unit))) for word in words_of)
    for (count, unit), words_of in _PERIODS.items():
        yield from ((word, ("PERIOD", Amount(count, unit))) for word in words_of)
    yield from ((word, ("SHORT", Amount(count, Unit.MINUTE))) for word, count in _SHORT.items())
