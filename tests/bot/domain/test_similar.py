"""Which questions are the same, which are much alike, and which only look so."""

from dataclasses import replace
from decimal import Decimal
from random import Random
from string import ascii_lowercase

import pytest

from bot.domain.items import Item, ItemText, Kind, Number, State
from bot.domain.similar import MOST_FOUND, identities, near, near_blindly, similar, traits, twin, unknown


def one(prompt: str, *options: str, number: int = 0, right: int = 0) -> Item:
    return Item(1, number, {"id": ItemText(prompt, options or ("ya", "tidak"))}, (right,))


def word(prompt: str, *answers: str) -> Item:
    return Item(1, 0, {"id": ItemText(prompt, answers=answers)}, kind=Kind.TEXT)


def truth(prompt: str, *, holds: bool = True) -> Item:
    return Item(1, 0, {"id": ItemText(prompt)}, (0 if holds else 1,), kind=Kind.TRUTH)


def value(prompt: str, right: str) -> Item:
    return Item(1, 0, {"id": ItemText(prompt)}, kind=Kind.NUMBER, number=Number(Decimal(right)))


def are_alike(left: Item, right: Item) -> bool:
    """Both ways round, because whichever comes second is the one that is looked for."""
    found = bool(near(left, [right])), bool(near(right, [left]))
    assert found[0] == found[1]
    return found[0]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (word("Apa ibu kota Jepang?", "Tokyo"), word("Ibu kota negara Jepang adalah...", "Tokyo")),
        (word("Apa ibu kota Jepang?", "Tokyo"), one("Ibu kota Jepang?", "Osaka", "Tokyo", right=1)),
        (word("What is the capital of Japan?", "Tokyo"), word("Which city is the capital of Japan", "tokyo")),
        (value("Berapa hasil dari 7 x 8?", "56"), value("7 x 8 berapa?", "56")),
        (value("Berapa hasil dari 7 × 8?", "56"), value("Hasil dari 7 × 8 adalah", "54")),
        (truth("Paus adalah mamalia."), truth("Paus itu mamalia", holds=False)),
        (
            one("Mana ibu kota Prancis?", "Paris", "Lyon"),
            one("Manakah ibu kota negara Prancis", "Lyon", "Paris", right=1),
        ),
        (word("Organel penghasil energi disebut", "mitokondria"), word("Organel penghasil enerji?", "mitokondria")),
    ],
)
def test_the_same_thing_asked_in_other_words_is_similar(left: Item, right: Item) -> None:
    assert are_alike(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (value("7 x 8 = ?", "56"), value("7 x 9 = ?", "63")),
        (value("7 x 8 = ?", "56"), value("7 + 8 = ?", "15")),
        (value("Nilai x jika 2x + 3 = 7?", "2"), value("Nilai x jika 3x + 2 = 7?", "2")),
        (word("Apa ibu kota Jepang?", "Tokyo"), word("Apa ibu kota Jerman?", "Berlin")),
        (
            word("Pembelahan meiosis menghasilkan sel apa?", "gamet"),
            word("Pembelahan mitosis menghasilkan sel apa?", ""),
        ),
        (word("Rumus umum alkana?", "CnH2n+2"), word("Rumus umum alkena?", "CnH2n")),
        (truth("Paus adalah mamalia."), truth("Paus bukan mamalia.")),
        (truth("Paus adalah mamalia."), truth("Hiu adalah mamalia.")),
        (
            one("Manakah pernyataan yang benar?", "A itu B", "B itu C"),
            one("Manakah pernyataan yang benar?", "C1", "C2"),
        ),
        (word("Turunan $x^2$?", "2x"), word("Turunan $x^3$?", "3x^2")),
        (word("Keluaran `print(1)`?", "1"), word("Keluaran `print(2)`?", "2")),
        (word("Tahun berapa Indonesia merdeka pada 1945", "a"), word("Tahun berapa Indonesia merdeka pada 1949", "a")),
        (word("Turunan dari x?", "1"), word("Turunan dari y?", "1")),
    ],
)
def test_what_only_looks_alike_is_not_similar(left: Item, right: Item) -> None:
    assert not are_alike(left, right)


def test_the_same_question_is_recognised_whatever_stands_around_it() -> None:
    first = one("Apa  ibu kota\nJepang?", "Osaka", "Tokyo", right=1)
    again = one(" Apa ibu kota Jepang? ", "Tokyo", "Osaka", number=9)
    again = replace(again, tags=("geografi",), source="Buku", state=State.RETIRED, difficulty=3, author=5, version=4)
    assert identities(first) == identities(again)
    assert twin(first, [one("Lain?"), again]) == again
    assert unknown([first], [again]) == ()


@pytest.mark.parametrize(
    "other",
    [
        one("Apa ibu kota Jepang?", "Osaka", "Tokyo", right=0),
        one("Apa ibu kota Jepang?", "Osaka", "Kyoto", right=1),
        one("Apa ibu kota jepang?", "Osaka", "Tokyo", right=1),
        word("Apa ibu kota Jepang?", "Tokyo"),
    ],
)
def test_another_key_option_letter_or_kind_is_another_question(other: Item) -> None:
    assert unknown([other], [one("Apa ibu kota Jepang?", "Osaka", "Tokyo", right=1)]) == (other,)


def test_an_order_the_other_way_round_is_another_question() -> None:
    up = replace(one("Urutkan", "1", "2"), kind=Kind.ORDER, right=())
    down = replace(one("Urutkan", "2", "1"), kind=Kind.ORDER, right=())
    assert unknown([down], [up]) == (down,)
    assert unknown([up], [up]) == ()


def test_numbers_that_are_equal_make_the_same_question() -> None:
    assert unknown([value("7 x 8", "56.0")], [value("7 x 8", "56")]) == ()
    assert unknown([value("7 x 8", "56.1")], [value("7 x 8", "56")])
    assert unknown([truth("Paus mamalia", holds=False)], [truth("Paus mamalia")])


def test_a_choice_between_true_and_false_is_a_statement() -> None:
    """Some formats know no other way to write one."""
    for options, right in ((("Benar", "Salah"), 0), (("Salah", "Benar"), 1), (("True", "False"), 0)):
        assert unknown([one("Paus mamalia", *options, right=right)], [truth("Paus mamalia")]) == ()
        assert unknown([one("Paus mamalia", *options, right=1 - right)], [truth("Paus mamalia")])


def test_what_stands_twice_in_one_file_is_taken_once() -> None:
    assert unknown([one("Apa?"), one("Siapa?"), one("Apa?")], []) == (one("Apa?"), one("Siapa?"))


def test_a_question_in_two_languages_is_known_by_either() -> None:
    both = Item(1, 3, {"id": ItemText("Apa?", ("ya", "tidak")), "en": ItemText("What?", ("yes", "no"))}, (0,))
    assert unknown([one("What?", "yes", "no")], [both]) == ()
    assert near(word("Ibu kota Jepang?", "Tokyo"), [replace(both, texts={"en": both.texts["en"]})]) == ()


def test_at_most_three_are_named() -> None:
    bank = [word(f"Apa ibu kota negara Jepang{' itu' * copy}?", "Tokyo") for copy in range(6)]
    assert len(near(word("Apa ibu kota Jepang?", "Tokyo"), bank)) == MOST_FOUND


def test_a_question_without_any_word_is_compared_by_its_signs() -> None:
    assert near(value("7 × 8 = ?", "56"), [value("7 × 9 = ?", "63"), value("7 × 8 = …", "56")])
    assert not near(value("?", "1"), [word("Apa itu fotosintesis?", "1")])


def test_two_thousand_questions_meet_five_thousand_without_comparing_each_with_each() -> None:
    """Each finds the one that is alike among thousands that share its words, whatever the order."""
    chance = Random(4)
    words = ["".join(chance.choices(ascii_lowercase, k=7)) for _ in range(900)]
    bank = [word(" ".join(chance.choices(words, k=9)), str(number)) for number in range(5000)]
    twins = chance.sample(range(5000), 200)
    asked = [
        replace(bank[at], texts={"id": replace(bank[at].text("id"), prompt=f"Apa {bank[at].text('id').prompt} itu?")})
        for at in twins
    ]
    strangers = [word(" ".join(chance.choices(words, k=9)), "lain") for _ in range(300)]
    found = similar([*asked, *strangers], bank)
    assert [found[place][0] for place in range(200)] == [bank[at] for at in twins]
    assert set(found) == set(range(200))


def test_an_item_is_compared_in_each_language() -> None:
    both = Item(1, 1, {"id": ItemText("Apa 1?"), "en": ItemText("What 1?")}, kind=Kind.TRUTH, right=(0,))
    assert [trait.exact for trait in traits(both)] == [("1",), ("1",)]


@pytest.mark.parametrize(
    "guesses",
    [
        [one("Ibu kota negara Jepang?", "Osaka", "Tokyo", right=right) for right in (0, 1)],
        [word("Ibu kota negara Jepang?", answer) for answer in ("Osaka", "Tokyo")],
        [value("Berapa hasil kali 7 dengan 8 kira-kira?", right) for right in ("56", "57")],
        [
            replace(one("Urutkan kota besar", *options), kind=Kind.ORDER, right=())
            for options in (("Osaka", "Tokyo"), ("Tokyo", "Osaka"))
        ],
    ],
)
def test_what_is_right_cannot_be_found_out_by_trying(guesses: list[Item]) -> None:
    for bank in guesses:
        for prompt in (bank.text("id").prompt, bank.text("id").prompt + " coba", "Tebak " + bank.text("id").prompt):
            asked = [replace(each, texts={"id": replace(each.text("id"), prompt=prompt)}) for each in guesses]
            assert len({len(near_blindly(each, [replace(bank, id=7)])) for each in asked}) == 1
