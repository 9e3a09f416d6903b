"""Reporting a resource: moderators hear of it privately, nobody else does."""

from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Block, Button, Message, Outcome, Paragraph, say
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import action, job
from bot.context import Context
from bot.dialogue import go
from bot.domain import jobs
from bot.domain.library import Mark
from bot.features.library import page, queue
from bot.param import Arg

TOLD_AT = (1, 3, 10)
"""Reports of one resource of which moderators are told, so that a crowd does not become a flood."""

_MANY = 1000
"""A notice's subject is the resource times this, plus how many had reported it."""

LONGEST_REASON = 300


async def _above(ctx: Context, number: int) -> tuple[Block, ...]:
    resource = await page.find(ctx, number)
    return (Paragraph((T("You report {name}. Only moderators see it.", name=code(resource.name)),)),)


@action("library-report", right=Role.MEMBER, intro=_above)
async def report(
    ctx: Context,
    number: int,
    reason: Annotated[
        str,
        Arg(
            help=T("A dead link, a mistake, an advertisement ..."),
            ask=T("What is wrong with it? One sentence is enough."),
            most=LONGEST_REASON,
        ),
    ],
) -> Outcome:
    """Keep the report; each person's counts once until a moderator has decided."""
    resource = await page.find(ctx, number)
    if resource.author == ctx.person.id or not resource.is_shown:
        raise Refusal(page.TOO_OLD)
    library, scope = ctx.unit.library, resource.community
    if not await library.mark(scope, number, ctx.person.id, Mark.REPORT, ctx.now, reason):
        raise Refusal(T("You reported this already. A moderator will look at it."))
    count = (await library.marks(scope, (number,)))[number].reports
    if count in TOLD_AT:
        for person in await queue.moderators(ctx):
            await ctx.tell(person, reported, number * _MANY + count)
    return say(T("Thank you. The moderators have it now, and nobody else sees who reported."))


@job("library-reported")
async def reported(ctx: Context, subject: int) -> Message | jobs.State:
    """What moderators hear of a report that nobody has decided about."""
    number = subject // _MANY
    resource = await ctx.unit.library.get(ctx.community.id, number)
    count = (await ctx.unit.library.marks(ctx.community.id, (number,)))[number].reports
    if resource is None or not resource.is_shown or not count:
        return jobs.State.DROPPED
    text = T(
        "{n} person reported {name}: {title}", "{n} people reported {name}: {title}", n=count,
        name=code(resource.name), title=resource.title,
    )  # fmt: skip
    return say(text, rows=((Button(T("Review"), go("resources", "review", scope=ctx.community.id)),),))
