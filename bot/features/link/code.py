"""Codes that join two groups: made by an organiser of the one, used in private by an organiser of the other."""

from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Button, Message, Outcome, Reply, Row, card, say
from bot.chat.places import Role
from bot.chat.text import Moment, Name, T, code
from bot.command import Example, action, command
from bot.context import Context
from bot.domain import link as codes
from bot.domain.link import CODE_LIFE, Code, Purpose
from bot.features.link import place
from bot.param import Arg

MOST_GROUPS = 5
UNDO = ("undo", "batal")


@command(
    "link",
    right=Role.GUEST,
    aliases=("tautkan", "group link", "grup tautkan"),
    summary=T("Join your group's second place, on Telegram or Discord, to it"),
    examples=(
        Example("/link", T("Says how, and makes a code")),
        Example("/link 7KQM-2XYZ", T("Uses a code, in private")),
        Example("/link undo", T("Parts groups that were joined lately (organisers)")),
    ),
    slash="group link",
    anywhere=True,
)
async def link(
    ctx: Context, words: Annotated[str, Arg(help=T("The code from the other group, or undo"), most=20)] = ""
) -> Outcome:
    """Say how, use a code, or show the way back."""
    if not words:
        return Reply(await _begin(ctx), personal=True)
    if words.strip().casefold() in UNDO:
        return Reply(await _lately(ctx), personal=True)
    here = ctx.abroad.get(ctx.place.platform)
    if not (ctx.private or (here and here.whispers)):
        raise Refusal(T("Codes are for private messages: send me this in our private chat."))
    return Reply(await _redeem(ctx, words), personal=True)


@action("link-issue", right=Role.ORGANISER)
async def issue(ctx: Context) -> Outcome:
    """Make a code that leads to this group."""
    drawn, expires = codes.draw(ctx.rng), ctx.now + CODE_LIFE
    wanted = Code(codes.digest(drawn), Purpose.PLACE, ctx.person.id, ctx.community.id, expires)
    await ctx.unit.links.issue(wanted)
    how = T(
        "An organiser of the other group sends me this in private, from an account in that group: {line}",
        line=code(f"/link {codes.shown(drawn)}"),
    )
    once = T("The code holds until {when}, once. Nothing is joined before both of you agree.", when=Moment(expires))
    return Reply(card(T("A second place for {group}", group=Name(ctx.community.name)), how, once), personal=True)


async def _begin(ctx: Context) -> Message:
    what = T(
        "Two groups, say one on Telegram and one on Discord, become one: one leaderboard, one library, one record."
    )
    how = T("An organiser of the one makes a code here, an organiser of the other uses it. Then both agree.")
    yours = T("Is it only your own second account? {command}", command=code("/linkaccount"))
    groups = [ctx.found] if ctx.found else []
    if not groups and ctx.who:
        groups = list((await ctx.unit.communities.of_person(ctx.who.id))[:MOST_GROUPS])
    rows: list[Row] = [
        *await place.offered(ctx),
        *(
            (Button(T("Make a code for {group}", group=Name(group.name)), issue(group.id, owner=ctx.person.id)),)
            for group in groups
        ),
    ]
    return card(T("Join a second place"), what, how, yours, rows=tuple(rows))


async def _redeem(ctx: Context, words: str) -> Message:
    drawn = codes.read(words)
    if drawn is None:
        raise Refusal(T("A code has 8 letters and digits, like this: {line}", line=code("/link 7KQM-2XYZ")))
    tries = await ctx.unit.links.tried(ctx.person.id, ctx.now)
    # From here on nothing refuses a wrong code: a refusal would be rolled back, and the try with it.
    if tries.too_many:
        return say(T("Too many codes. Try again: {when}.", when=Moment(tries.until)))
    found = await ctx.unit.links.redeem(codes.digest(drawn), Purpose.PLACE, ctx.person.id, ctx.now)
    if found:
        return await place.begin(ctx, found)
    if await ctx.unit.links.is_good(codes.digest(drawn), ctx.person.id, ctx.now):
        return say(T("That code joins accounts: {line}", line=code(f"/linkaccount {codes.shown(drawn)}")))
    return say(T("That code is none, or too old. The other organiser makes a new one: {line}", line=code("/link")))


async def _lately(ctx: Context) -> Message:
    """What can still be undone of the group."""
    found = await ctx.unit.joinings.of(ctx.community.id)
    open_ = [each for each in found if each.can_undo(ctx.now)]
    if not open_:
        return say(T("Nothing was joined lately that could be undone."))
    return await place.lately(ctx, open_)
