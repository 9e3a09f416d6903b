"""When the digest comes by itself, chosen by taps."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.chat.errors import Refusal
from bot.chat.message import Button, Message, Outcome, Reply, Row, card
from bot.chat.places import Role
from bot.chat.text import Moment, Shape, T
from bot.command import action
from bot.context import Context
from bot.domain.community import Community, DigestRule
from bot.domain.quiet import MORNING, NIGHT
from bot.features.digest.plan import is_sent, next_day, plan, sending

SHOW = "show"
"""The word of the button that only opens the card."""

DAYS = (T("Monday"), T("Tuesday"), T("Wednesday"), T("Thursday"), T("Friday"), T("Saturday"), T("Sunday"))
_IN_A_ROW = 4


@action("digest-when", right=Role.ORGANISER)
async def change(ctx: Context, what: str) -> Outcome:
    """One tap changes the day, the hour, or whether it comes at all."""
    if what == SHOW:
        return Reply(_card(ctx, ctx.community), personal=True)
    if what not in _CHANGES:
        raise Refusal(T("This button is too old. Send the command again for a fresh one."))
    community = await ctx.held()
    community = replace(community, digest=_CHANGES[what](community))
    await ctx.unit.communities.save(community)
    await plan(ctx, community)
    return Reply(_card(ctx, community), replaces=True, personal=True)


def _card(ctx: Context, community: Community) -> Message:
    scope, rule = community.id, community.digest
    if not is_sent(community):
        how = T("It comes only when an organiser sends it.")
        return card(T("The weekly digest"), how, rows=((Button(T("Send it every week"), change(scope, "on")),),))
    at = Moment(sending(community, next_day(community, ctx.now)), Shape.TIME)
    how = T(
        "It comes every {day} at {at}, without a sound. In a quiet week nothing is posted.", day=DAYS[rule.day], at=at
    )
    days = [Button(day, change(scope, f"day-{number}"), pick=number == rule.day) for number, day in enumerate(DAYS)]
    rows: list[Row] = [tuple(days[:_IN_A_ROW]), tuple(days[_IN_A_ROW:])]
    rows.append((Button(T("Earlier"), change(scope, "earlier")), Button(T("Later"), change(scope, "later"))))
    rows.append((Button(T("Don't send it by itself"), change(scope, "off")),))
    return card(T("The weekly digest"), how, rows=tuple(rows))


def _moved(hours: int) -> Callable[[Community], DigestRule]:
    """That much earlier or later, within the hours in which a group is awake."""
    span = NIGHT.hour - MORNING.hour

    def move(community: Community) -> DigestRule:
        rule = community.digest
        hour = MORNING.hour + (rule.at.hour - MORNING.hour + hours) % span
        return replace(rule, at=rule.at.replace(hour=hour))

    return move


def _on(day: int) -> Callable[[Community], DigestRule]:
    return lambda community: replace(community.digest, day=day)


_CHANGES: Mapping[str, Callable[[Community], DigestRule]] = {
    "on": lambda community: replace(community.digest, on=True),
    "off": lambda community: replace(community.digest, on=False),
    "earlier": _moved(-1),
    "later": _moved(1),
    **{f"day-{number}": _on(number) for number in range(len(DAYS))},
}
