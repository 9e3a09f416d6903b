"""Who leads a group: asked of the platform when the bot comes, and once a week, so that reports find their readers."""

from datetime import timedelta

import msgspec

from bot.chat.act import Act, Leader, Roll
from bot.chat.clean import clean_text
from bot.chat.errors import PlatformError
from bot.chat.places import Account, Role
from bot.command import Feature, job
from bot.context import Context
from bot.domain.jobs import Job
from bot.domain.people import Member

WEEK = timedelta(days=7)

_LEADERS = msgspec.json.Decoder(tuple[Leader, ...])


async def begin(ctx: Context) -> None:
    """Ask as soon as the bot has come in."""
    await ctx.post_in(ctx.place, ask)


async def _heard(ctx: Context, _subject: int, error: PlatformError | None, gave: str) -> None:
    """Remember whom to write to; nobody gets a right by it, for that is asked anew at every act."""
    for leader in () if error else _LEADERS.decode(gave):
        await _note(ctx, leader)
    key = f"{ask.name}:again:{ctx.place.platform}:{ctx.place.chat}"
    await ctx.unit.jobs.put(Job(ctx.community.id, key, ask.name, 0, ctx.now + WEEK, ctx.place))


@job("roll", after=_heard)
async def ask(_ctx: Context, _subject: int) -> Act:
    """Ask the platform."""
    return Roll()


async def _note(ctx: Context, leader: Leader) -> None:
    account = Account(ctx.place.platform, leader.id)
    people = ctx.unit.people
    person = await people.of_account(account) or await people.add(account, clean_text(leader.name), "")
    seat = await people.join(Member(ctx.community.id, person.id))
    await people.note_standing(seat, Role(leader.role))


FEATURE = Feature(jobs=(ask,), joined=begin)
