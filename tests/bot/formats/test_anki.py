"""Anki's text export goes in as questions, and questions come out as cards that Anki shows well."""

import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.items import Item, ItemText, Kind
from bot.formats import anki
from bot.formats.draft import MOST_BYTES, MOST_ROWS, Unreadable
from bot.speech import Speech
from tests.bot.formats.strategy import items
from tests.bot.nasty import TEXTS

MEDIA = "Pictures and sounds cannot be imported. Take this card out or say it in words."
LONG = "The back is what one types, so it is one line of at most 60 characters. Shorten it to the answer."
NESTED = "A gap stands in another one, or does not end. Write each on its own."
HTML = "#separator:tab\n#html:true\n#tags column:3\n"


def texts(text: str) -> list[ItemText]:
    return [draft.item.texts["id"] for draft in anki.read(text, "id")]


def problems(text: str) -> list[tuple[int, str]]:
    with pytest.raises(Unreadable) as caught:
        anki.read(text, "id")
    return [(problem.line, Speech("en").words(problem.text)) for problem in caught.value.problems]


def held(item: Item) -> Item:
    """The item as far as a card in Indonesian holds it."""
    text = replace(item.text("id"), feedback=())
    return replace(item, texts={"id": text}, difficulty=2)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(items(), min_size=1, max_size=4))
def test_cards_give_back_what_they_hold(bank: list[Item]) -> None:
    drafts = anki.read(anki.write(bank, "id"), "id")
    assert [draft.item for draft in drafts] == [held(item) for item in bank]


def test_a_card_asks_on_its_front_and_answers_on_its_back() -> None:
    text = ItemText("1 < 2?\nPilih.", ("ya", "tidak"), "Karena\turut.")
    exported = anki.write([Item(0, 0, {"id": text}, (1,), tags=("a", "b-c"), source="Buku")], "id")
    assert exported == (
        "#separator:tab\n#html:true\n#tags column:3\n"
        '"<div class=""bareng one"">1 &lt; 2?<br>Pilih.</div><ol type=""A""><li>ya</li><li>tidak</li></ol>"\t'
        '"<ol type=""A""><li value=""2"">tidak</li></ol><div class=""why"">Karena&#9;urut.</div>'
        '<cite>Buku</cite>"\ta b-c\n'
    )


def test_words_that_anki_would_run_are_written_as_words() -> None:
    item = Item(0, 0, {"id": ItemText("{{c1::x}} [sound:a.mp3] <img src=x>", answers=("#x",))}, kind=Kind.TEXT)
    exported = anki.write([item], "id")
    assert not any(run in exported for run in ("{{", "[sound:", "<img"))
    assert [draft.item for draft in anki.read(exported, "id")] == [item]


def test_a_card_of_ours_whose_back_was_changed_is_named() -> None:
    exported = anki.write([Item(0, 0, {"id": ItemText("Apa?", ("a", "b"))}, (0,))], "id")
    wrong = "The back of this card does not fit its front any more. Export it again."
    assert problems(exported.replace('</ol>"\t\n', '</ol><b>x</b>"\t\n')) == [(4, wrong)]
    assert problems(exported.replace('value=""1""', 'value=""3""')) == [
        (4, "The right option is not among the options.")
    ]


def test_only_a_picture_is_not_held() -> None:
    item = Item(0, 0, {"id": ItemText("Apa?", answers=("ini",))}, kind=Kind.TEXT)
    assert anki.holds(item)
    assert not anki.holds(replace(item, picture="a.png"))


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("Ibu kota?\tJakarta", ItemText("Ibu kota?", answers=("Jakarta",))),
        ("<div>Dua<br>baris</div>\t<b>ya</b>", ItemText("Dua\nbaris", answers=("ya",))),
        ("a &lt; b&nbsp;c?\t&amp;", ItemText("a < b c?", answers=("&",))),
        ("\\(\\frac{a}{b}\\)\t\\[x_1\\]", ItemText("\\(\\frac{a}{b}\\)", answers=("\\[x_1\\]",))),
        ('"Kata ""ini""\ndua"\tya', ItemText('Kata "ini" dua', answers=("ya",))),
        ("Emas?\tAu\t\ty", ItemText("Emas?", answers=("Au",))),
        ("Emas?\tAu\t\tDari aurum.", ItemText("Emas?", answers=("Au",), explanation="Dari aurum.")),
        ("{{c1::Au::lambang}} itu emas.", ItemText("_____ (lambang) itu emas.", answers=("Au",))),
        ("{{c1::Au}} dan {{c1::Au}}\tLogam.", ItemText("_____ dan _____", "", "Logam.", answers=("Au",))),  # type: ignore[arg-type]
    ],
)
def test_a_card_becomes_a_question_answered_in_words(note: str, expected: ItemText) -> None:
    assert texts(HTML + note) == [replace(expected, options=())]


def test_each_number_of_a_gap_is_a_question() -> None:
    first, second = anki.read(HTML + "{{c2::Ani}} dan {{c1::Budi}}\t\tsmp", "id")
    assert (first.line, second.line) == (4, 4)
    assert first.item.texts["id"] == ItemText("Ani dan _____", answers=("Budi",))
    assert second.item.texts["id"] == ItemText("_____ dan Budi", answers=("Ani",))
    assert first.item.tags == second.item.tags == ("smp",)


def test_settings_at_the_top_say_where_things_stand() -> None:
    settings = ("separator:Semicolon", "html:false", "guid column:1", "deck column:2", "tags column:5", "tags:Kuis")
    top = "\ufeff" + "".join(f"#{setting}\r\n" for setting in settings)
    (draft,) = anki.read(top + "x;Biologi;a <b>?;ya;biologi::sel leech rumus_dasar\r\n", "id")
    assert draft.line == 7
    assert draft.item.texts["id"] == ItemText("a <b>?", answers=("ya",))
    assert draft.item.tags == ("kuis", "biologi-sel", "rumus-dasar")


def test_markup_without_a_setting_is_told_by_looking() -> None:
    assert texts("a<br>b\tc") == [ItemText("a\nb", answers=("c",))]
    assert texts("1 < 2 & 3 > 2\tya") == [ItemText("1 < 2 & 3 > 2", answers=("ya",))]


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("<img src=x>\tApa", MEDIA),
        ("Apa?\t[sound:a.mp3]", MEDIA),
        ("<script>x</script>Apa?\tya", MEDIA),
        ("Apa?\t" + "x" * 61, LONG),
        ("Apa?\tsatu<br>dua", LONG),
        ("Apa?\t", "The accepted answer is missing."),
        ("\tya", "The question is empty."),
        ("{{c1::a}} {{c1::b}}", "The gap 1 has more than one answer. Give each gap a number of its own."),
        ("{{c1::a {{c2::b}} }}", NESTED),
        ("{{c1::a", NESTED),
        ("Apa?\tya\té", "é is no topic: use letters a to z, digits and hyphens, like biologi-sel."),
        ("Apa?\tya\t\tsatu\tdua", "This card has 4 fields, at most 3 fit."),
        ("x" * 20_001 + "\tya", "A field is too long: 20,001 characters, at most 20,000."),
        ('"Apa?\tya', "The quote that opens in column 1 is not closed before the next cell."),
    ],
)
def test_what_no_question_can_hold_is_named_by_its_line(note: str, said: str) -> None:
    assert problems(f"{HTML}Baik?\tya\n\n{note}\n") == [(6, said)]


def test_every_wrong_card_is_named() -> None:
    assert [line for line, _ in problems(f"{HTML}a\t\n<img>\tb\nc\td\n\te\n")] == [4, 5, 7]


def test_empty_and_oversized_files_are_refused_at_once() -> None:
    assert problems("") == problems(HTML) == [(0, "The file is empty.")]
    assert problems("#separator:ab\nx\ty") == [(1, "ab is no separator. Example: #separator:tab")]
    assert problems("x" * (MOST_BYTES + 1)) == [(0, "The file is too large: at most 2 MB can be imported.")]
    assert len(texts("a\tb\n" * MOST_ROWS)) == MOST_ROWS
    wrong = [(0, "There are 2,001 questions, at most 2,000 fit in one import.")]
    assert problems("a\tb\n" * (MOST_ROWS + 1)) == wrong
    assert problems("{{c1::a}} {{c2::b}}\n" * (MOST_ROWS // 2) + "a\tb") == wrong


@pytest.mark.parametrize(
    "piece",
    [
        "{{c1::",
        "{{c1::a::",
        "<",
        "<!--",
        "<a ",
        "&",
        '<div class="bareng one">',
        "<li>",
        "&#",
        "<![CDATA[",
        "<br",
        '""',
    ],
)
def test_no_field_takes_long(piece: str) -> None:
    fields = [(piece * (19_900 // len(piece)))[:19_900]] * 20
    starts = ("<div class='bareng one'>", '<div class="bareng one">x</div>\t<ul>', "")
    rows = "".join(f"{start}{field}\ty\n" for field in fields for start in starts)
    start = time.process_time()
    with pytest.raises(Unreadable):
        anki.read(HTML + rows + "\tlast", "id")
    assert time.process_time() - start < 10


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from(["", HTML, "#separator:comma\n", '#html:true\n<div class="bareng one">']))
def test_whatever_is_sent_is_read_or_refused_with_lines(text: str, top: str) -> None:
    named = [0]
    try:
        assert anki.read(top + text, "id")
    except Unreadable as error:
        named = [problem.line for problem in error.problems]
    assert named
    assert all(0 <= line <= (top + text).count("\n") + text.count("\r") + 1 for line in named)
