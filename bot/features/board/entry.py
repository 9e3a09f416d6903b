"""Needs and offers among what can be searched for."""

from collections.abc import Mapping, Sequence

from bot.chat.text import Line, Moment, T, bold
from bot.command import Finding
from bot.context import Context
from bot.domain.board import Slip, State
from bot.domain.search import Entry
from bot.features.board import page

FOUND_AS = "board"


async def index(ctx: Context, slip: Slip) -> None:
    """Let it be found by its words while it hangs; nobody is found by name."""
    if slip.state is not State.OPEN:
        return await ctx.unit.searches.drop(slip.community, FOUND_AS, slip.id)
    entry = Entry(slip.community, FOUND_AS, slip.id, slip.title, slip.text, slip.tags, slip.at, "", (slip.state,))
    return await ctx.unit.searches.put(entry)


def line(slip: Slip) -> Line:
    """Its name, which way it goes, its first words, and how it stands."""
    ends: Line = (T("until {when}", when=Moment(slip.ends_at)),)
    stands = ends if slip.state is State.OPEN else (page.STATES[slip.state],)
    return (bold(f"{slip.name} "), page.SIDES[slip.side], " · ", slip.title, " · ", *stands)


async def _found(ctx: Context, numbers: Sequence[int]) -> Mapping[int, Line]:
    return {each.id: line(each) for each in await ctx.unit.board.some(ctx.community.id, numbers)}


FINDING = Finding(FOUND_AS, T("Need or offer"), _found, page.show, ("papan", "need", "offer", "butuh"))
