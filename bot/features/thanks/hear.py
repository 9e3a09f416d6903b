"""Thanks among people: a word in reply to somebody, and a mark at their message. Nobody is answered in words."""

from collections.abc import Callable
from datetime import datetime

from bot.chat.clean import clean_text
from bot.chat.events import Quoted, Reacted, Typed
from bot.chat.message import Outcome, Silence
from bot.chat.places import Account, Ref
from bot.context import Context
from bot.domain.courtesy import is_thanks
from bot.domain.people import Member
from bot.domain.thanks import FRESH, Way
from bot.features.thanks.give import author, forget, thank, unthank
from bot.features.thanks.say import named, receipt
from bot.followup import Listening


def _begin() -> Callable[[Typed], Quoted | None]:
    return _meant


def _meant(event: Typed) -> Quoted | None:
    """The message that is thanked for, None where nothing like that is said."""
    quoted = event.quoted
    if event.reply is None or quoted is None or quoted.account in (None, event.sender.account) or event.urls:
        return None
    return quoted if is_thanks(clean_text(event.text)) else None


async def _heard(ctx: Context, event: Typed, quoted: Quoted) -> Outcome:
    """A word of thanks, which is no answer to anything; where it does not count, nothing is said."""
    if ctx.who is None or ctx.seat is None or quoted.account is None or _is_old(ctx, event.reply_at):
        return Silence()
    receiver = await _person(ctx, quoted.account, quoted.name)
    if await thank(ctx, receiver, Way.WORD, event.reply):
        return Silence()
    return receipt(await named(ctx, receiver), quiet=True)


WORDS = Listening(_begin, _heard)


async def marked(ctx: Context, event: Reacted) -> None:
    """Folded hands or a heart, put there or taken away."""
    if ctx.who is None or ctx.seat is None:
        return
    if not event.likes:
        await unthank(ctx, event.message, Way.MARK)
    elif not _is_old(ctx, event.written):
        known = await _person(ctx, event.author, "") if event.author else await author(ctx, event.message)
        if known:
            await thank(ctx, known, Way.MARK, event.message)


async def erased(ctx: Context, message: Ref) -> None:
    """A message that somebody was thanked for is gone."""
    await forget(ctx, message)


def _is_old(ctx: Context, at: datetime | None) -> bool:
    """Whether what was written then is too old to be thanked for in passing; platforms do not always tell."""
    return at is not None and ctx.now - at >= FRESH


async def _person(ctx: Context, account: Account, name: str) -> int:
    """Whose account that is, from now on a member: they have written here."""
    found = await ctx.unit.people.of_account(account) or await ctx.unit.people.add(account, clean_text(name), "")
    # Who is a member already is not held by that: both people of thanks are held in one order.
    if await ctx.unit.people.seat(ctx.community.id, found.id) is None:
        await ctx.unit.people.join(Member(ctx.community.id, found.id, since=ctx.now))
    return found.id
