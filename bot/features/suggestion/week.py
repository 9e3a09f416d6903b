"""What the digest tells of suggestions: how many are new, and how many got an answer."""

from collections.abc import Sequence
from datetime import timedelta

from bot.chat.text import Line, T, code
from bot.context import Context
from bot.domain.suggestion import State, Wish

MOST_READ = 100
"""Suggestions that are looked at, the newest."""


async def lines(ctx: Context, span: timedelta) -> Sequence[Line]:
    """One line at the most."""
    newest = await ctx.unit.suggestions.page(ctx.community.id, Wish(), 0, MOST_READ)
    since = ctx.now - span
    new = sum(each.at > since for each in newest)
    answered = sum(each.moved_at > since and each.state is not State.NEW for each in newest)
    if not (new or answered):
        return ()
    more = code("/suggestions")
    text = T(
        "{n} new suggestion, {answered} answered: {command}",
        "{n} new suggestions, {answered} answered: {command}",
        n=new,
        answered=answered,
        command=more,
    )
    return ((text,),)
