"""Typed words become the arguments of a handler, or a kind sentence, never an error."""

from contextlib import suppress
from dataclasses import replace
from typing import Annotated

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.bind import Bound, Missing, bind, convert, split
from bot.chat.errors import Refusal
from bot.chat.message import Outcome
from bot.chat.places import Role
from bot.chat.text import T
from bot.command import Command, Example, command
from bot.context import Context
from bot.param import Arg, Choice, Kind, Param
from tests.bot.nasty import TEXTS, bad_inputs

HELP = T("Anything")
CHOICES = (Choice("later", T("Skip")), Choice("no", "Tidak mau"))
EXAMPLES = (Example("/quiz aljabar 5", HELP),)


@command("quiz", right=Role.MEMBER, summary=HELP, examples=EXAMPLES)
async def quiz(
    ctx: Context,
    topic: Annotated[str, Arg(HELP, most=20)] = "",
    size: Annotated[int, Arg(HELP, least=1, most=20)] = 3,
) -> Outcome:
    return None


@command("rsvp", right=Role.MEMBER, summary=HELP, examples=EXAMPLES)
async def rsvp(
    ctx: Context,
    going: Annotated[str, Arg(HELP, choices=CHOICES)],
    note: Annotated[str, Arg(HELP, later=True)] = "",
) -> Outcome:
    return None


@command("quizbank add", right=Role.TRUSTED, summary=HELP, examples=EXAMPLES)
async def add(
    ctx: Context,
    prompt: Annotated[str, Arg(HELP, most=300)],
    options: Annotated[tuple[str, ...], Arg(HELP, least=2, most=5)],
    right: Annotated[
        str, Arg(HELP, offer=lambda known: tuple(Choice(str(i), o) for i, o in enumerate(known["options"])))
    ],
) -> Outcome:
    return None


@command("warn", right=Role.MODERATOR, summary=HELP, examples=EXAMPLES)
async def warn(ctx: Context, number: Annotated[int, Arg(HELP, least=-5, most=1000)]) -> Outcome:
    return None


NOTE = Annotated[str, Arg(HELP)]
COMMANDS = st.sampled_from([quiz, rsvp, add, warn])
WORDS = st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1, max_size=8)


def bound(declared: Command, text: str) -> dict[str, object]:
    result = bind(declared, split(declared, text))
    assert isinstance(result, Bound)
    return dict(result.arguments)


@given(declared=COMMANDS, text=TEXTS)
@example(declared=quiz, text="\\")
@example(declared=warn, text="9" * 4300)
@example(declared=warn, text="٣")
@example(declared=quiz, text="quiz " * 800)
def test_any_text_is_bound_asked_about_or_refused(declared: Command, text: str) -> None:
    with suppress(Refusal):
        assert isinstance(bind(declared, split(declared, text)), Bound | Missing)


@given(declared=COMMANDS, values=st.dictionaries(st.sampled_from(["topic", "size", "going", "note", "x"]), TEXTS))
def test_any_named_values_are_bound_asked_about_or_refused(declared: Command, values: dict[str, str]) -> None:
    with suppress(Refusal):
        assert isinstance(bind(declared, values, tuple(values)[:1]), Bound | Missing)


@pytest.mark.parametrize(("name", "line"), bad_inputs("command", "time"))
@pytest.mark.parametrize("declared", [quiz, rsvp, add, warn], ids=lambda declared: declared.path)
def test_collected_bad_commands_do_not_raise(declared: Command, name: str, line: str) -> None:
    with suppress(Refusal):
        assert isinstance(bind(declared, split(declared, line.partition(" ")[2])), Bound | Missing)


@given(topic=WORDS.filter(lambda word: not word.isascii() or not word.lstrip("-").isdigit()), size=st.integers(1, 20))
def test_what_was_typed_comes_back_typed(topic: str, size: int) -> None:
    assert bound(quiz, f"{topic} {size}") == {"topic": topic, "size": size}


@given(going=st.sampled_from(["later", "SKIP", "Lewati", "tidak mau", "no"]), note=TEXTS)
def test_the_last_text_is_kept_as_it_stands(going: str, note: str) -> None:
    given = {"going": going, "note": note}
    result = bind(rsvp, given, ("note",) if not note.strip() else ())
    assert isinstance(result, Bound)
    assert result.arguments["note"] == note.strip()
    assert result.arguments["going"] in {"later", "no"}


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("", {"topic": "", "size": 3}),
        ("5", {"topic": "", "size": 5}),
        ("aljabar", {"topic": "aljabar", "size": 3}),
        ("aljabar 5", {"topic": "aljabar", "size": 5}),
        ("aljabar\u00a05", {"topic": "aljabar", "size": 5}),
        ("  aljabar \n 5 ", {"topic": "aljabar", "size": 5}),
        ("\\", {"topic": "\\", "size": 3}),
        ('"aljabar', {"topic": '"aljabar', "size": 3}),
    ],
)
def test_optional_arguments_may_be_left_out(text: str, arguments: dict[str, object]) -> None:
    assert bound(quiz, text) == arguments


@pytest.mark.parametrize(
    "digits", ["٣", "３", "9" * 4300, "1e3", "NaN", "0x1", "1_0", "--1", "+-1", "1+", "1.5", "", "1001"]
)
def test_only_plain_digits_within_bounds_are_a_number(digits: str) -> None:
    param = Param("number", Kind.INTEGER, Arg(HELP, least=-5, most=1000), required=True)
    with pytest.raises(Refusal, match="whole number"):
        convert(param, digits, (), warn)


@pytest.mark.parametrize("number", [-5, 0, 7, 1000])
def test_a_number_within_bounds_is_taken(number: int) -> None:
    assert bound(warn, f" {number} ") == {"number": number}


def test_words_too_many_are_refused_with_an_example() -> None:
    with pytest.raises(Refusal, match="more than I understood") as refused:
        split(warn, "1 2")
    assert "example" in refused.value.text.args


def test_a_choice_is_understood_in_both_languages_and_by_its_value() -> None:
    assert [bound(rsvp, f"{word} hai")["going"] for word in ("later", "SKIP", "lewati")] == ["later"] * 3


LABELS = (
    Choice("a", "A. Tokyo"),
    Choice("b", "B. Kuala Lumpur"),
    Choice("c", "C. Kuala Terengganu"),
    Choice("d", "D. \u0645\u0643\u0629"),
)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("a", "a"),
        ("A.", "a"),
        ("tokyo", "a"),
        ("Kuala  Lumpur", "b"),
        ("B. kuala lumpur", "b"),
        ("terengganu", "c"),
        ("\u0645\u0643\u0629", "d"),
        ("D. \u0645\u0643\u0629", "d"),
    ],
)
def test_a_choice_is_understood_by_words_that_it_alone_has(raw: str, value: str) -> None:
    param = Param("right", Kind.CHOICE, Arg(HELP), required=True)
    assert convert(param, raw, LABELS, add) == value


@pytest.mark.parametrize("raw", ["kuala", "tok", "e", "", "Tokyo Kuala"])
def test_words_of_several_choices_or_of_none_are_refused(raw: str) -> None:
    param = Param("right", Kind.CHOICE, Arg(HELP), required=True)
    with pytest.raises(Refusal, match="choose one"):
        convert(param, raw, LABELS, add)


def test_a_choice_of_several_words_may_be_typed_last() -> None:
    assert split(rsvp, "tidak mau") == {"going": "tidak", "note": "mau"}
    only = replace(rsvp, params=rsvp.params[:1])
    assert bound(only, "tidak mau") == {"going": "no"}


def test_what_is_no_choice_is_refused_with_the_choices() -> None:
    with pytest.raises(Refusal, match="choose one"):
        bind(rsvp, {"going": "barangkali"})


def test_a_missing_argument_is_asked_for_with_its_choices() -> None:
    assert bind(rsvp, {}) == Missing(rsvp.params[0], CHOICES, {})


def test_an_optional_argument_is_asked_for_once_something_was_given() -> None:
    assert bind(rsvp, {"going": "later"}) == Missing(rsvp.params[1], (), {"going": "later"})
    assert bind(rsvp, {"going": "later"}, ("note",)) == Bound({"going": "later", "note": ""})
    assert bind(rsvp, {"going": "later", "note": ""}) == Bound({"going": "later", "note": ""}), "left empty in a form"


@command("meet", right=Role.MEMBER, summary=HELP, examples=EXAMPLES)
async def meet(
    ctx: Context,
    when: Annotated[str, Arg(HELP, takes=lambda text: text.find("!") + 1)],
    title: Annotated[str, Arg(HELP)],
) -> Outcome:
    return None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Senin 19.00! Aljabar linear", {"when": "Senin 19.00!", "title": "Aljabar linear"}),
        ("Senin 19.00!", {"when": "Senin 19.00!"}),
        ("Aljabar linear", {"title": "Aljabar linear"}),
        ("", {}),
    ],
)
def test_a_parameter_may_take_several_words_before_another(text: str, parts: dict[str, str]) -> None:
    assert split(meet, text) == parts


def test_lines_follow_the_line_of_the_prompt() -> None:
    given = split(add, "Berapa dua tambah dua?\nempat\n\n lima \n")
    assert given == {"prompt": "Berapa dua tambah dua?", "options": "empat\n\n lima"}
    result = bind(add, given)
    assert isinstance(result, Missing)
    assert result.bound["options"] == ("empat", "lima")
    assert [choice.label for choice in result.choices] == ["empat", "lima"]
    assert bind(add, {**given, "right": "Lima"}) == Bound({**result.bound, "right": "1"})


@pytest.mark.parametrize("lines", ["satu", "1\n2\n3\n4\n5\n6", "\n\n"])
def test_too_few_or_too_many_lines_are_refused_or_asked_for(lines: str) -> None:
    given = {"prompt": "Berapa?", "options": lines}
    if lines.strip():
        with pytest.raises(Refusal, match="lines"):
            bind(add, given)
    else:
        assert bind(add, given) == Missing(add.params[1], (), {"prompt": "Berapa?"})


def test_a_text_that_is_too_long_is_refused_with_its_length() -> None:
    with pytest.raises(Refusal) as refused:
        bind(quiz, {"topic": "x" * 21})
    assert refused.value.text.args == {"length": 21, "most": 20}


@pytest.mark.parametrize("given", [{}, {"right": "0"}])
def test_a_choice_with_nothing_to_choose_is_left_out(given: dict[str, str]) -> None:
    async def handler(ctx: Context, right: Annotated[str, Arg(HELP, offer=lambda known: ())], note: NOTE) -> Outcome:
        return None

    declared = command("pick", right=Role.MEMBER, summary=HELP, examples=EXAMPLES)(handler)
    result = bind(declared, {**given, "note": "words"})
    assert result == Bound({"right": None, "note": "words"})
