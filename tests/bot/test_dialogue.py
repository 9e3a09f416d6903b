"""What a waiting command knows, and which presses and forms go on with it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bind import Bound, Missing, bind
from bot.chat.errors import Refusal
from bot.chat.events import Invoked, Pressed, Sender
from bot.chat.message import Outcome
from bot.chat.places import Account, Place, Role
from bot.chat.press import Signed, sign, verify
from bot.chat.text import T
from bot.command import Example, action, command
from bot.context import Context
from bot.dialogue import FILL, OPEN, SKIP, filled, go, judge, open_params, pressed_command, skipped, typed, typed_words
from bot.features import FEATURES
from bot.index import Found, Index
from bot.param import Arg
from bot.repository import Pending
from tests.bot.nasty import TEXTS

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HERE, ANI = Place("fake", "1"), Account("fake", "7")
HELP = T("Anything")
KEYS = [b"k" * 32]
INDEX = Index(FEATURES)


@command("ask", right=Role.MEMBER, summary=HELP, examples=(Example("/ask Kenapa?", HELP),))
async def ask(
    ctx: Context,
    question: Annotated[str, Arg(HELP)],
    topic: Annotated[str, Arg(HELP, later=True)] = "",
    level: Annotated[int, Arg(HELP)] = 1,
) -> Outcome:
    return None


@action("pick", right=Role.MEMBER)
async def pick(ctx: Context, number: int, word: str) -> Outcome:
    return None


WAITING = Pending(HERE, ANI, 1, "ask", {"question": "Kenapa?"}, "topic", NOW)


def invoked(line: str, values: dict[str, str] | None = None) -> Invoked:
    return Invoked(key="k", at=NOW, place=HERE, sender=Sender(ANI), line=line, values=values)


def pressed(data: str) -> Pressed:
    return Pressed(key="k", at=NOW, place=HERE, sender=Sender(ANI), data=data)


@given(text=TEXTS)
def test_words_fill_what_was_asked_for(text: str) -> None:
    known = filled(WAITING, ask, text, None)
    assert known == {"question": "Kenapa?", "topic": text}


def test_a_press_fills_or_skips_what_was_asked_for() -> None:
    by_press = filled(WAITING, ask, None, Signed(FILL, 1, 0, ("topic", "fisika")))
    assert by_press == {"question": "Kenapa?", "topic": "fisika"}
    known = filled(WAITING, ask, None, Signed(SKIP, 1, 0, ("topic",)))
    assert skipped(known) == ("topic",)
    assert bind(ask, known, skipped(known)) == Bound({"question": "Kenapa?", "topic": "", "level": 1})


def test_a_press_of_an_earlier_question_is_refused() -> None:
    with pytest.raises(Refusal, match="no longer open"):
        filled(WAITING, ask, None, Signed(FILL, 1, 0, ("question", "x")))


def test_a_deep_link_goes_on_with_what_is_known() -> None:
    assert filled(WAITING, ask, None, Signed(OPEN, 1, 0, ())) == {"question": "Kenapa?"}


@given(text=TEXTS)
def test_no_person_can_type_the_mark_of_what_was_skipped(text: str) -> None:
    for event in (invoked("ask", {"topic": text}), invoked("ask", {"topic": "\0skipped"})):
        assert not skipped(typed(event, Found(ask, "")))


@given(values=st.dictionaries(st.sampled_from(["question", "topic"]), TEXTS))
def test_named_values_are_made_fit_to_be_stored(values: dict[str, str]) -> None:
    known = typed(invoked("ask", values), Found(ask, ""))
    assert set(known) == set(values)
    assert not any("\0" in value for value in known.values())
    "".join(known.values()).encode()


def test_typed_words_are_cut_into_arguments() -> None:
    assert typed(invoked("ask Kenapa langit biru?"), Found(ask, " Kenapa")) == {"question": "Kenapa"}


def early(ctx: Context, words: str) -> None:
    if ctx.now >= NOW:
        raise Refusal(T("Too late."))


@command("meet", right=Role.MEMBER, summary=HELP, examples=(Example("/meet now", HELP),))
async def meet(
    ctx: Context, when: Annotated[str, Arg(HELP, judge=early)], note: Annotated[str, Arg(HELP)] = ""
) -> Outcome:
    return None


def test_what_holds_no_longer_is_asked_again_and_the_rest_is_kept() -> None:
    known = {"when": "now", "note": "x"}
    bound = bind(meet, known)
    assert isinstance(bound, Bound)
    late = Context(None, NOW, Random(1), HERE)  # type: ignore[arg-type]
    assert judge(late, meet, bound, known) == (Missing(meet.params[0], (), {}), {"note": "x"}, T("Too late."))
    in_time = replace(late, now=NOW - timedelta(minutes=1))
    assert judge(in_time, meet, bound, known) == (bound, known, None)


def test_a_form_asks_for_what_is_open() -> None:
    assert open_params(ask, {}) == ("question", "topic")
    assert open_params(ask, {"question": "Kenapa?"}) == ("topic",)
    assert isinstance(bind(ask, {}), Missing)


def test_a_press_is_typed_as_its_action_declares() -> None:
    signed = verify(sign(pick(1, 42, "ya"), KEYS), KEYS)
    assert typed_words(signed, pick) == (42, "ya")


@pytest.mark.parametrize("words", [(), ("1",), ("1", "a", "b"), ("01", "a"), ("+1", "a"), ("", "a")])
def test_a_press_whose_words_do_not_fit_is_too_old(words: tuple[str, ...]) -> None:
    with pytest.raises(Refusal, match="too old"):
        typed_words(Signed("pick", 1, 0, words), pick)


@pytest.mark.parametrize("path", [each.path for each in INDEX.commands])
def test_a_button_that_runs_a_command_finds_it(path: str) -> None:
    data = sign(go(path, scope=1), KEYS)
    found = INDEX.find(pressed_command(pressed(data), verify(data, KEYS), INDEX).line)
    assert found is not None
    assert (found.command.path, found.rest) == (path, "")


def test_a_button_that_runs_a_command_may_carry_a_word() -> None:
    data = sign(go("quiz", "sel-darah"), KEYS)
    assert pressed_command(pressed(data), verify(data, KEYS), INDEX).line == "quiz sel-darah"
