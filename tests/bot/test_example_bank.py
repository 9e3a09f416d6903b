"""The example question bank is well formed, fits every platform, and its computable answers are right."""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest

BANK = Path(__file__).parents[2] / "bot" / "example" / "bank.toml"
ITEMS: list[dict[str, Any]] = tomllib.loads(BANK.read_text(encoding="utf-8"))["item"]
LANGUAGES = ("id", "en")
TOPICS = {
    "biologi",
    "matematika",
    "fisika",
    "kimia",
    "geografi",
    "sejarah",
    "bahasa-indonesia",
    "informatika",
    "ekonomi",
}
TRUE_FALSE = {"id": ["Benar", "Salah"], "en": ["True", "False"]}
VERDICT_SENTENCE = {
    "id": ["Pernyataan ini benar: ", "Pernyataan ini salah: "],
    "en": ["This statement is true: ", "This statement is false: "],
}

# A Telegram alert holds 200 characters; 40 of them stay free for the verdict in front of the explanation.
EXPLANATION_LIMIT = 160
PROMPT_LIMIT = 200
# A Discord button label holds 80; 60 leaves room for the option's letter and stays readable on a phone.
OPTION_LIMIT = 60

every_item = pytest.mark.parametrize("item", ITEMS, ids=[item["key"] for item in ITEMS])
every_language = pytest.mark.parametrize("language", LANGUAGES)


def units(text: str) -> int:
    """Length in UTF-16 code units, the unit of Telegram's limits."""
    return len(text.encode("utf-16-le")) // 2


def texts(item: dict[str, Any], language: str) -> list[str]:
    """All sentences a member can see of one item in one language."""
    words = item[language]
    return [words["prompt"], *words["options"], words["explanation"]]


def is_true_false(item: dict[str, Any]) -> bool:
    return len(item["id"]["options"]) == 2


def numbers(text: str, language: str) -> list[Fraction]:
    """Every number written in `text`, read with the separators of `language`; a/b is one fraction."""
    found: list[Fraction] = []
    for match in re.finditer(r"(\d+(?:[.,]\d+)*)(?:/(\d+))?", text):
        digits = match[1]
        plain = digits.replace(".", "").replace(",", ".") if language == "id" else digits.replace(",", "")
        found.append(Fraction(plain) / Fraction(match[2] or 1))
    return found


def test_the_bank_holds_thirty_items_with_keys_of_their_own() -> None:
    keys = [item["key"] for item in ITEMS]
    assert len(keys) == 30
    assert len(set(keys)) == 30


@every_item
def test_an_item_has_exactly_the_known_fields(item: dict[str, Any]) -> None:
    assert set(item) - {"source"} == {"key", "tags", "difficulty", "right", "id", "en"}
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", item["key"])
    assert item["tags"]
    assert set(item["tags"]) <= TOPICS
    assert len(set(item["tags"])) == len(item["tags"])
    assert type(item["difficulty"]) is int
    assert item["difficulty"] in {1, 2, 3}
    assert type(item["right"]) is int
    assert 0 <= item["right"] < len(item["id"]["options"])
    assert item.get("source", "a source") != ""
    for language in LANGUAGES:
        assert set(item[language]) == {"prompt", "options", "explanation"}


@every_item
def test_both_languages_offer_two_or_four_options_in_the_same_order(item: dict[str, Any]) -> None:
    assert len(item["id"]["options"]) == len(item["en"]["options"])
    assert len(item["id"]["options"]) in {2, 4}
    for indonesian, english in zip(item["id"]["options"], item["en"]["options"], strict=True):
        assert numbers(indonesian, "id") == numbers(english, "en")


@every_item
@pytest.mark.parametrize("field", ["prompt", "explanation"])
def test_both_languages_state_the_same_numbers(item: dict[str, Any], field: str) -> None:
    assert Counter(numbers(item["id"][field], "id")) == Counter(numbers(item["en"][field], "en"))


@every_item
def test_a_prompt_is_translated_and_not_copied(item: dict[str, Any]) -> None:
    assert item["id"]["prompt"] != item["en"]["prompt"]
    assert item["id"]["explanation"] != item["en"]["explanation"]


@every_item
@every_language
def test_options_are_distinct_even_without_case(item: dict[str, Any], language: str) -> None:
    options = item[language]["options"]
    assert len({option.casefold() for option in options}) == len(options)


@every_item
@every_language
def test_texts_fit_the_platforms(item: dict[str, Any], language: str) -> None:
    words = item[language]
    assert 0 < units(words["prompt"]) <= PROMPT_LIMIT
    assert 0 < units(words["explanation"]) <= EXPLANATION_LIMIT
    assert all(0 < units(option) <= OPTION_LIMIT for option in words["options"])


@every_item
@every_language
def test_texts_are_clean_single_lines(item: dict[str, Any], language: str) -> None:
    for text in texts(item, language):
        assert text == text.strip()
        assert "  " not in text
        assert unicodedata.is_normalized("NFC", text)
        # Categories C* are control, format (bidi), surrogate, private and unassigned characters.
        assert not [sign for sign in text if unicodedata.category(sign).startswith("C")]


@every_item
@every_language
def test_no_option_speaks_about_the_other_options(item: dict[str, Any], language: str) -> None:
    for option in item[language]["options"]:
        assert not re.search(r"semua (jawaban|benar|salah)|tidak ada yang|of the above|both a", option.casefold())


@every_item
@every_language
def test_the_explanation_names_the_right_answer(item: dict[str, Any], language: str) -> None:
    words, right = item[language], item["right"]
    if is_true_false(item):
        assert words["options"] == TRUE_FALSE[language]
        assert words["explanation"].startswith(VERDICT_SENTENCE[language][right])
    else:
        assert words["options"][right].casefold() in words["explanation"].casefold()


def test_right_answers_are_spread_evenly_over_the_positions() -> None:
    choices = Counter(item["right"] for item in ITEMS if not is_true_false(item))
    statements = Counter(item["right"] for item in ITEMS if is_true_false(item))
    assert set(choices) == {0, 1, 2, 3}
    assert max(choices.values()) - min(choices.values()) <= 1
    assert statements[0] == statements[1] > 0


@every_language
def test_the_longest_option_is_no_hint(language: str) -> None:
    choices = [item for item in ITEMS if not is_true_false(item)]
    longest = [item for item in choices if is_strictly_longest(item[language]["options"], item["right"])]
    assert len(longest) <= len(choices) / 3


def is_strictly_longest(options: list[str], right: int) -> bool:
    return all(len(option) < len(options[right]) for at, option in enumerate(options) if at != right)


def test_the_bank_covers_every_topic_and_difficulty() -> None:
    assert {item["tags"][0] for item in ITEMS} == TOPICS
    levels = Counter(item["difficulty"] for item in ITEMS)
    assert all(levels[level] >= 5 for level in (1, 2, 3))
    assert ITEMS[0]["difficulty"] == 1


def test_three_items_in_a_row_have_three_topics() -> None:
    topics = [item["tags"][0] for item in ITEMS]
    for at in range(len(topics) - 2):
        assert len(set(topics[at : at + 3])) == 3


def arithmetic_term(given: list[Fraction]) -> Fraction:
    place, first, second, third, fourth = given
    assert second - first == third - second == fourth - third
    return first + (place - 1) * (second - first)


def distance_in_metres(given: list[Fraction]) -> Fraction:
    kilometres_per_hour, seconds = given
    return kilometres_per_hour * 1000 / 3600 * seconds


def decimal_of_binary(given: list[Fraction]) -> Fraction:
    (digits,) = given
    return Fraction(int(str(digits), base=2))


def price_after_two_discounts(given: list[Fraction]) -> Fraction:
    price, first, second = given
    return price * (100 - first) / 100 * (100 - second) / 100


def parallel_resistance(given: list[Fraction]) -> Fraction:
    return 1 / sum((1 / ohm for ohm in given), Fraction(0))


def chance_of_dice_sum(given: list[Fraction]) -> Fraction:
    (wanted,) = given
    rolls = list(product(range(1, 7), repeat=2))
    return Fraction(sum(sum(roll) == wanted for roll in rolls), len(rolls))


def oxygen_coefficient(given: list[Fraction]) -> Fraction:
    carbon_dioxide, water = given
    return (2 * carbon_dioxide + water) / 2


def binary_search_looks(given: list[Fraction]) -> Fraction:
    (size,) = given
    return Fraction(max(looks_until_found(int(size), wanted) for wanted in range(int(size))))


def looks_until_found(size: int, wanted: int) -> int:
    low, high, looks = 0, size - 1, 0
    while True:
        middle = (low + high) // 2
        looks += 1
        if middle == wanted:
            return looks
        if middle < wanted:
            low = middle + 1
        else:
            high = middle - 1


def slope(given: list[Fraction]) -> Fraction:
    x1, y1, x2, y2 = given
    return (y2 - y1) / (x2 - x1)


def chance_of_short_pea(given: list[Fraction]) -> Fraction:
    assert given == []
    offspring = list(product("Tt", repeat=2))
    return Fraction(offspring.count(("t", "t")), len(offspring))


def break_even_portions(given: list[Fraction]) -> Fraction:
    fixed, price, variable = given
    return fixed / (price - variable)


def sum_of_squared_roots(given: list[Fraction]) -> Fraction:
    linear, constant, zero = given
    roots = [root for root in range(-50, 51) if root * root - linear * root + constant == zero]
    assert len(roots) == 2
    return Fraction(sum(root * root for root in roots))


def mass_of_water(given: list[Fraction]) -> Fraction:
    hydrogen, atomic_hydrogen, atomic_oxygen = given
    moles = hydrogen / (2 * atomic_hydrogen)
    return moles * (2 * atomic_hydrogen + atomic_oxygen)


SOLVERS: dict[str, Callable[[list[Fraction]], Fraction]] = {
    "barisan-aritmetika-suku-10": arithmetic_term,
    "jarak-72-km-per-jam": distance_in_metres,
    "biner-ke-desimal": decimal_of_binary,
    "diskon-bertingkat": price_after_two_discounts,
    "hambatan-paralel": parallel_resistance,
    "dua-dadu-jumlah-tujuh": chance_of_dice_sum,
    "koefisien-oksigen-propana": oxygen_coefficient,
    "pencarian-biner-1000": binary_search_looks,
    "gradien-dua-titik": slope,
    "persilangan-ercis": chance_of_short_pea,
    "titik-impas-warung": break_even_portions,
    "jumlah-kuadrat-akar": sum_of_squared_roots,
    "massa-air-dari-hidrogen": mass_of_water,
}


@pytest.mark.parametrize("key", SOLVERS)
@every_language
def test_the_key_is_the_only_option_that_solves_the_prompt(key: str, language: str) -> None:
    (item,) = [item for item in ITEMS if item["key"] == key]
    answer = SOLVERS[key](numbers(item[language]["prompt"], language))
    solving = [at for at, option in enumerate(item[language]["options"]) if numbers(option, language) == [answer]]
    assert solving == [item["right"]]


def test_every_item_whose_options_are_plain_quantities_is_recomputed() -> None:
    quantities = {item["key"] for item in ITEMS if all(is_quantity(option) for option in item["id"]["options"])}
    assert quantities == set(SOLVERS)


def is_quantity(option: str) -> bool:
    return re.fullmatch(r"(Rp)?\d[\d.,/]*( (m|g|Ω|porsi))?", option) is not None
