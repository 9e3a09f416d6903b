"""Suggestions among what can be searched for."""

from collections.abc import Mapping, Sequence

from bot.chat.text import Line, T, bold
from bot.command import Finding
from bot.context import Context
from bot.domain.search import Entry
from bot.domain.suggestion import State, Suggestion
from bot.features.suggestion import page

FOUND_AS = "suggestion"


async def index(ctx: Context, suggestion: Suggestion) -> None:
    """Let it be found by its words and by how it stands now; a removed one no more.

    Who made it anonymously is found by no name.
    """
    if suggestion.state is State.REMOVED:
        return await ctx.unit.searches.drop(suggestion.community, FOUND_AS, suggestion.id)
    names = await ctx.unit.people.names([suggestion.author] if suggestion.author else [])
    entry = Entry(
        suggestion.community,
        FOUND_AS,
        suggestion.id,
        suggestion.title,
        suggestion.text,
        (),
        suggestion.at,
        names.get(suggestion.author, ""),
        (suggestion.state,),
    )
    return await ctx.unit.searches.put(entry)


async def lines(ctx: Context, found: Sequence[Suggestion]) -> tuple[Line, ...]:
    """A line for each: name, first words, what becomes of it, how many support it."""
    votes = await ctx.unit.suggestions.votes(ctx.community.id, [each.id for each in found])
    return tuple(
        (bold(f"{each.name} "), each.title, " · ", page.STATES[each.state], " · ", page.supported(votes[each.id]))
        for each in found
    )


async def _found(ctx: Context, numbers: Sequence[int]) -> Mapping[int, Line]:
    some = await ctx.unit.suggestions.some(ctx.community.id, numbers)
    return {each.id: line for each, line in zip(some, await lines(ctx, some), strict=True)}


FINDING = Finding(FOUND_AS, T("Suggestion"), _found, page.show, ("saran",))
