"""Which duties a group has, chosen by its organisers."""

from dataclasses import replace
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Button, Message, Outcome, Reply, Row, card
from bot.chat.places import Role
from bot.chat.text import T
from bot.command import action
from bot.context import Context
from bot.domain.community import MODERATOR, Community, Duty, RotaRule
from bot.features.rota.duty import KNOWN
from bot.param import Arg

MOST_DUTIES = 8
LONGEST = 60
"""Characters of a duty's name: it stands on a button."""

_HIGHEST = 999
"""Numbers of duties have three digits: a turn is known by its week's and its duty's."""


@action("rota-duties", right=Role.ORGANISER)
async def settings(ctx: Context) -> Outcome:
    """The list of duties."""
    return Reply(_card(ctx.community), personal=True)


@action("rota-duty", right=Role.ORGANISER)
async def turn_duty(ctx: Context, number: int) -> Outcome:
    """Put a duty on the list, or take it off; one of the group's own is then gone. From the next week on it holds."""
    community = await ctx.held()
    return Reply(_card(await _save(ctx, community, _turned(community.rota, number))), replaces=True, personal=True)


@action("rota-own", right=Role.ORGANISER)
async def add_duty(
    ctx: Context,
    words: Annotated[str, Arg(help=T("The duty in a few words"), ask=T("What is there to do?"), most=LONGEST)],
) -> Outcome:
    """Put a duty of the group's own on the list."""
    community = await ctx.held()
    rule, line = community.rota, " ".join(words.split())
    _check_room(rule)
    if any(duty.words.casefold() == line.casefold() for duty in rule.duties):
        raise Refusal(T("That duty is on the list already."))
    number = rule.last + 1
    rule = replace(rule, duties=(*rule.duties, Duty(number, line)), last=number)
    return Reply(_card(await _save(ctx, community, rule)), personal=True)


def _turned(rule: RotaRule, number: int) -> RotaRule:
    if number == MODERATOR:
        return replace(rule, moderator=not rule.moderator)
    kept = tuple(duty for duty in rule.duties if duty.number != number)
    if kept != rule.duties or number not in KNOWN:
        return replace(rule, duties=kept)
    _check_room(rule)
    return replace(rule, duties=tuple(sorted((*kept, Duty(number)), key=lambda duty: duty.number)))


def _check_room(rule: RotaRule) -> None:
    if len(rule.duties) >= MOST_DUTIES or rule.last >= _HIGHEST:
        raise Refusal(T("There are {n} duties already. Take one off the list first.", n=len(rule.duties)))


async def _save(ctx: Context, community: Community, rule: RotaRule) -> Community:
    community = replace(community, rota=rule)
    await ctx.unit.communities.save(community)
    return community


def _card(community: Community) -> Message:
    rule, scope = community.rota, community.id
    on = {duty.number for duty in rule.duties} | ({MODERATOR} if rule.moderator else set())
    buttons = [Button(known.name, turn_duty(scope, number), pick=number in on) for number, known in KNOWN.items()]
    own = [duty for duty in rule.duties if duty.words]
    buttons += [Button(T("Remove: {duty}", duty=duty.words), turn_duty(scope, duty.number)) for duty in own]
    rows: list[Row] = [tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2)]
    rows.append((Button(T("Add one of our own"), add_duty(scope)),))
    how = T("Tap what takes turns in this group; what is marked does. It holds from the next Monday on.")
    who = T("The moderator of the week is drawn from two moderators on. The rest is for members who offered to help.")
    return card(T("Duties of a week"), how, who, rows=tuple(rows))
