"""What somebody has yet to be told, added below the next private answer that has room for it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

import structlog

from bot.chat.act import Act, Together
from bot.chat.errors import Refusal
from bot.chat.message import Block, Message, Outcome, Reply
from bot.context import Context
from bot.domain.jobs import State
from bot.index import Index
from bot.repository import Notice

log = structlog.get_logger()


async def add_notices(ctx: Context, index: Index, outcome: Outcome) -> Outcome:
    """The answer with everything that waits for its reader below it; each is told once.

    Where a private answer may end as a link that nobody follows, it waits for the private chat.
    """
    here = ctx.abroad.get(ctx.place.platform)
    arrives = ctx.private or (here is not None and here.whispers)
    tells = isinstance(outcome, Reply) and outcome.tells
    if ctx.seat is None or not ctx.seat.notices or not (arrives or tells):
        return outcome
    match outcome:
        case Message():
            return Reply(await _below(ctx, index, outcome), personal=True)
        case Reply(tells=True) if not arrives:
            waiting = await ctx.unit.notices.waiting(ctx.community.id, ctx.person.id)
            return replace(outcome, message=await _with(ctx, index, outcome.message, waiting), personal=True)
        # What replaces a message may stand in public, and is replaced itself by the next tap.
        case Reply() if not (outcome.public or outcome.replaces):
            return replace(outcome, message=await _below(ctx, index, outcome.message), personal=True)
        case _:
            return outcome


async def _below(ctx: Context, index: Index, message: Message) -> Message:
    return await _with(ctx, index, message, await ctx.unit.notices.take(ctx.community.id, ctx.person.id))


async def _with(ctx: Context, index: Index, message: Message, waiting: Sequence[Notice]) -> Message:
    told: list[tuple[Block, ...]] = []
    for notice in waiting:
        composed = await _composed(ctx, index, notice)
        # What was to be said on several days may have come to the same by now.
        if isinstance(composed, Message) and composed.blocks not in told:
            told.append(composed.blocks)
    return replace(message, blocks=message.blocks + tuple(chain.from_iterable(told)))


async def _composed(ctx: Context, index: Index, notice: Notice) -> Message | Act | Together | State | None:
    """What there is to say; a mistake of ours in it must not cost the person every answer from now on."""
    kind = index.jobs.get(notice.kind)
    try:
        return await kind.handler(ctx, notice.subject) if kind else None
    except (Refusal, LookupError, ValueError, TypeError, AttributeError):
        log.exception("notice_failed", kind=notice.kind, subject=notice.subject)
        return None
