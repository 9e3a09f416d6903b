"""GIFT as Moodle documents it: every kind that has a place here is read, every other is named with its line."""

from decimal import Decimal

import pytest

from bot.domain.items import Item, ItemText, Kind, Number
from bot.formats import gift
from bot.formats.draft import MOST_ROWS, Problem, Unreadable


def one(text: str) -> Item:
    (draft,) = gift.read(text, "en")
    return draft.item


def words(text: str) -> ItemText:
    return one(text).texts["en"]


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(Unreadable) as refused:
        gift.read(text, "en")
    return refused.value.problems


def said(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.text.source) for problem in problems(text)]


@pytest.mark.parametrize(
    ("answer", "right"), [("T", 0), ("TRUE", 0), ("true", 0), (" T ", 0), ("F", 1), ("FALSE", 1), ("\nf\n", 1)]
)
def test_a_statement_is_true_or_false(answer: str, right: int) -> None:
    item = one(f"Air mendidih pada 100 derajat.{{{answer}}}")
    assert (item.kind, item.right, item.texts["en"].options) == (Kind.TRUTH, (right,), ())


def test_the_first_remark_on_a_statement_is_for_wrong_answers() -> None:
    assert words("x{T#no#yes####because}").feedback == ("yes", "no")
    assert words("x{F#no#yes####because}").feedback == ("no", "yes")
    assert words("x{F#no}").feedback == ("no", "")
    assert words("x{T##yes}").feedback == ("yes", "")
    assert words("x{T####because}") == ItemText("x", explanation="because")


def test_one_option_is_right() -> None:
    item = one("::Judul:: 2 + 3 \\= ?{\n\t~4#kurang\n\t=5\n\t~%-25%6\n\t####Jumlahkan.\n}")
    assert item.texts["en"] == ItemText("2 + 3 = ?", ("4", "5", "6"), "Jumlahkan.", ("kurang", "", ""))
    assert (item.kind, item.right) == (Kind.ONE, (1,))


@pytest.mark.parametrize(
    ("answers", "right"),
    [
        ("~%50%a ~%50%b ~c", (0, 1)),
        ("~%33.33333%a ~%33.33333%b ~%33.33333%c ~%-100%d", (0, 1, 2)),
        ("~%33,33333%a ~%33,33333%b ~%33,33333%c ~d", (0, 1, 2)),
        ("~x ~%100%a", (1,)),
        ("~%75%a ~%25%b ~%0%c", (0, 1)),
    ],
)
def test_several_options_share_what_is_right(answers: str, right: tuple[int, ...]) -> None:
    item = one(f"Which?{{{answers}}}")
    assert (item.kind, item.right) == (Kind.SEVERAL, right)


def test_typed_words_may_be_written_in_several_ways() -> None:
    item = one("Siapa?{=Sukarno =%100%Soekarno#benar = Bung Karno ####Proklamator}")
    assert item.kind is Kind.TEXT
    assert item.texts["en"].answers == ("Sukarno", "Soekarno", "Bung Karno")
    assert item.texts["en"].explanation == "Proklamator\nbenar"


@pytest.mark.parametrize(
    ("answer", "number"),
    [
        ("#3", Number(Decimal(3))),
        ("#-3.50:0.1", Number(Decimal("-3.5"), Decimal("0.1"))),
        ("# 1..5", Number(Decimal(3), Decimal(2))),
        ("#1 .. 2", Number(Decimal("1.5"), Decimal("0.5"))),
        ("#=1.6e-19:1e-21", Number(Decimal("1.6E-19"), Decimal("1E-21"))),
        ("#=%100%10:0 =%100%10:2", Number(Decimal(10), Decimal(2))),
        ("#\n\t=%100%10:0.1#\n\t~#\n", Number(Decimal(10), Decimal("0.1"))),
        ("#\u22125", Number(Decimal(-5))),
    ],
)
def test_a_number_has_a_tolerance_or_a_range(answer: str, number: Number) -> None:
    item = one(f"How much?{{{answer}}}")
    assert (item.kind, item.number) == (Kind.NUMBER, number)


def test_answers_in_the_middle_leave_a_blank() -> None:
    assert words("Ibu kota {~Bogor =Jakarta} ada di Jawa.").prompt == "Ibu kota ____ ada di Jawa."
    assert words("Dua tambah dua {=empat =4}.").prompt == "Dua tambah dua ____."
    assert words("Siapa? {=Ani}\n  ").prompt == "Siapa?"


def test_what_is_escaped_is_taken_as_it_stands() -> None:
    raw = r"\{a\} \= \~b \# c\: d\\e {=\=1\~ ~\{\}\#}"
    assert words(raw) == ItemText("{a} = ~b # c: d\\e", ("=1~", "{}#"))
    assert words("satu\\ndua{T}").prompt == "satu\ndua"


@pytest.mark.parametrize(
    ("raw", "formula"),
    [
        (r"$\frac\{1\}\{2\}$", r"$\frac{1}{2}$"),
        (r"$\alpha \cdot \theta$", r"$\alpha \cdot \theta$"),
        (r"$a \neq b$, \(\nabla f\), \[\nu\]", r"$a \neq b$, \(\nabla f\), \[\nu\]"),
        (r"\\(\\nabla f \\neq 0\\)", r"\(\nabla f \neq 0\)"),
        (r"$x$\nbaru", "$x$\nbaru"),
        (r"\nu is no formula", "\nu is no formula".strip()),
    ],
)
def test_formulas_stay_as_they_are(raw: str, formula: str) -> None:
    assert words(f"{raw}{{T}}").prompt == formula


def test_code_keeps_its_lines_and_indentation() -> None:
    assert words("def f(x)\\:\n    return x{T}").prompt == "def f(x):\n    return x"


def test_a_category_and_tags_become_topics() -> None:
    text = (
        "$CATEGORY: $course$/top/Biologi Sel/Café\n\na{T}\n\n// [id:x] [tag:Ujian 1] [tag:cafe]\nb{T}\n\n"
        "$CATEGORY: Lain\nc{T}"
    )
    assert [draft.item.tags for draft in gift.read(text, "en")] == [
        ("biologi-sel", "cafe"),
        ("ujian-1", "cafe", "biologi-sel"),
        ("lain",),
    ]


def test_a_remark_tells_difficulty_and_source() -> None:
    item = one("// [difficulty:3] [source:Campbell [9\\], bab 2]\n// catatan\na{T}")
    assert (item.difficulty, item.source) == (3, "Campbell [9], bab 2")


def test_each_draft_knows_its_line() -> None:
    text = "// remark\n\n// remark\na{T}\r\n\r\nb{\r\n=x\r\n// between\r\n}\n \t\nc{F}"
    assert [draft.line for draft in gift.read(text, "en")] == [4, 6, 11]


def test_html_becomes_plain_words() -> None:
    text = words("[html]<p>Berapa <b>x<sup>2</sup></b>\\: a &lt; b?</p>{=<p>1</p> ~[plain]<p> ####[markdown]**x**}")
    assert text == ItemText("Berapa x²: a < b?", ("1", "<p>"), "**x**")


def test_markup_stays_where_the_text_is_not_marked_as_html() -> None:
    assert words("if a<b and c>d & e {T}").prompt == "if a<b and c>d & e"
    assert words("[markdown]**a** <b>{T}").prompt == "**a** <b>"


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Tulis esai. {}", "An essay"),
        ("Tulis esai. {####x}", "An essay"),
        ("Bacalah ini.", "This has no answers"),
        ("Match {=a -> b =c -> d =e -> f}", "Pairs to match"),
        ("a {=b ~%50%c}", "An answer is right"),
        ("a {=%50%b =c}", "An answer is right"),
        ("a {#=%50%1 =2}", "An answer is right"),
        ("a {=b =c ~d}", "Only one option can"),
        ("a {~%50%b ~c}", "The shares of"),
        ("a {~%100%b ~%100%c}", "The shares of"),
        ("a {~b ~c}", "No option is marked"),
        ("a {=b*}", "The sign {sign}"),
        ("a {#}", "The right number is missing"),
        ("a {#3,5}", "{text} is no number"),
        ("a {#x}", "{text} is no number"),
        ("a {#1 =5}", "Only one right number"),
        ("a {#5..1}", "A range begins"),
        ("a {#1:-1}", "The tolerance"),
        ("a {#1e999}", "The number is not"),
        ("a {#1 ~#no}", "Feedback on wrong"),
        ("a {b}", "Each answer in braces"),
        ("a {=b", "The brace {open} is never"),
        ("a =b}", "There is a {close} too many"),
        ("a {=b {c} ~d}", "There is a second"),
        ("$\\frac{1}{2}$ {T}", "Each answer in braces"),
        ("a {T} b {T}", "There is a second"),
        ("::a{T}", "The title is not closed"),
        ("[html]<img src\\='x'>{T}", "{tag} cannot be kept"),
        ("[html]<table><tr><td>1</td></tr></table>{T}", "{tag} cannot be kept"),
        ("a {=b ~B }", "Two options are the same"),
        ("{=b ~c}", "The question is empty"),
        ("a {= ~c}", "An option is empty"),
        ("a {=b}" + "x" * 300, "The question is too long"),
        ("a {=" + "x" * 20_000 + "}", "This is too long for one question"),
        ("a {" + "~x" * 61 + "}", "This is too long for one question"),
        ("// [tag:漢字]\na {T}", "{name} makes no topic"),
        ("$CATEGORY: " + "x" * 33, "{name} makes no topic"),
        ("// [difficulty:9]\na {T}", "The difficulty is"),
        ("// only a remark", "There is no question"),
        ("\\", "This has no answers"),
    ],
)
def test_what_has_no_place_here_is_named(text: str, begins: str) -> None:
    (problem,) = problems(text)
    assert problem.text.source.startswith(begins)


def test_a_file_with_mistakes_is_refused_whole_with_every_line() -> None:
    text = (
        "good {T}\n\n// remark\nessay {}\n\nlist {\n=a\n~%50%b\n}\n\n"
        "pairs {\n=a -> b\n}\n\nopen {=a\n\nnumber {#\n=3\n=x}"
    )
    assert [line for line, _ in said(text)] == [4, 8, 12, 15, 19]


def test_an_empty_line_inside_a_question_is_told_at_its_brace() -> None:
    assert [line for line, _ in said("a\nb {\n=c\n\n~d}\n")] == [2, 5]


def test_a_file_holds_no_more_than_fits() -> None:
    text = "a{T}\n\n" * MOST_ROWS
    assert len(gift.read(text, "en")) == MOST_ROWS
    assert said(text + "b{T}") == [(0, "A file holds at most {most} questions. Split it into several.")]
