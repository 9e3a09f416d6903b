"""Saying in one's name whether something can be relied on: a resource of the library, or an answer."""

import re
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Outcome, Reply
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import Example, Feature, Menu, command
from bot.context import Context
from bot.features.library import judge as resources
from bot.features.library import page as resource_page
from bot.features.question import judge as answers
from bot.features.question import page as question_page
from bot.features.question import target
from bot.param import Arg, Choice

_RESOURCE = re.compile(r"r?(\d{1,8})", re.IGNORECASE | re.ASCII)
_FORM = r"r?\d{1,8}|q\d{1,8}(?:\.\d{1,3})?"
_CHOICES = (
    Choice("ok", T("I checked it: it is right")),
    Choice("source", T("it needs a source")),
    Choice("wrong", T("it is wrong or doubtful")),
)


@command(
    "verify",
    right=Role.MODERATOR,
    aliases=("verifikasi", "mod verify", "moderasi verifikasi"),
    summary=T("Say in your name whether a resource or an answer can be relied on"),
    examples=(
        Example("/verify R12 ok", T("Checked and right; your name stands beside it")),
        Example("/verifikasi Q12.1 source", T("The answer needs a source")),
        Example("/verify R12", T("Asks what you found")),
    ),
    menu=Menu.ADMIN,
    menu_name="verifikasi",
    slash="mod verify",
)
async def verify(
    ctx: Context,
    *,
    what: Annotated[
        str, Arg(help=T("Its name, like R12 or Q12.1; none for the answer that you reply to"), most=12, form=_FORM)
    ] = "",
    verdict: Annotated[str, Arg(help=T("ok, source or wrong"), ask=T("What did you find?"), choices=_CHOICES)],
) -> Outcome:
    """Give it that state in the moderator's name."""
    if found := _RESOURCE.fullmatch(what or ""):
        resource = await resource_page.find(ctx, int(found[1]), held=True)
        decided = await resources.decide(ctx, resource, verdict)
        return Reply(await resource_page.page(ctx, decided, T("Saved.")), personal=True)
    asked, nth = await target.meant(ctx, what or "")
    if not nth:
        raise Refusal(T("I need the name of an answer. Example: {example}", example=code(f"{asked.name}.1")))
    answer = await answers.decide(ctx, await question_page.find_answer(ctx, asked.id, nth), verdict)
    return Reply(await question_page.answer_page(ctx, asked, answer, T("Saved.")), personal=True)


FEATURE = Feature(commands=(verify,))
