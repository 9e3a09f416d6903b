"""What a card says of a session that is over."""

from bot.chat.text import Line, Run, T
from bot.context import Context
from bot.domain.agenda import Occurrence
from bot.domain.library import shorten
from bot.features.session import attend

LONGEST_SHOWN = 60
"""Characters of an address as it is shown; the link is whole."""

LONGEST_EXCERPT = 600
"""Characters of what was done that stand on the card."""


async def outcome(ctx: Context, one: Occurrence) -> tuple[Line, ...]:
    """How many came, the notes, and what was done; only what is known."""
    count = len(await attend.there(ctx, one))
    came: tuple[Line, ...] = ((T("{n} person was there.", "{n} people were there.", n=count),),) if count else ()
    return (*came, *written(one))


def written(one: Occurrence) -> tuple[Line, ...]:
    """The notes and what was done, as far as somebody wrote them."""
    notes, recap = one.change.notes, one.change.recap
    link: Line = (T("Notes:"), " ", Run(shorten(notes.removeprefix("https://"), LONGEST_SHOWN), url=notes))
    words: Line = (T("What was done:"), " ", shorten(recap, LONGEST_EXCERPT))
    return (*((link,) if notes else ()), *((words,) if recap else ()))
