"""CSV files as people and other tools write them are read, and what is wrong in them is named."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.items import Item, ItemText, Kind, Number
from bot.formats.draft import MOST_BYTES, MOST_ROWS, Unreadable
from bot.formats.table import read_csv
from bot.speech import Speech
from tests.bot.nasty import TEXTS, bad_inputs


def read(text: str, language: str = "en") -> list[Item]:
    return [draft.item for draft in read_csv(text, language)]


def problems(text: str, language: str = "en") -> list[tuple[int, str]]:
    with pytest.raises(Unreadable) as caught:
        read_csv(text, language)
    return [(problem.line, Speech("en").words(problem.text)) for problem in caught.value.problems]


CAPITAL = Item(0, 0, {"en": ItemText("Capital?", ("Jakarta", "Bogor", "Medan", "Solo"))}, (1,))


@pytest.mark.parametrize(
    "text",
    [
        "Question, Option A, Option B, Option C, Option D, Answer\nCapital?, Jakarta, Bogor, Medan, Solo, B\n",
        "Soal, A, B, C, D, Kunci\nCapital?, Jakarta, Bogor, Medan, Solo, B\n",
        "Soal;A;B;C;D;Kunci\r\nCapital?;Jakarta;Bogor;Medan;Solo;b\r\n",
        "soal\ta\tb\tc\td\tkunci\rCapital?\tJakarta\tBogor\tMedan\tSolo\tBogor",
        "No,Pertanyaan,Opsi 1,Opsi 2,Opsi 3,Opsi 4,Jawaban Benar\n1,Capital?,Jakarta,Bogor,Medan,Solo,2\n",
        "\ufeffsep=;\nKUNCI;question_text;option_a;option-b;Pilihan C.;Jawaban D\nB;Capital?;Jakarta;Bogor;Medan;Solo",
        'q,1,2,3,4,key\n\n,,,,,\n"Capital?", "Jakarta" ,Bogor,Medan,Solo,bogor',
        (
            "Question Text,Question Type,Option 1,Option 2,Option 3,Option 4,Option 5,Correct Answer,Time in seconds,"
            "Image Link,Answer explanation\nCapital?,Multiple Choice,Jakarta,Bogor,Medan,Solo,,2,20,,\n"
        ),
        (
            ",Question - max 120 characters,Answer 1 - max 75 characters,Answer 2 - max 75 characters,"
            "Answer 3 - max 75 characters,Answer 4 - max 75 characters,"
            '"Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs",Correct answer(s) - choose at least one\n'
            "1,Capital?,Jakarta,Bogor,Medan,Solo,20,2\n"
        ),
        "My quiz,,,,,\nWrite one question a row,,,,,\nQuestion,A,B,C,D,Right\nCapital?,Jakarta,Bogor,Medan,Solo,B\n",
    ],
)
def test_layouts_that_people_have_are_read(text: str) -> None:
    assert read(text) == [CAPITAL]


@pytest.mark.parametrize(
    ("row", "kind", "right"),
    [
        ("Which?,a,b,c,A", Kind.ONE, (0,)),
        ('Which?,a,b,c,"A, C"', Kind.SEVERAL, (0, 2)),
        ("Which?,a,b,c,1;3", Kind.SEVERAL, (0, 2)),
        ("Which?,Ani,Budi,Citra,Ani|Citra", Kind.SEVERAL, (0, 2)),
        ("Which?,54,56,63,56", Kind.ONE, (1,)),
        ("Which?,True,False,,B", Kind.ONE, (1,)),
        ("Sure?,,,,benar", Kind.TRUTH, (0,)),
        ("Sure?,,,,FALSE", Kind.TRUTH, (1,)),
        ('How many?,,,,"3,5"', Kind.NUMBER, ()),
        ("Who?,,,,Kartini | R.A. Kartini", Kind.TEXT, ()),
    ],
)
def test_a_kind_is_told_by_the_row(row: str, kind: Kind, right: tuple[int, ...]) -> None:
    (item,) = read(f"Question,A,B,C,Right\n{row}\n")
    assert (item.kind, item.right) == (kind, right)


@pytest.mark.parametrize(
    ("kind", "cells", "expected"),
    [
        ("Fill-in-the-Blank", "Who?,Kartini,R.A. Kartini,", ItemText("Who?", answers=("Kartini", "R.A. Kartini"))),
        ("True/False", "Who?,Benar,Salah,A", ItemText("Who?")),
        ("Reorder", "Who?,one,two,", ItemText("Who?", ("one", "two"))),
        ("pilihan ganda", 'Who?,one,two,"1,2"', ItemText("Who?", ("one", "two"))),
    ],
)
def test_kinds_of_other_tools_are_known(kind: str, cells: str, expected: ItemText) -> None:
    (item,) = read(f"Question Type,Question,A,B,Right\n{kind},{cells}\n")
    assert item.texts["en"] == expected


def test_a_number_has_its_tolerance_and_unit_in_columns_of_their_own() -> None:
    (item,) = read("Soal;Kunci;Toleransi;Satuan\nBerat?;9,81;0,05;m/s²\n", "id")
    assert item.number == Number(value := item.number.value, item.number.tolerance, "m/s²")  # type: ignore[union-attr]
    assert (str(value), str(item.number.tolerance)) == ("9.81", "0.05")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",Ani,Budi,A,,", "Column Question: The question is empty."),
        ("Who?,Ani,Budi,,,", "Column Right: The right answer is missing."),
        ("Who?,Ani,Budi,D,,", "Column Right: D does not say clearly which option is right. Write its letter."),
        ("Who?,2,1,1,,", "Column Right: 1 does not say clearly which option is right. Write its letter."),
        ("Who?,Ani,,A,,", "A question has 2 to 10 options, this one has 1."),
        ("Who?,,Budi,B,,", "An option is empty."),
        ("q,1,1,A,,", "Two options are the same. Make each one different."),
        ("Who?,Ani,Budi,A,essay,", "Column Kind: essay is no kind of question that exists here."),
        ("Who?,Ani,Budi,A,one,4", "Column Difficulty: The difficulty is 1 (easy), 2 or 3 (hard)."),
        ('"How many?",,,"1,500",number,', "Column Right: Write a number without unit, like 1500.5."),
        ("How many?,,,5 kg,number,", "Column Right: Write a number without unit, like 1500.5."),
        ("Sure?,,,maybe,truth,", "Column Right: Write true or false."),
        ("Who?,Ani,Budi,A,number,", "Column Option A: A question of this kind has no options."),
        (
            "Who?,Ani,Budi,A,order,",
            "Column Right: Leave this empty: the options of an ordering question stand in their right order.",
        ),
        (
            "Who?,Ani,Budi,A,one,2,more",
            "Cell 7 stands in a column without a name. In CSV, put words with a comma in quotes.",
        ),
    ],
)
def test_a_wrong_row_is_named_with_its_column_and_reason(row: str, said: str) -> None:
    text = f"Question,Option A,Option B,Right,Kind,Difficulty\nGood?,Ani,Budi,A,,\n\n{row}\n"
    assert problems(text) == [(4, said)]


def test_every_wrong_row_is_named_by_the_line_where_it_begins() -> None:
    text = 'Question,A,B,Right\n"two\nlines",a,b,C\nGood?,a,b,A\nBad?,a,a,A\n'
    assert [line for line, _ in problems(text)] == [2, 5]


def test_words_of_the_wrong_kind_are_refused_in_a_second_language() -> None:
    text = "Soal,A,B,Kunci,Soal (en),A (en),B (en),Kunci (en)\nApa?,x,y,A,What?,x,y,A\n"
    wrong = "Column Kunci (en): Only a question answered in words has answers here."
    assert problems(text, "id") == [(2, wrong)]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 0, "The file is empty."),
        ("\n , ,\n", 0, "The file is empty."),
        ("q,a,a\n", 1, "Two columns say the same: a."),
        (
            'q,a,b\nWho?,x,y\n\n"unclosed,1,2\n',
            4,
            "The quote that opens in column 1 is not closed before the next cell.",
        ),
        ('q,a,b\nWho?,"x"y,z\n', 2, "The quote that opens in column 2 is not closed before the next cell."),
        ("a,b\r\r\nc,d\u0000e", 3, "This line holds bytes that are not text."),
        ("q,1,1,1\n", 1, "Two columns say the same: 1."),
        ("q,a,b,right,points\nWho?,x,y,A,5\n", 1, "The column points is unknown. Rename it or take it out."),
        ("q,a,b,group_id\nWho?,x,y,7\n", 1, "The column group_id is unknown. Rename it or take it out."),
        ("q,a,b,right\n", 1, "There is no question below the names of the columns."),
        ("What is it?,x,y,A\n", 1, "The first row must name the columns. Example: Question, Option A, Option B, Right"),
        ("MZ\x90", 1, "The first row must name the columns. Example: Question, Option A, Option B, Right"),
    ],
)
def test_a_file_that_is_no_table_of_questions_is_refused(text: str, line: int, said: str) -> None:
    assert problems(text) == [(line, said)]


@pytest.mark.parametrize(("name", "text"), bad_inputs("import"))
def test_no_collected_bad_input_is_read(name: str, text: str) -> None:
    assert problems(text), name


def test_too_many_rows_and_bytes_are_refused_at_once() -> None:
    row = "Who?,x,y,A\n"
    assert len(read("q,a,b,right\n" + row * MOST_ROWS)) == MOST_ROWS
    too_many = [(0, "There are 2,001 questions, at most 2,000 fit in one import.")]
    assert problems("q,a,b,right\n" + row * (MOST_ROWS + 1)) == too_many
    assert problems("x" * (MOST_BYTES + 1)) == [(0, "The file is too large: at most 2 MB can be imported.")]


def test_a_table_that_reaches_too_far_is_refused_without_looking_on() -> None:
    wrong = "A cell stands too far out: at most 10,000 rows and 100 columns are read."
    assert problems("q,a,b,right\n" + "," * 101) == [(2, wrong)]
    assert problems("q,a,b,right\n" + ",\n" * 10_000) == [(10_001, wrong)]
    assert len(read("q,a,b,right" + "," * 96 + "\n" + "\n" * 20_000 + "Who?,x,y,A")) == 1


@pytest.mark.parametrize("piece", [",", '"', '""', "\t", "\r", "\n", " ", "'", '"\n', "q,a,\n", "\u3000", "(max "])
@pytest.mark.parametrize("start", ["", "q,a,b,right\n", 'q,a,b,right\n"', "q,a,b,right\nx,y,z,"])
def test_no_file_takes_long(start: str, piece: str) -> None:
    text = (start + piece * (MOST_BYTES // len(piece)))[:MOST_BYTES]
    began = time.process_time()
    assert problems(text)
    assert time.process_time() - began < 5


def test_lines_are_counted_through_cells_in_quotes() -> None:
    text = '\n"q" , "a\n1",b,right\r\n\r\n"Who\r\nor what?"  ,x,y,A\r"Bad?",x,x,A\n'
    assert problems(text.replace("a\n1", "a")) == [(6, "Two options are the same. Make each one different.")]


def test_a_picture_that_would_be_lost_is_refused() -> None:
    text = "Question Text,Option 1,Option 2,Correct Answer,Image Link\nWho?,a,b,1,https://x.example/1.png\n"
    assert problems(text) == [(2, "Column Image Link: Pictures cannot be imported. Add it afterwards.")]


@settings(max_examples=300, deadline=None)
@given(TEXTS | st.lists(TEXTS, min_size=4).map(",".join).map(lambda text: f"q,a,b,right,kind,difficulty\n{text}"))
def test_whatever_is_sent_is_read_or_refused_with_lines(text: str) -> None:
    lines = len(text.splitlines()) + text.count("\r") + 1
    named = [0]
    try:
        drafts = read_csv(text, "id")
    except Unreadable as error:
        named = [problem.line for problem in error.problems]
    else:
        assert drafts
    assert named
    assert all(0 <= line <= lines for line in named)
