"""What people write of a session's title, place, voice channel and seats becomes values, or a kind no."""

import pytest
from hypothesis import given

from bot.chat.errors import Refusal
from bot.domain.agenda import LONGEST_TITLE, LONGEST_WHERE, MOST_PEOPLE, Change, Series
from bot.features.session.field import CHOICES, FIELDS, SERIES_ONLY, read, read_for_date, title
from bot.speech import Speech
from tests.bot.nasty import TEXTS

CHANNEL = "123456789012345678"


@pytest.mark.parametrize(
    ("words", "where", "url"),
    [
        ("Ruang 3", "Ruang 3", ""),
        ("https://meet.example.org/abc", "", "https://meet.example.org/abc"),
        ("Ruang 3, https://meet.example.org/abc?pwd=x#y", "Ruang 3", "https://meet.example.org/abc?pwd=x#y"),
        ("https://meet.example.org/abc atau Ruang 3", "atau Ruang 3", "https://meet.example.org/abc"),
        ("meet.example.org", "", "https://meet.example.org"),
        ("Ruang\n3", "Ruang 3", ""),
        ("<b>Ruang</b> @everyone", "<b>Ruang</b> @everyone", ""),
        ("x" * LONGEST_WHERE, "x" * LONGEST_WHERE, ""),
    ],
)
def test_a_place_is_words_a_link_or_both(words: str, where: str, url: str) -> None:
    assert read("place", words) == {"where": where, "url": url}


@pytest.mark.parametrize(
    "words",
    [
        "http://meet.example.org/abc",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://user:secret@meet.example.org",
        "https://127.0.0.1/x",
        "https://localhost/x",
        "https:\\\\evil.example",
        "x" * (LONGEST_WHERE + 1),
    ],
)
def test_what_is_no_place_and_no_safe_link_is_refused(words: str) -> None:
    with pytest.raises(Refusal):
        read("place", words)


@pytest.mark.parametrize(
    "words",
    [
        CHANNEL,
        f"<#{CHANNEL}>",
        f" <#{CHANNEL}> ",
        f"https://discord.com/channels/987654321098765432/{CHANNEL}",
        f"https://ptb.discord.com/channels/987654321098765432/{CHANNEL}",
    ],
)
def test_a_voice_channel_is_named_in_each_of_its_forms(words: str) -> None:
    assert read("channel", words) == {"channel": CHANNEL}


@pytest.mark.parametrize("words", ["#belajar", "<@123456789012345678>", "12", "https://discord.com/channels/1/2", ""])
def test_anything_else_is_no_voice_channel(words: str) -> None:
    with pytest.raises(Refusal, match="voice channel"):
        read("channel", words)


@pytest.mark.parametrize("what", ["capacity", "quorum"])
def test_how_many_is_a_plain_number(what: str) -> None:
    assert read(what, " 12 ") == {what: 12}
    assert read(what, str(MOST_PEOPLE)) == {what: MOST_PEOPLE}
    for words in ("0", "-1", "+3", "٣", "1e2", "3.5", "", str(MOST_PEOPLE + 1), "9" * 4300, "banyak"):
        with pytest.raises(Refusal, match="whole number"):
            read(what, words)


def test_a_title_is_one_line_that_can_be_seen() -> None:
    assert title("  Aljabar \n linear\t ") == "Aljabar linear"
    assert title("x" * LONGEST_TITLE) == "x" * LONGEST_TITLE
    for words in ("", " ", "\u200b", "\u2800", "\u202e", "x" * (LONGEST_TITLE + 1)):
        with pytest.raises(Refusal):
            title(words)


@pytest.mark.parametrize("what", sorted(FIELDS))
def test_a_dash_takes_away_what_may_be_missing(what: str) -> None:
    if what == "title":
        assert read(what, "-") == {"title": "-"}, "a series needs one"
    else:
        assert not any(read(what, " - ").values())
    usual = Change.__dataclass_fields__
    if what not in SERIES_ONLY:
        assert all(value == usual[name].default for name, value in read_for_date(what, "-").items())


@pytest.mark.parametrize("what", sorted(FIELDS))
def test_values_are_those_of_a_series_and_of_a_date(what: str) -> None:
    words = {"capacity": "3", "quorum": "3", "channel": CHANNEL}.get(what, "Aljabar")
    assert {*read(what, words)} <= {*Series.__dataclass_fields__}
    if what not in SERIES_ONLY:
        assert {*read_for_date(what, words)} <= {*Change.__dataclass_fields__}


@given(words=TEXTS)
def test_nothing_that_people_write_is_an_incident(words: str) -> None:
    for what in FIELDS:
        try:
            values = read(what, words)
        except Refusal:
            continue
        for value in values.values():
            assert isinstance(value, int) or "\n" not in value
            assert isinstance(value, int) or len(value) <= 2048 + 8


def test_each_can_be_chosen_by_its_name_in_both_languages() -> None:
    assert [choice.value for choice in CHOICES] == list(FIELDS)
    for language in ("id", "en"):
        labels = [Speech(language).words(choice.label) for choice in CHOICES]
        assert len(set(labels)) == len(labels)
