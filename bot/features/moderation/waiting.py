"""A held message on its way: why it waits, what its author hears, and what becomes of it in the group."""

from collections.abc import Mapping

from bot.chat.act import Act, Remove
from bot.chat.errors import Gone, PlatformError
from bot.chat.message import Block, Message, Quote, card, say
from bot.chat.text import T
from bot.command import job
from bot.context import Context
from bot.domain import jobs
from bot.domain.held import KEPT, Held, State
from bot.domain.moderation import Deed
from bot.domain.watch import Sign
from bot.features.moderation import check
from bot.features.moderation.pace import GAP
from bot.features.record import note

WHY: Mapping[Sign, T] = {
    Sign.FLOOD: T("many messages at once"),
    Sign.REPEAT: T("the same words again and again"),
    Sign.MENTIONS: T("many people called at once"),
    Sign.LINK: T("a link that somebody looks at first"),
}


async def tell_author(ctx: Context, held: Held) -> None:
    """Tell in private that it waits and why, but not again for some time."""
    last = await ctx.unit.jobs.get(held.community, f"{waits.name}:0:p{held.author}")
    if last is None or last.due_at + GAP <= ctx.now:
        await ctx.tell(held.author, waits, 0)


@job("held-waits")
async def waits(ctx: Context, _subject: int) -> Message | jobs.State:
    """What the author hears about the newest one; what was decided meanwhile is no news."""
    theirs = await ctx.unit.holds.of(ctx.community.id, ctx.person.id, ctx.now - KEPT)
    held = next((each for each in theirs if each.state is State.OPEN and each.hidden), None)
    if held is None:
        return jobs.State.DROPPED
    why = T("I held it back by myself: {why}.", why=WHY[held.signs[0]])
    if held.asked:
        then = T("I have done nothing with it yet. Send it without that, or wait until a moderator has looked at it.")
    else:
        then = T("A moderator looks at it; until then nobody else reads it. There is no need to send it again.")
    return card(T("Your message waits"), *_quoted(held), why, then)


@job("held-judged")
async def judged(ctx: Context, subject: int) -> Message | jobs.State:
    """What the author hears when it was decided."""
    held = await ctx.unit.holds.get(ctx.community.id, subject)
    if held is None or held.state not in (State.STANDS, State.DROPPED, State.EXEMPT):
        return jobs.State.DROPPED
    if held.state is State.DROPPED:
        text = T("A moderator looked at it and took it out of the group.")
        return card(T("About your message"), *_quoted(held), text)
    if held.asked:
        text = T("It can stand. Send it once more, and I do what it says.")
    elif held.file:
        text = T("It can stand. I can't bring its file back, so please send it once more.")
    else:
        text = T("It can stand. I put the words back into the group.")
    return card(T("About your message"), *_quoted(held), text)


@job("held-again")
async def again(ctx: Context, subject: int) -> Message | jobs.State:
    """What was taken away and may stand, said again: a deleted message cannot be brought back."""
    held = await ctx.unit.holds.get(ctx.community.id, subject)
    if held is None or held.state is not State.STANDS or not held.words:
        return jobs.State.DROPPED
    return card(T("{name} wrote:", name=await check.named(ctx, held.author)), *_quoted(held))


async def _dropped(ctx: Context, subject: int, error: PlatformError | None, _gave: str) -> None:
    """It is gone, or whoever decided so hears that it is not."""
    held = await ctx.unit.holds.get(ctx.community.id, subject)
    if held and error and not isinstance(error, Gone):
        await note(ctx, Deed.FAIL, person=held.author, subject=subject)
        await ctx.tell(held.judge, stays, subject)


@job("held-take", after=_dropped)
async def dropping(ctx: Context, subject: int) -> Act | jobs.State:
    """Delete a message that could not be taken away before."""
    held = await ctx.unit.holds.get(ctx.community.id, subject)
    gone = held is not None and held.state in (State.DROPPED, State.WARNED)
    return Remove(held.at) if held and gone else jobs.State.DROPPED


@job("held-stays")
async def stays(_ctx: Context, _subject: int) -> Message:
    """What a moderator hears whose decision the platform did not carry out."""
    text = T("I could not delete the message that waited: the platform did not let me.")
    return say(text, T("Please delete it by hand. The decision stands in the record."))


def _quoted(held: Held) -> tuple[Block, ...]:
    return (Quote((held.words,)),) if held.words else ()
