"""A need or an offer in public, without anybody's name; edited when it is settled or over."""

from bot.chat.message import Message, Paragraph, card
from bot.chat.text import T
from bot.command import job
from bot.context import Context
from bot.domain import jobs
from bot.domain.board import State
from bot.features.board import page
from bot.features.rich import rich


@job(page.CARD)
async def show(ctx: Context, subject: int) -> Message | jobs.State:
    """The card; where it does not stand yet, what hangs no more is not posted."""
    slip = await ctx.unit.board.get(ctx.community.id, subject)
    if slip is None:
        return jobs.State.DROPPED
    if slip.state is not State.OPEN:
        stands = await ctx.unit.cards.get(slip.community, f"{page.CARD}:{subject}", ctx.place)
        return card(page.title_of(slip), *rich(slip.text)) if stands else jobs.State.DROPPED
    how = T("One tap answers it. Names are passed on only if both agree.")
    return card(
        page.title_of(slip), *rich(slip.text), Paragraph(page.about(slip)), how, rows=((page.answering(slip),),)
    )
