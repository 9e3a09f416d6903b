"""The group's time zone, set by its name."""

from dataclasses import replace
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Button, Outcome, Reply, Row, say
from bot.chat.places import Role
from bot.chat.text import Listing, Moment, Shape, T, code
from bot.command import Example, Feature, action, command
from bot.context import Context
from bot.domain.community import Community
from bot.domain.lead import AHEAD
from bot.domain.zone import find, near
from bot.features import rule
from bot.features.session.card import show
from bot.features.session.entry import upcoming
from bot.param import Arg
from bot.speech import ZONES


@command(
    "zone",
    right=Role.ORGANISER,
    aliases=("zona", "group zone", "grup zona"),
    summary=T("Set the group's time zone"),
    examples=(
        Example("/zone WITA", T("Central Indonesian time")),
        Example("/zone Europe/London", T("Any zone by its IANA name")),
    ),
    slash="group zone",
)
async def zone(
    ctx: Context,
    name: Annotated[
        str,
        Arg(
            help=T("WIB, WITA, WIT, or an IANA name"),
            ask=T("Which time zone? WIB, WITA, WIT, or a name like {example}.", example=code("Asia/Kuala_Lumpur")),
            most=64,
        ),
    ],
) -> Outcome:
    """Set any zone, by name."""
    community = replace(await ctx.held(), zone=known_zone(name))
    await rule.save(ctx, community)
    now = Moment(ctx.now, Shape.TIME)
    text = T("The group's zone is now {zone}. The clock there: {now}.", zone=code(community.zone), now=now)
    return Reply(say(text, rows=_rows(community)), zone=community.zone)


@action("zone-clocks", right=Role.ORGANISER)
async def clocks(ctx: Context, on: int) -> Outcome:
    """Tell the times of sessions in all three Indonesian zones, or no longer; cards that stand follow."""
    held = await ctx.held()
    community = replace(held, sessions=replace(held.sessions, clocks=bool(on)))
    await ctx.unit.communities.save(community)
    for one in await upcoming(ctx, ctx.now, ctx.now + AHEAD):
        await ctx.renew(show, one.subject)
    all_ = T("Session cards now tell the time in WIB, WITA and WIT.")
    text = all_ if on else T("Session cards now tell the group's time; most apps show each reader their own.")
    return Reply(say(text, rows=_rows(community)), replaces=True)


def _rows(community: Community) -> tuple[Row, ...]:
    """The switch, where those zones are of any use."""
    on = community.sessions.clocks
    label = T("Only the group's time on session cards") if on else T("WIB, WITA, WIT on session cards")
    return ((Button(label, clocks(community.id, int(not on))),),) if community.zone in ZONES else ()


def known_zone(name: str) -> str:
    """The IANA zone of that name or Indonesian abbreviation; refuses kindly, with what was probably meant.

    `Etc/GMT+7` and its like are refused: their sign means the opposite of what people expect (POSIX).
    """
    if found := find(name):
        return found
    if names := near(name):
        raise Refusal(T("I don't know that zone. Did you mean {zones}?", zones=Listing(names, either=True)))
    raise Refusal(T("I don't know that zone. Try {example}.", example=code("WIB")))


FEATURE = Feature(
    commands=(zone,), actions=(clocks,), groups=(("group", T("The group: its time zone, goal, pauses and digest")),)
)
