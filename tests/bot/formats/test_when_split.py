"""Where a time ends and a title begins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formats import when
from tests.bot.formats.phrases import phrases


@pytest.mark.parametrize(
    ("text", "time", "title"),
    [
        ("Senin 19.00 Aljabar linear", "Senin 19.00", "Aljabar linear"),
        ("Senin 19.00 - Aljabar", "Senin 19.00", "Aljabar"),
        ("Senin 19.00: Aljabar", "Senin 19.00", "Aljabar"),
        ("Senin 19.00, Aljabar", "Senin 19.00", "Aljabar"),
        ("Senin 19.00\nAljabar", "Senin 19.00", "Aljabar"),
        ("Senin 19.00 (Aljabar)", "Senin 19.00", "(Aljabar)"),
        ("Senin 19.00 (WIB) Aljabar", "Senin 19.00 (WIB)", "Aljabar"),
        ("  Senin 19.00  Aljabar ", "Senin 19.00", "Aljabar "),
        ("Senin 19.00 WITA Fisika", "Senin 19.00 WITA", "Fisika"),
        ("Senin 19.00 Asia/Tokyo Fisika", "Senin 19.00 Asia/Tokyo", "Fisika"),
        ("Jum'at 19.00 Al-Qur'an", "Jum'at 19.00", "Al-Qur'an"),
        ("Senin 19.00 é́Étude", "Senin 19.00", "é́Étude"),
        ("Senin 19.00 漢字", "Senin 19.00", "漢字"),
        ("Senin 19.00 👨‍👩‍👧 keluarga", "Senin 19.00", "👨‍👩‍👧 keluarga"),
        ("Senin 19.00-20.30 Fisika", "Senin 19.00-20.30", "Fisika"),
        ("Senin 19.00 2 jam Fisika", "Senin 19.00 2 jam", "Fisika"),
        ("minggu depan Rabu jam 4 sore Latihan soal", "minggu depan Rabu jam 4 sore", "Latihan soal"),
        ("tiap Senin 19.00 10 kali pertemuan Fisika", "tiap Senin 19.00 10 kali pertemuan", "Fisika"),
        (
            "tiap Selasa dan Kamis 19.00-20.30 WITA sampai 20 Desember kecuali 17 Desember Fisika dasar",
            "tiap Selasa dan Kamis 19.00-20.30 WITA sampai 20 Desember kecuali 17 Desember",
            "Fisika dasar",
        ),
        ("every Tue and Thu 8pm Linear algebra", "every Tue and Thu 8pm", "Linear algebra"),
        # Unclear, incomplete or impossible, and yet a time.
        ("7 Aljabar", "7", "Aljabar"),
        ("Senin Aljabar", "Senin", "Aljabar"),
        ("Senin 25.00 Aljabar", "Senin 25.00", "Aljabar"),
        ("Selasa 7 Desember 19.00 Aljabar", "Selasa 7 Desember 19.00", "Aljabar"),
        ("tiap Selasa 19.00 kecuali 24 Desember Aljabar", "tiap Selasa 19.00 kecuali 24 Desember", "Aljabar"),
        ("besok ba'da isya Kajian", "besok ba'da isya", "Kajian"),
        ("Senin 19.00 EST Aljabar", "Senin 19.00 EST", "Aljabar"),
        # Titles that begin like a time.
        ("Senin 19.00 Sun and moon", "Senin 19.00", "Sun and moon"),
        ("Senin 19.00 7 keajaiban dunia", "Senin 19.00", "7 keajaiban dunia"),
        ("Senin 19.00 10 soal Aljabar", "Senin 19.00", "10 soal Aljabar"),
        ("besok 19.00 3 hari menuju ujian", "besok 19.00", "3 hari menuju ujian"),
        ("besok 19.00 Senin bersama", "besok 19.00", "Senin bersama"),
        ("besok 19.00 Mei 1998", "besok 19.00", "Mei 1998"),
        ("besok jam 7 malam Minggu tenang", "besok jam 7 malam", "Minggu tenang"),
        ("besok 19.00 Malam puisi", "besok 19.00", "Malam puisi"),
        ("besok 19.00 malam puisi", "besok 19.00 malam", "puisi"),
        ("besok jam 7 Malam puisi", "besok jam 7 Malam", "puisi"),
        ("19.00 Besok Aljabar", "19.00 Besok", "Aljabar"),
        ("19.00 Senin Aljabar", "19.00 Senin", "Aljabar"),
        ("Senin 19.00 Daily standup", "Senin 19.00", "Daily standup"),
        ("Senin 19.00 daily standup", "Senin 19.00", "daily standup"),
        ("Senin 19.00 Tonight show", "Senin 19.00", "Tonight show"),
        ("Senin 19.00 Now or never", "Senin 19.00", "Now or never"),
        ("Senin 19.00 the moon", "Senin 19.00", "the moon"),
        ("Senin 19.00 dan seterusnya", "Senin 19.00", "dan seterusnya"),
        ("Senin 19.00 sampai jumpa", "Senin 19.00", "sampai jumpa"),
        ("Senin 19.00 from zero to hero", "Senin 19.00", "from zero to hero"),
        ("Senin 19.00 first meeting", "Senin 19.00", "first meeting"),
        ("Senin 19.00 3D printing", "Senin 19.00", "3D printing"),
        ("Senin 19.00 Hari Kartini", "Senin 19.00", "Hari Kartini"),
        # Nothing that leads.
        ("Aljabar Senin 19.00", "", "Aljabar Senin 19.00"),
        ("May the force", "", "May the force"),
        ("hari pertama sekolah", "", "hari pertama sekolah"),
        ("", "", ""),
        ("  ", "", "  "),
    ],
)
def test_a_title_begins_where_the_time_ends(text: str, time: str, title: str) -> None:
    assert when.split(text) == (time, title)


UNREAD = {text for text, _, _, meaning in phrases() if meaning == "! nothing"}
TITLES = ("Fisika", "Aljabar linear", "bahasa Inggris", "Étude", "漢字", "(latihan)", "#fisika", "@ani")


@given(st.sampled_from([text for text, *_ in phrases() if text not in UNREAD]), st.sampled_from(TITLES))
def test_every_time_of_the_table_is_told_from_what_follows_it(text: str, title: str) -> None:
    assert when.split(f"{text} {title}") == (text.strip("\u200e"), title)


def test_a_long_title_is_left_whole() -> None:
    title = "Fisika " * 1000
    assert when.split(f"Senin 19.00 {title}") == ("Senin 19.00", title)
