"""Every command is legal on both platforms, explained in both languages, and works as its examples say."""

import re
from collections.abc import Iterator
from itertools import chain

import pytest

from bot.bind import Bound, Missing, bind, split
from bot.chat.places import Role
from bot.chat.press import MOST_BYTES, Press, sign
from bot.chat.text import T
from bot.command import Action, Command, Menu
from bot.dialogue import ACTIONS, CANCEL, FILL, SKIP, go
from bot.features import FEATURES
from bot.features.bank.show import LONGEST_WORD
from bot.index import Index
from bot.param import Kind, Param
from bot.speech import LANGUAGES, Speech

INDEX = Index(FEATURES)
BIG = 10**9
"""More people, groups or quizzes than one installation will number."""

LONGEST_WORDS = {
    ("bank", 1): "x" * LONGEST_WORD,
    ("bank", 2): "p",
    ("rule", 0): "close-less",
    ("plan", 0): "20b41",
    ("plan", 1): "x" * 32,
    ("live", 0): "20b41",
    ("live", 1): "x" * 32,
    ("solo", 0): "20",
    ("solo", 1): "x" * 32,
}
"""The longest word in an action's argument, by the action's name and the argument's position."""

USUAL_WORD = "lively-ish"

commands = pytest.mark.parametrize("command", INDEX.commands, ids=lambda command: command.path)
actions = pytest.mark.parametrize("action", INDEX.actions.values(), ids=lambda action: action.name)


def said(text: T | str) -> list[str]:
    return [Speech(language).words(text) for language in LANGUAGES]


def paths(command: Command) -> list[str]:
    return [command.path, *command.aliases]


def helps(command: Command) -> Iterator[T]:
    yield command.summary
    for param in command.params:
        yield param.arg.help


@commands
def test_a_name_is_legal_on_both_platforms(command: Command) -> None:
    words = command.path.split(" ")
    assert len(words) <= 2
    for word in words:
        assert re.fullmatch(r"[a-z0-9-]{1,32}", word), "Discord: lower case"
        assert re.fullmatch(r"[a-z0-9_]{1,32}", word.replace("-", "_")), "Telegram"


@commands
def test_every_spelling_can_be_typed_on_telegram(command: Command) -> None:
    for path in paths(command):
        assert re.fullmatch(r"[a-z0-9_]{1,32}( [a-z0-9_]{1,32})?", path)


def test_every_spelling_means_one_command() -> None:
    spellings = [path for command in INDEX.commands for path in paths(command)]
    assert len(spellings) == len(set(spellings))
    for command in INDEX.commands:
        for path in paths(command):
            found = INDEX.find(path)
            assert found is not None
            assert found.command is command


def test_no_command_is_also_a_group() -> None:
    """Discord cannot run a command that has subcommands."""
    assert not {command.slash or command.path for command in INDEX.commands} & set(INDEX.groups)
    named = [path for command in INDEX.commands for path in (command.path, command.slash)]
    heads = {path.partition(" ")[0] for path in named if " " in path}
    assert heads == set(INDEX.groups)


@commands
def test_a_menu_shows_a_name_that_works(command: Command) -> None:
    if command.menu_name:
        assert command.menu is not Menu.NONE
        assert command.menu_name in command.aliases


@commands
def test_the_examples_do_what_they_say(command: Command) -> None:
    for example in command.examples:
        assert example.line.startswith("/")
        found = INDEX.find(example.line[1:])
        assert found is not None
        assert found.command is command
        # `bot.whom` puts people's numbers in the place of their names.
        people = {param.name: "#1" for param in command.params if param.kind is Kind.PERSON}
        given = {name: people.get(name, raw) for name, raw in split(command, found.rest).items()}
        assert isinstance(bind(command, given), Bound | Missing)
        assert all(said(example.note))


@commands
def test_an_empty_call_runs_or_asks(command: Command) -> None:
    result = bind(command, split(command, ""))
    if any(param.required for param in command.params):
        assert isinstance(result, Missing)
        assert result.param.arg.ask is not None, "a question, not a label"
    else:
        assert isinstance(result, Bound)


@commands
def test_help_is_there_in_both_languages_and_fits_discord(command: Command) -> None:
    for text in helps(command):
        english, indonesian = said(text)
        assert english != indonesian or not re.search("[a-z]{3}", english)
        assert 1 <= len(english) <= 100
        assert 1 <= len(indonesian) <= 100


@pytest.mark.parametrize("group", INDEX.groups)
def test_a_group_is_described_in_both_languages(group: str) -> None:
    assert all(1 <= len(words) <= 100 for words in said(INDEX.groups[group]))


@commands
def test_a_parameter_is_legal_on_discord(command: Command) -> None:
    names = [param.name for param in command.params]
    assert len(names) == len(set(names)) <= 25
    for param in command.params:
        assert re.fullmatch(r"[a-z0-9_]{1,32}", param.name)
        assert len(param.arg.choices) <= 25
        assert all(1 <= len(words) <= 100 for choice in param.arg.choices for words in said(choice.label))
        assert all(1 <= len(choice.value) <= 100 for choice in param.arg.choices)
        assert param.arg.least <= param.arg.most
        assert param.arg.most <= 6000 or param.kind in (Kind.INTEGER, Kind.FILE)


@commands
def test_what_may_be_left_out_before_something_else_can_be_told_from_it(command: Command) -> None:
    for param, *later in (command.params[start:] for start in range(len(command.params))):
        if not param.required and any(each.required for each in later):
            assert param.arg.form or param.arg.choices


@commands
def test_lines_are_asked_for_once(command: Command) -> None:
    """They take all the rest of what was typed."""
    assert [param.kind for param in command.params].count(Kind.LINES) <= 1


def test_no_command_is_larger_than_discord_takes() -> None:
    """At most 8,000 characters of names, descriptions and values; the longest language counts."""
    heads = {command.path.partition(" ")[0] for command in INDEX.commands}
    assert len(heads) <= 100
    for head in heads:
        members = [command for command in INDEX.commands if command.path.partition(" ")[0] == head]
        group = INDEX.groups.get(head)
        size = len(head) + (max(map(len, said(group))) if group else 0)
        assert size + sum(_size(command) for command in members) <= 8000
        assert len(members) <= 25


def _size(command: Command) -> int:
    return len(command.path) + max(map(len, said(command.summary))) + sum(map(_param_size, command.params))


def _param_size(param: Param) -> int:
    values = sum(len(choice.value) + max(map(len, said(choice.label))) for choice in param.arg.choices)
    return len(param.name) + max(map(len, said(param.arg.help))) + values


@pytest.mark.parametrize("where", [Menu.PRIVATE, Menu.GROUP, Menu.ADMIN], ids=lambda where: str(where.name))
def test_a_menu_is_short(where: Menu) -> None:
    most = 8 if where is Menu.ADMIN else 10
    shown = [command.path.partition(" ")[0] for command in INDEX.commands if command.menu & where]
    assert 1 <= len(set(shown)) <= most


def test_the_commands_that_telegram_asks_for_are_there() -> None:
    shown = {command.path for command in INDEX.commands if command.menu & Menu.PRIVATE}
    assert {"start", "help", "settings", "privacy"} <= shown


def test_an_administrator_s_menu_holds_nothing_for_members() -> None:
    assert all(command.right >= Role.MODERATOR for command in INDEX.commands if command.menu & Menu.ADMIN)


@actions
def test_a_button_holds_its_largest_arguments(action: Action) -> None:
    args = [
        BIG if kind is int else LONGEST_WORDS.get((action.name, position), USUAL_WORD)
        for position, kind in enumerate(action.types)
    ]
    assert len(sign(action(BIG, *args), [b"k" * 32])) <= MOST_BYTES


@actions
def test_an_action_s_name_can_be_packed_and_is_not_the_dialogue_s(action: Action) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9-]*", action.name)
    assert action.name not in ACTIONS


def test_the_longest_words_are_those_of_real_arguments() -> None:
    for name, position in LONGEST_WORDS:
        assert INDEX.actions[name].types[position] is str


@commands
def test_every_answer_to_a_question_fits_a_button(command: Command) -> None:
    presses = [Press(SKIP, BIG, (param.name,), BIG) for param in command.params]
    for param in command.params:
        presses += [Press(FILL, BIG, (param.name, choice.value), BIG) for choice in param.arg.choices]
        if param.arg.offer:
            presses.append(Press(FILL, BIG, (param.name, "a" * 8), BIG))
    for press in chain(presses, [Press(CANCEL, BIG, (), BIG), go(command.path, scope=BIG)]):
        assert len(sign(press, [b"k" * 32])) <= MOST_BYTES


def test_a_topic_of_the_bank_fits_a_button() -> None:
    assert len(sign(go("quiz", "x" * 32, scope=BIG), [b"k" * 32])) <= MOST_BYTES
