"""What the digest tells of the board: how much is needed and offered."""

from collections.abc import Sequence
from datetime import timedelta

from bot.chat.text import Line, T, code
from bot.context import Context
from bot.domain.board import Side


async def lines(ctx: Context, _span: timedelta) -> Sequence[Line]:
    """One line at the most."""
    counts = await ctx.unit.board.counts(ctx.community.id)
    needs, offers = counts[Side.NEED], counts[Side.OFFER]
    if not (needs or offers):
        return ()
    text = T(
        "On the board: needs {needs}, offers {offers} · {command}", needs=needs, offers=offers, command=code("/board")
    )
    return ((text,),)
