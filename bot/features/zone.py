"""The group's time zone, set by its name."""

from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from functools import cache
from typing import Annotated
from zoneinfo import available_timezones

from bot.chat.errors import Refusal
from bot.chat.message import Outcome, Reply, say
from bot.chat.places import Role
from bot.chat.text import Listing, Moment, Shape, T, code
from bot.command import Example, Feature, command
from bot.context import Context
from bot.features import rule
from bot.param import Arg

ZONES = {"wib": "Asia/Jakarta", "wita": "Asia/Makassar", "wit": "Asia/Jayapura"}
"""The three Indonesian times by the names that everybody knows."""


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
    return Reply(say(text), zone=community.zone)


def known_zone(name: str) -> str:
    """The IANA zone of that name or Indonesian abbreviation; refuses kindly, with what was probably meant.

    `Etc/GMT+7` and its like are refused: their sign means the opposite of what people expect (POSIX).
    """
    wanted = name.strip()
    if found := ZONES.get(wanted.casefold()):
        return found
    names = _zone_names()
    if found := names.get(wanted.casefold()):
        return found
    near = get_close_matches(wanted.casefold()[:64], list(names), 3, 0.6)
    if near:
        meant = Listing(tuple(names[key] for key in near), either=True)
        raise Refusal(T("I don't know that zone. Did you mean {zones}?", zones=meant))
    raise Refusal(T("I don't know that zone. Try {example}.", example=code("WIB")))


@cache
def _zone_names() -> Mapping[str, str]:
    return {name.casefold(): name for name in available_timezones() if "/" in name and not name.startswith("Etc/")}


FEATURE = Feature(commands=(zone,), groups=(("group", T("The group: its time zone, goal, pauses and digest")),))
