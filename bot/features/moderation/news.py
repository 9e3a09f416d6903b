"""What somebody hears of a sanction about them: what, why, until when, by which rule, and how to appeal."""

from bot.chat.message import Block, Button, Message, Paragraph, Quote, Row, card
from bot.chat.press import Press
from bot.chat.text import Moment, Shape, T, code
from bot.command import job
from bot.context import Context
from bot.dialogue import go
from bot.domain import jobs
from bot.domain.moderation import Appeal, Kind, Sanction, State, weight

TITLES = {
    Kind.WARNING: T("A warning from the moderators"),
    Kind.MUTE: T("You can't write here for a while"),
    Kind.BAN: T("You were put out of the group"),
}
APPEAL = "sanction-appeal"
"""The action that begins an appeal; named here because the card carries its button."""


@job("sanction", insists=True)
async def told(ctx: Context, subject: int) -> Message | jobs.State:
    """The card of a new sanction; one that was taken back meanwhile is not told at all."""
    sanction = await ctx.unit.sanctions.get(ctx.community.id, subject)
    if sanction is None or sanction.state is not State.ACTIVE:
        return jobs.State.DROPPED
    return await personal_card(ctx, sanction)


@job("sanction-over", insists=True)
async def over(ctx: Context, subject: int) -> Message | jobs.State:
    """It no longer holds, or it holds on after an appeal."""
    sanction = await ctx.unit.sanctions.get(ctx.community.id, subject)
    if sanction is None:
        return jobs.State.DROPPED
    if sanction.appeal is Appeal.UPHELD and sanction.state is State.ACTIVE:
        text = T("Another moderator looked at case {name}: it stands.", name=code(sanction.name))
    else:
        text = T("Case {name} was taken back. It counts no longer.", name=code(sanction.name))
    return card(T("About your case"), text)


async def personal_card(ctx: Context, sanction: Sanction) -> Message:
    """The sanction as the person sees it whom it is about; who decided it is not named."""
    blocks: list[Block] = [Paragraph((T("Reason: {reason}", reason=sanction.reason),))]
    if sanction.evidence.words:
        blocks.append(Quote((sanction.evidence.words,)))
    blocks.append(Paragraph((await standing_line(ctx, sanction),)))
    how = T("Do you see it otherwise? A moderator who did not decide this looks at it again.")
    if sanction.appeal is Appeal.NONE:
        blocks.append(Paragraph((how,)))
    return card(TITLES[sanction.kind], *blocks, rows=_rows(sanction))


async def standing_line(ctx: Context, sanction: Sanction) -> T:
    """How long it holds, and what warnings weigh together by now."""
    until = sanction.until
    if sanction.kind is not Kind.WARNING:
        if until is None:
            return T("Case {name}, without an end.", name=code(sanction.name))
        return T("Case {name}, until {when}.", name=code(sanction.name), when=Moment(until, Shape.FULL))
    active = await ctx.unit.sanctions.active(sanction.community, sanction.person, Kind.WARNING, ctx.now)
    ladder = ctx.community.moderation.ladder
    most = ladder[-1].points if ladder else 0
    count = weight(active, ctx.now)
    when = Moment(until, Shape.SHORT) if until else T("further notice")
    if not most:
        return T("Case {name}, counts until {when}.", name=code(sanction.name), when=when)
    return T(
        "Case {name}: {count} of {most}, counts until {when}.",
        name=code(sanction.name),
        count=count,
        most=most,
        when=when,
    )


def _rows(sanction: Sanction) -> tuple[Row, ...]:
    rules = Button(T("Our rules"), go("rules", scope=sanction.community))
    if sanction.appeal is not Appeal.NONE:
        return ((rules,),)
    appeal = Press(APPEAL, sanction.community, (sanction.id,), sanction.person)
    return ((Button(T("Appeal"), appeal), rules),)
