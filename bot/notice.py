"""What somebody has yet to be told, added below the next private answer that has room for it."""

from dataclasses import replace

from bot.chat.message import Message, Outcome, Reply
from bot.context import Context
from bot.index import Index


async def add_notices(ctx: Context, index: Index, outcome: Outcome) -> Outcome:
    """The answer with everything that waits for its reader below it; each is told once."""
    if ctx.seat is None or not ctx.seat.notices:
        return outcome
    match outcome:
        case Message():
            return Reply(await _below(ctx, index, outcome), personal=True)
        case Reply() if not outcome.public:
            return replace(outcome, message=await _below(ctx, index, outcome.message), personal=True)
        case _:
            return outcome


async def _below(ctx: Context, index: Index, message: Message) -> Message:
    blocks = list(message.blocks)
    for notice in await ctx.unit.notices.take(ctx.community.id, ctx.person.id):
        kind = index.jobs.get(notice.kind)
        told = await kind.handler(ctx, notice.subject) if kind else None
        if isinstance(told, Message):
            blocks += told.blocks
    return replace(message, blocks=tuple(blocks))
