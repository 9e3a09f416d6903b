"""A declaration is read from a function's signature, and a careless one does not import."""

from typing import Annotated, Any

import pytest

from bot.chat.message import Outcome
from bot.chat.places import Role
from bot.chat.press import Press
from bot.chat.text import T
from bot.command import Command, Example, Job, action, command, job
from bot.context import Context
from bot.param import Arg, Choice, Kind, Param

HELP = T("Anything")
EXAMPLES = (Example("/quiz", HELP),)
ARG = Arg(HELP)
CHOICES = Arg(HELP, choices=(Choice("a", "A"),))
OFFER = Arg(HELP, offer=lambda known: ())


def declared(handler: Any) -> Command:
    return command("quiz", right=Role.MEMBER, summary=HELP, examples=EXAMPLES)(handler)


def test_parameters_are_read_from_the_signature() -> None:
    async def handler(
        ctx: Context,
        text: Annotated[str, ARG],
        lines: Annotated[tuple[str, ...], ARG],
        one: Annotated[str, CHOICES],
        computed: Annotated[str, OFFER],
        size: Annotated[int, ARG] = 3,
        maybe: Annotated[int | None, ARG] = None,
        words: Annotated[str | None, ARG] = None,
    ) -> Outcome:
        return None

    assert declared(handler).params == (
        Param("text", Kind.TEXT, ARG, required=True),
        Param("lines", Kind.LINES, ARG, required=True),
        Param("one", Kind.CHOICE, CHOICES, required=True),
        Param("computed", Kind.CHOICE, OFFER, required=True),
        Param("size", Kind.INTEGER, ARG, required=False, default=3),
        Param("maybe", Kind.INTEGER, ARG, required=False),
        Param("words", Kind.TEXT, ARG, required=False),
    )


def test_a_parameter_is_found_by_its_name() -> None:
    async def handler(ctx: Context, size: Annotated[int, ARG] = 3) -> Outcome:
        return None

    assert declared(handler).param("size") == Param("size", Kind.INTEGER, ARG, required=False, default=3)
    assert declared(handler).param("other") is None


def test_a_parameter_without_its_words_does_not_import() -> None:
    async def bare(ctx: Context, size: int) -> Outcome:
        return None

    async def other(ctx: Context, size: Annotated[int, "words"]) -> Outcome:
        return None

    with pytest.raises(TypeError, match="size needs Annotated"):
        declared(bare)
    with pytest.raises(TypeError, match="size needs an Arg"):
        declared(other)


def test_a_command_without_a_right_or_an_example_does_not_import() -> None:
    with pytest.raises(TypeError, match="right"):
        command("quiz", summary=HELP, examples=EXAMPLES)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="needs an example"):
        command("quiz", right=Role.MEMBER, summary=HELP, examples=())


def test_the_platform_is_asked_for_the_standing_that_matters() -> None:
    async def handler(ctx: Context) -> Outcome:
        return None

    aware = command("quiz", right=Role.GUEST, summary=HELP, examples=EXAMPLES, role_aware=True)(handler)
    assert declared(handler).wants is Role.MEMBER
    assert aware.wants is Role.ORGANISER


@action("pick", right=Role.MEMBER)
async def pick(ctx: Context, number: int, word: str) -> Outcome:
    """An action of both types."""
    return None


def test_an_action_makes_the_press_for_its_button() -> None:
    assert pick(7, 42, "ya", owner=3) == Press("pick", 7, (42, "ya"), 3)


@pytest.mark.parametrize("args", [(), (42,), (42, "ya", 1), ("ya", 42), (42, 42)])
def test_arguments_that_do_not_fit_the_handler_are_refused(args: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError, match="pick takes"):
        pick(7, *args)


def test_a_button_carries_numbers_and_words_only() -> None:
    async def handler(ctx: Context, share: float) -> Outcome:
        return None

    with pytest.raises(TypeError, match="whole numbers and words"):
        action("share", right=Role.MEMBER)(handler)
    with pytest.raises(TypeError, match="right"):
        action("share")  # type: ignore[call-arg]


def test_a_job_is_named() -> None:
    async def handler(ctx: Context, subject: int) -> None:
        return None

    assert job("card")(handler) == Job("card", handler)
