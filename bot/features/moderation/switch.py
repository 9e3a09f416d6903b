"""What makes a message wait, each rule switched by a tap."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.chat.errors import Refusal
from bot.chat.message import Bullets, Button, Message, Outcome, Reply, Row, card
from bot.chat.places import Role
from bot.chat.text import Line, T
from bot.command import Example, action, command
from bot.context import Context
from bot.domain.moderation import Deed, WatchRule
from bot.domain.watch import CALLED, CALLED_AT_ONCE, FLOOD, FLOOD_SPAN, REPEATS, SHARED_REPEATS
from bot.features.record import note

_FRESH = (1, 3, 7, 14)


@command(
    "watch",
    right=Role.ORGANISER,
    aliases=("jaga", "mod watch", "moderasi jaga"),
    summary=T("What makes a message wait for a moderator"),
    examples=(Example("/watch", T("A card with a switch for every rule")),),
    slash="mod watch",
)
async def watch(ctx: Context) -> Outcome:
    """The rules with a switch each."""
    return Reply(_card(ctx.community.watch, ctx.community.id), personal=True)


@action("watch", right=Role.ORGANISER)
async def change(ctx: Context, what: str) -> Outcome:
    """One tap changes one rule; it holds from the next message on."""
    if what not in _CHANGES:
        raise Refusal(T("This button is too old. Send the command again for a fresh one."))
    community = await ctx.held()
    rule = _CHANGES[what](community.watch)
    await ctx.unit.communities.save(replace(community, watch=rule))
    await note(ctx, Deed.SETTING, why=f"watch {what}")
    return Reply(_card(rule, ctx.community.id), replaces=True, personal=True)


def _card(rule: WatchRule, scope: int) -> Message:
    def knob(label: T, what: str, *, on: bool) -> Button:
        return Button(label, change(scope, what), pick=on)

    rows: list[Row] = [
        (knob(T("Floods"), "flood", on=rule.flood), knob(T("Repetitions"), "repeats", on=rule.repeats)),
        (knob(T("Mass mentions"), "mentions", on=rule.mentions), knob(T("Links"), "links", on=rule.links)),
    ]
    if rule.links:
        days = (knob(T("new: {n} day", "new: {n} days", n=n), f"fresh-{n}", on=n == rule.fresh) for n in _FRESH)
        rows.append(tuple(days))
    intro = T(
        "Such messages are taken away until a moderator has looked. Moderators and trusted members are left alone."
    )
    return card(T("What makes a message wait"), intro, Bullets(_lines(rule)), rows=tuple(rows))


def _lines(rule: WatchRule) -> tuple[Line, ...]:
    seconds = int(FLOOD_SPAN.total_seconds())
    lines = [
        (rule.flood, T("More than {n} messages in {seconds} seconds", n=FLOOD, seconds=seconds)),
        (rule.repeats, T("The same words {own} times, or {all} times from several", own=REPEATS, all=SHARED_REPEATS)),
        (rule.mentions, T("More than {once} people called at once, or {n} in a minute", once=CALLED_AT_ONCE, n=CALLED)),
        (rule.links, T("Links of whoever came within {n} day, and links of the group's list",
                       "Links of whoever came within {n} days, and links of the group's list", n=rule.fresh)),
    ]  # fmt: skip
    return tuple((what, ": ", T("on") if on else T("off")) for on, what in lines)


def _fresh(days: int) -> Callable[[WatchRule], WatchRule]:
    return lambda rule: replace(rule, fresh=days)


_CHANGES: Mapping[str, Callable[[WatchRule], WatchRule]] = {
    "flood": lambda rule: replace(rule, flood=not rule.flood),
    "repeats": lambda rule: replace(rule, repeats=not rule.repeats),
    "mentions": lambda rule: replace(rule, mentions=not rule.mentions),
    "links": lambda rule: replace(rule, links=not rule.links),
    **{f"fresh-{n}": _fresh(n) for n in _FRESH},
}
