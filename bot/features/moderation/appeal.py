"""Appeals: somebody else than whoever decided looks at it again."""

from dataclasses import replace
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Button, Message, Outcome, Quote, Reply, Row, say
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import action, job
from bot.context import Context
from bot.domain import jobs
from bot.domain.moderation import Appeal, Deed, Sanction, State
from bot.features.moderation import case, check, news, sentence
from bot.features.moderation.tell import reads, tell_moderators
from bot.features.record import note
from bot.param import Arg

UPHOLD, LIFT = "uphold", "lift"


@action(news.APPEAL, right=Role.GUEST)
async def appeal(
    ctx: Context,
    number: int,
    plea: Annotated[str, Arg(help=T("How you see it"), ask=T("How do you see it? One message is enough."), most=1000)],
) -> Outcome:
    """Ask that somebody else looks at it."""
    sanction = await sentence.find(ctx, number, held=True)
    if sanction.person != ctx.person.id:
        raise Refusal(T("This button is for somebody else."))
    if sanction.appeal is not Appeal.NONE or not sanction.holds(ctx.now):
        raise Refusal(T("There is nothing to appeal against any more."))
    await ctx.unit.sanctions.save(replace(sanction, appeal=Appeal.OPEN, plea=plea))
    await note(ctx, Deed.APPEAL, person=sanction.person, subject=sanction.id, why=plea)
    reached = await tell_moderators(ctx, appealed, sanction.id, but=(*sanction.deciders, sanction.person))
    if not reached:
        # Nobody else is known yet: organisers who decide nothing themselves see it in /modlog, so it is not lost.
        return say(T("Saved. There is no second moderator yet; it waits until somebody else can look at it."))
    return say(T("Saved. A moderator who did not decide this looks at it and you hear the outcome here."))


@job("sanction-appealed")
async def appealed(ctx: Context, subject: int) -> Message | jobs.State:
    """What other moderators hear of an appeal."""
    sanction = await ctx.unit.sanctions.get(ctx.community.id, subject)
    if sanction is None or sanction.appeal is not Appeal.OPEN or not await reads(ctx):
        return jobs.State.DROPPED
    shown = await case.moderator_card(ctx, sanction)
    return replace(shown, blocks=(*shown.blocks, Quote((sanction.plea,))), rows=_rows(sanction))


@action("sanction-judge", right=Role.MODERATOR)
async def judge(ctx: Context, number: int, verdict: str) -> Outcome:
    """Decide about an appeal; never about what one decided oneself, nor about oneself."""
    sanction = await sentence.find(ctx, number, held=True)
    if ctx.person.id in (*sanction.deciders, sanction.person):
        raise Refusal(T("Somebody else decides about this appeal, not you."))
    if sanction.appeal is not Appeal.OPEN:
        raise Refusal(T("This appeal was decided before."))
    if verdict == LIFT and sanction.holds(ctx.now):
        if need := check.ENDING.get(sanction.kind):
            await check.can_somewhere(ctx, need)
        granted = replace(sanction, appeal=Appeal.GRANTED, judge=ctx.person.id)
        await sentence.end(ctx, granted, State.LIFTED, Deed.LIFT)
    else:
        appealed_ = Appeal.GRANTED if verdict == LIFT else Appeal.UPHELD
        await ctx.unit.sanctions.save(replace(sanction, appeal=appealed_, judge=ctx.person.id))
        await note(ctx, Deed.LIFT if verdict == LIFT else Deed.UPHOLD, person=sanction.person, subject=sanction.id)
    await ctx.tell(sanction.person, news.over, sanction.id)
    return Reply(say(T("Decided: {name}. The person hears of it.", name=code(sanction.name))), replaces=True)


def _rows(sanction: Sanction) -> tuple[Row, ...]:
    scope, number = sanction.community, sanction.id
    return (
        (Button(T("It stands"), judge(scope, number, UPHOLD)), Button(T("Take it back"), judge(scope, number, LIFT))),
    )
