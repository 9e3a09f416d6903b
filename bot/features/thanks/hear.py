"""Thanks among people: a word in reply to somebody, and a mark at their message. Nobody is answered in words."""

from collections.abc import Callable
from datetime import datetime

from bot.chat.clean import clean_text
from bot.chat.events import Quoted, Reacted, Typed
from bot.chat.message import Outcome, Silence
from bot.chat.places import Account, Ref
from bot.context import Context
from bot.domain.courtesy import is_thanks
from bot.domain.thanks import FRESH, Way
from bot.features.thanks.give import author, forget, thank, unthank
from bot.features.thanks.say import named, receipt
from bot.followup import Erasure, Listening
from bot.ports import Unit
from bot.whom import is_here, seat


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
    if ctx.who is None or ctx.seat is None or quoted.account is None or _is_old(ctx, quoted.at):
        return Silence()
    receiver = await _person(ctx, quoted.account, quoted.name, quoted.at)
    if not receiver or await thank(ctx, receiver, Way.WORD, event.reply):
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
        known = (
            await _person(ctx, event.author, "", event.written) if event.author else await author(ctx, event.message)
        )
        if known:
            await thank(ctx, known, Way.MARK, event.message)


async def _knows(unit: Unit, community: int, message: Ref) -> bool:
    """Whether somebody was thanked for that message."""
    return bool(await unit.gratitude.about(community, message))


ERASED = Erasure(_knows, forget)


def _is_old(ctx: Context, at: datetime | None) -> bool:
    """Whether what was written then is too old to be thanked for in passing; platforms do not always tell."""
    return at is not None and ctx.now - at >= FRESH


async def _person(ctx: Context, account: Account, name: str, written: datetime | None) -> int:
    """Whose account that is, a member from now on if they are here; 0 for who is not."""
    return (await seat(ctx, account, name)).id if await is_here(ctx, account, written) else 0
