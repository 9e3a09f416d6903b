"""The menu of a group's first week: four commands, so that nobody must read a manual; then all of them."""

from datetime import timedelta

from bot.chat.act import Act, Menu
from bot.command import Feature, job
from bot.context import Context
from bot.domain.jobs import Job

WEEK = timedelta(days=7)
FIRST = ("quiz", "ask", "resources", "sessions")
"""What a group sees at first: to play, to ask, to read, to meet. Everything else works as well."""

SHORT, FULL = 1, 0


async def begin(ctx: Context) -> None:
    """Show little in every place of a group that was set up just now, and everything a week later."""
    for venue in await ctx.unit.communities.venues(ctx.community.id):
        await ctx.post_in(venue.place, show, SHORT)
        key = f"{show.name}:{FULL}:{venue.place.platform}:{venue.place.chat}"
        await ctx.unit.jobs.put(Job(ctx.community.id, key, show.name, FULL, ctx.now + WEEK, venue.place))


@job("menu")
async def show(_ctx: Context, subject: int) -> Act:
    """The short menu or the usual one."""
    return Menu(FIRST) if subject == SHORT else Menu()


FEATURE = Feature(jobs=(show,))
