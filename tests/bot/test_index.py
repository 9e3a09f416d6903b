"""A command is found in any of its spellings, and two of them cannot share one."""

from typing import Annotated

import pytest
from hypothesis import example, given

from bot.chat.message import Outcome
from bot.chat.places import Role
from bot.chat.text import T
from bot.command import Command, Example, Feature, action, command, job
from bot.context import Context
from bot.features import FEATURES
from bot.index import Index
from bot.param import Arg
from tests.bot.nasty import TEXTS, bad_inputs

HELP = T("Anything")


def declare(path: str, *aliases: str) -> Command:
    @command(path, right=Role.MEMBER, summary=HELP, examples=(Example(f"/{path}", HELP),), aliases=aliases)
    async def handler(ctx: Context, text: Annotated[str, Arg(HELP)] = "") -> Outcome:
        return None

    return handler


QUIZ, ADD, WARN = (
    declare("quiz", "kuis"),
    declare("quizbank add", "banksoal tambah"),
    declare("warn", "daftar_peringatan"),
)
INDEX = Index([Feature((QUIZ, ADD), groups=(("quizbank", HELP),)), Feature((WARN,))])


@pytest.mark.parametrize(
    ("line", "found", "rest"),
    [
        ("quiz", QUIZ, ""),
        ("QUIZ", QUIZ, ""),
        ("kuis aljabar 5", QUIZ, " aljabar 5"),
        ("quiz\u00a0daily", QUIZ, "\u00a0daily"),
        ("quiz\n\n\n", QUIZ, ""),
        ("quiz \\", QUIZ, " \\"),
        ("quizbank add  Berapa?\nsatu", ADD, "  Berapa?\nsatu"),
        ("Bank-Soal   Tambah Berapa?", ADD, " Berapa?"),
        ("bank_soal tambah", ADD, ""),
        ("daftarperingatan", WARN, ""),
        ("daftar-peringatan", WARN, ""),
    ],
)
def test_a_command_is_found_in_any_spelling(line: str, found: Command, rest: str) -> None:
    result = INDEX.find(line)
    assert result is not None
    assert (result.command, result.rest) == (found, rest)


@pytest.mark.parametrize(
    "line", ["", " ", "quizbank", "banksoal", "рin", "qu iz", "quiz5", "forwarded: /warn", "/warn"]
)
def test_other_words_are_no_command(line: str) -> None:
    assert INDEX.find(line) is None


@given(line=TEXTS)
@example(line="quiz " * 800)
@example(line="_")
@example(line="- -")
def test_any_line_is_searched(line: str) -> None:
    found = INDEX.find(line)
    assert found is None or line.strip().endswith(found.rest)
    assert isinstance(INDEX.near(line), str)
    assert INDEX.group(line) in {"", "quizbank"}


@pytest.mark.parametrize(("name", "line"), bad_inputs("command"))
def test_collected_bad_commands_are_searched(name: str, line: str) -> None:
    found = INDEX.find(line.lstrip("/"))
    assert found is None or found.command in {QUIZ, WARN}


@pytest.mark.parametrize("line", ["quizbank", "banksoal", "QuizBank hapus", "bank_soal"])
def test_the_first_word_of_a_group_names_the_group(line: str) -> None:
    assert INDEX.group(line) == "quizbank"


@pytest.mark.parametrize(
    ("line", "near"), [("kuiss", "kuis"), ("quizz 5", "quiz"), ("wran", "warn"), ("zzz", ""), ("", "")]
)
def test_what_was_probably_meant_is_suggested(line: str, near: str) -> None:
    assert INDEX.near(line) == near


@pytest.mark.parametrize("path", ["quiz", "KUIS", "ku_is", "bank-soal tambah"])
def test_two_commands_cannot_share_a_name(path: str) -> None:
    with pytest.raises(ValueError, match="two commands"):
        Index([Feature((QUIZ, ADD)), Feature((declare(path),))])


def test_two_buttons_or_jobs_cannot_share_a_name() -> None:
    @action("go", right=Role.MEMBER)
    async def go(ctx: Context, number: int) -> Outcome:
        return None

    @job("card")
    async def show(ctx: Context, subject: int) -> None:
        return None

    assert set(Index([Feature(actions=(go,), jobs=(show,))]).actions) == {"go"}
    with pytest.raises(ValueError, match="two declarations"):
        Index([Feature(actions=(go,)), Feature(actions=(go,))])
    with pytest.raises(ValueError, match="two declarations"):
        Index([Feature(jobs=(show, show))])


@pytest.mark.parametrize(
    ("line", "group"),
    [
        ("quizbank", "quizbank"),
        ("question", "question"),
        ("group", "group"),
        ("grup", "group"),
        ("jedakuis", "quizpause"),
        ("ask", ""),
    ],
)
def test_a_first_word_names_its_group(line: str, group: str) -> None:
    index = Index(FEATURES)
    assert index.group(line) == group
    assert bool(index.members(group)) is bool(group)
