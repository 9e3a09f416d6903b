"""One reader's language, register and zone: the formats that Indonesian and English readers expect."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.clean import clean_text, isolate
from bot.chat.message import Bar, Bars, Bullets, Button, Code, Heading, Message, Paragraph, Quote
from bot.chat.text import Day, Listing, Moment, Name, Percent, Run, Shape, Span, Style, T, bold, code
from bot.domain.community import Register
from bot.speech import LANGUAGES, Speech, catalogue, choose_language
from tests.bot.nasty import TEXTS

EVENING = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ID, EN = Speech("id"), Speech("en")
FORMAL = Speech("id", register=Register.FORMAL)

VALUES = st.one_of(
    TEXTS,
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9),
    st.builds(Run, TEXTS, st.sampled_from([Style.PLAIN, Style.BOLD])),
    st.builds(
        Moment,
        st.datetimes(timezones=st.just(UTC)).map(lambda at: at.replace(year=2026, day=1)),
        st.sampled_from(Shape),
    ),
    st.builds(Day, st.dates()),
    st.builds(Span, st.timedeltas(timedelta(0), timedelta(days=9999))),
    st.builds(Percent, st.floats(0, 1)),
    st.builds(Name, TEXTS, st.sampled_from(["", "#7"])),
    st.builds(Listing, st.lists(TEXTS, max_size=4).map(tuple)),
)


@pytest.mark.parametrize(
    ("zone", "shape", "indonesian", "english"),
    [
        (
            "Asia/Jakarta",
            Shape.FULL,
            "Senin, 23 November 2026 pukul 19.00 WIB",
            "Monday, 23 November 2026 at 19:00 WIB",
        ),
        ("Asia/Jakarta", Shape.SHORT, "Sen, 23 Nov pukul 19.00 WIB", "Mon, 23 Nov at 19:00 WIB"),
        ("Asia/Jakarta", Shape.TIME, "19.00 WIB", "19:00 WIB"),
        ("Asia/Pontianak", Shape.TIME, "19.00 WIB", "19:00 WIB"),
        ("Asia/Makassar", Shape.TIME, "20.00 WITA", "20:00 WITA"),
        ("Asia/Jayapura", Shape.TIME, "21.00 WIT", "21:00 WIT"),
        ("Europe/Berlin", Shape.TIME, "13.00 CET", "13:00 CET"),
        ("America/New_York", Shape.SHORT, "Sen, 23 Nov pukul 07.00 EST", "Mon, 23 Nov at 07:00 EST"),
    ],
)
def test_an_instant_is_told_in_the_audience_s_zone(zone: str, shape: Shape, indonesian: str, english: str) -> None:
    assert Speech("id", zone).words(T("{when}", when=Moment(EVENING, shape))) == indonesian
    assert Speech("en", zone).words(T("{when}", when=Moment(EVENING, shape))) == english


def test_an_instant_may_have_a_zone_of_its_own() -> None:
    moment = Moment(datetime(2026, 11, 23, 12, 0, tzinfo=UTC), Shape.TIME, "Asia/Makassar")
    assert ID.words(moment) == "20.00 WITA"
    assert EN.words(replace(moment, zone="Europe/London")) == "12:00 GMT"


@pytest.mark.parametrize(
    ("day", "indonesian", "english"),
    [
        (date(2026, 11, 27), "Jumat, 27 November 2026", "Friday, 27 November 2026"),
        (date(2026, 2, 1), "Minggu, 1 Februari 2026", "Sunday, 1 February 2026"),
    ],
)
def test_a_date_is_spelled_as_the_language_spells_it(day: date, indonesian: str, english: str) -> None:
    assert ID.words(T("{day}", day=Day(day))) == indonesian
    assert EN.words(T("{day}", day=Day(day))) == english


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (1234567, "1.234.567", "1,234,567"),
        (1234567.5, "1.234.567,5", "1,234,567.5"),
        (-3, "-3", "-3"),
        (Percent(0.875), "88%", "88%"),
        (Percent(0), "0%", "0%"),
        (Percent(1), "100%", "100%"),
        (Listing(("Ani", "Budi", "Citra")), "Ani, Budi, dan Citra", "Ani, Budi and Citra"),
        (Listing(("Ani", "Budi")), "Ani dan Budi", "Ani and Budi"),
        (Listing(("Ani",)), "Ani", "Ani"),
        (Listing(()), "", ""),
        (Listing((T("Skip"), Name("Ani"))), "Lewati dan Ani", "Skip and Ani"),
        (Listing((Day(date(2026, 11, 27)), 3)), "Jumat, 27 November 2026 dan 3", "Friday, 27 November 2026 and 3"),
        (Span(timedelta(seconds=1)), "1 detik", "1 second"),
        (Span(timedelta(seconds=20)), "20 detik", "20 seconds"),
        (Span(timedelta(0)), "1 detik", "1 second"),
        (Span(timedelta(seconds=61)), "2 menit", "2 minutes"),
        (Span(timedelta(minutes=60)), "1 jam", "1 hour"),
        (Span(timedelta(hours=23, minutes=30)), "24 jam", "24 hours"),
        (Span(timedelta(days=1)), "1 hari", "1 day"),
        (Span(timedelta(days=9999)), "9.999 hari", "9,999 days"),
    ],
    ids=repr,
)
def test_numbers_lists_and_lengths_follow_the_language(value: Percent, indonesian: str, english: str) -> None:
    assert ID.words(T("{value}", value=value)) == indonesian
    assert EN.words(T("{value}", value=value)) == english


@pytest.mark.parametrize(("n", "english"), [(0, "0 days"), (1, "1 day"), (2, "2 days"), (-1, "-1 days")])
def test_only_english_has_a_plural(n: int, english: str) -> None:
    text = T("{n} day", "{n} days", n=n)
    assert EN.words(text) == english
    assert ID.words(text) == f"{n} hari"


def test_a_formal_group_is_addressed_formally() -> None:
    text = T("Your points")
    assert [speech.words(text) for speech in (ID, FORMAL, EN)] == ["Poinmu", "Poin Anda", "Your points"]


def test_a_sentence_that_needs_no_register_is_said_alike() -> None:
    assert FORMAL.words(T("Cancel")) == ID.words(T("Cancel")) == "Batalkan"


def test_an_unknown_sentence_is_still_said() -> None:
    assert ID.words(T("Nobody translated this {thing}.", thing="one")) == "Nobody translated this one."


@given(value=VALUES, language=st.sampled_from(LANGUAGES))
def test_every_placeholder_takes_every_kind_of_value(value: object, language: str) -> None:
    words = Speech(language).words(T("<{value}|{value}>", value=value))  # type: ignore[arg-type]
    inside = Speech(language).words(T("{value}", value=value))  # type: ignore[arg-type]
    assert words == f"<{inside}|{inside}>"


@given(text=TEXTS, language=st.sampled_from(LANGUAGES))
def test_a_person_s_words_are_shown_as_they_stand(text: str, language: str) -> None:
    speech = Speech(language)
    assert speech.words(text) == isolate(text)
    assert speech.words(T("{said}", said=text)) == isolate(text)
    (run,) = speech.runs(Run(text, Style.CODE))
    assert run.style is Style.CODE


def test_braces_in_a_person_s_words_are_not_read() -> None:
    assert ID.words(T("{name}", name="{user.__init__.__globals__} {name}")) == "{user.__init__.__globals__} {name}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("source", sorted(catalogue("id")))
def test_every_sentence_of_the_catalogue_can_be_filled(source: str, language: str) -> None:
    names = re.findall(r"\{(\w+)\}", source)
    words = Speech(language).words(T(source, **{name: f"<{name}>" for name in names}))
    assert all(f"<{name}>" in words for name in names)
    assert not re.search(r"\{\w+\}", words)


def test_styled_arguments_keep_their_style() -> None:
    runs = EN.runs(T("Send {line} to {who} now", line=code("/ask"), who=bold("Ani")))
    assert runs == (
        Run("Send "),
        Run("/ask", Style.CODE),
        Run(" to "),
        Run("Ani", Style.BOLD),
        Run(" now"),
    )


def test_an_instant_stays_an_instant_for_platforms_that_show_it_themselves() -> None:
    (run,) = EN.runs(T("{when}", when=Moment(EVENING)))
    assert run.moment == EVENING


def test_a_name_is_cleaned_and_a_nameless_one_gets_its_fallback() -> None:
    assert EN.words(T("{who}", who=Name("Ani\n\u202eBudi"))) == "Ani Budi"
    assert EN.words(T("{who}", who=Name("\u200b", "#7"))) == "#7"
    assert EN.words(T("{who}", who=Name("\u200b"))) == "?"


def test_nothing_but_runs_is_left_in_a_message() -> None:
    line = (T("Skip"), " ", bold("!"), Name("Ani"), Moment(EVENING, Shape.TIME))
    message = Message(
        (Heading(line), Paragraph(line), Quote(line), Bullets((line, line)), Bars((Bar(line, 1, 2),)), Code("x = 1")),
        ((Button(T("Cancel")), Button("Ani")),),
        asks=True,
        card=True,
    )
    runs = (
        Run("Lewati"),
        Run(" "),
        Run("!", Style.BOLD),
        Run("Ani"),
        Run("19.00 WIB", moment=EVENING, shape=Shape.TIME),
    )
    assert ID.message(message) == Message(
        (Heading(runs), Paragraph(runs), Quote(runs), Bullets((runs, runs)), Bars((Bar(runs, 1, 2),)), Code("x = 1")),
        ((Button("Batalkan"), Button("Ani")),),
        asks=True,
        card=True,
    )


@pytest.mark.parametrize(
    ("wishes", "language"),
    [
        (("id",), "id"),
        (("in", "id-ID"), "id"),
        (("ID",), "id"),
        (("", "fr", "id"), "id"),
        (("en-US", "id"), "en"),
        (("pt-br",), "en"),
        (("",), "en"),
        ((), "en"),
    ],
)
def test_the_first_language_that_we_speak_is_chosen(wishes: tuple[str, ...], language: str) -> None:
    assert choose_language(*wishes) == language


@given(wish=TEXTS)
def test_any_language_code_gives_a_language(wish: str) -> None:
    assert choose_language(clean_text(wish)) in LANGUAGES
