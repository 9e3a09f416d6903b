"""What somebody has yet to be told, added below the next private answer that has room for it."""

from dataclasses import replace
from itertools import chain

from bot.chat.message import Block, Message, Outcome, Reply
from bot.context import Context
from bot.index import Index


async def add_notices(ctx: Context, index: Index, outcome: Outcome) -> Outcome:
    """The answer with everything that waits for its reader below it; each is told once."""
    if ctx.seat is None or not ctx.seat.notices:
        return outcome
    match outcome:
        case Message():
            return Reply(await _below(ctx, index, outcome), personal=True)
        # What replaces a message may stand in public, and is replaced itself by the next tap.
        case Reply() if not (outcome.public or outcome.replaces):
            return replace(outcome, message=await _below(ctx, index, outcome.message), personal=True)
        case _:
            return outcome


async def _below(ctx: Context, index: Index, message: Message) -> Message:
    told: list[tuple[Block, ...]] = []
    for notice in await ctx.unit.notices.take(ctx.community.id, ctx.person.id):
        kind = index.jobs.get(notice.kind)
        composed = await kind.handler(ctx, notice.subject) if kind else None
        # What was to be said on several days may have come to the same by now.
        if isinstance(composed, Message) and composed.blocks not in told:
            told.append(composed.blocks)
    return replace(message, blocks=message.blocks + tuple(chain.from_iterable(told)))
