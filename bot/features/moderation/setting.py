"""What follows from warnings, each rule changed by a tap."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Bullets, Button, Message, Outcome, Reply, Row, card, say
from bot.chat.places import Role
from bot.chat.text import Line, Listing, Span, T, code
from bot.command import Example, action, command
from bot.context import Context
from bot.domain.moderation import LADDER, Deed, ModerationRule, Step
from bot.features.record import note
from bot.param import Arg

MOST_REASONS = 8
LADDERS: Mapping[str, tuple[Step, ...]] = {
    "off": (),
    "mild": (Step(3, asks=True),),
    "usual": LADDER,
    "strict": (Step(1, mute=10), Step(2, mute=24 * 60), Step(3, asks=True)),
}
_NAMES = {"off": T("off"), "mild": T("mild"), "usual": T("usual"), "strict": T("strict")}
_DAYS = (7, 30, 90)
_REPORTERS = (0, 2, 3, 5)


@command(
    "ladder",
    right=Role.ORGANISER,
    aliases=("tangga", "mod ladder", "moderasi tangga"),
    summary=T("What follows from warnings, and how long they count"),
    examples=(Example("/ladder", T("A card with buttons for every rule")),),
    slash="mod ladder",
)
async def ladder(ctx: Context) -> Outcome:
    """The rules with a button each."""
    return Reply(_card(ctx.community.moderation, ctx.community.id), personal=True)


@command(
    "reasons",
    right=Role.ORGANISER,
    aliases=("alasan", "mod reasons", "moderasi alasan"),
    summary=T("The reasons that moderators are offered"),
    examples=(Example("/reasons Iklan, Menghina, Menyontek", T("Your own, with commas between them")),),
    slash="mod reasons",
)
async def reasons(
    ctx: Context,
    words: Annotated[str, Arg(help=T("Up to eight, with commas"), ask=T("Which ones? With commas."), most=400)],
) -> Outcome:
    """Set the group's own reasons."""
    found = tuple(dict.fromkeys(word.strip()[:60] for word in words.split(",") if word.strip()))[:MOST_REASONS]
    if not found:
        raise Refusal(T("Write at least one reason, like {example}", example=code("/reasons Iklan, Menghina")))
    await _save(ctx, replace((await ctx.held()).moderation, reasons=found), ", ".join(found))
    return say(T("Saved. Moderators are offered: {reasons}.", reasons=Listing(found)))


@action("ladder", right=Role.ORGANISER)
async def change(ctx: Context, what: str) -> Outcome:
    """One tap changes one rule; it holds for the next warning."""
    if what not in _CHANGES:
        raise Refusal(T("This button is too old. Send the command again for a fresh one."))
    rule = _CHANGES[what]((await ctx.held()).moderation)
    await _save(ctx, rule, what)
    return Reply(_card(rule, ctx.community.id), replaces=True)


async def _save(ctx: Context, rule: ModerationRule, why: str) -> None:
    await ctx.unit.communities.save(replace(await ctx.held(), moderation=rule))
    await note(ctx, Deed.SETTING, why=why)


def _card(rule: ModerationRule, scope: int) -> Message:
    now = next((name for name, steps in LADDERS.items() if steps == rule.ladder), "")
    ladders: Row = tuple(Button(_NAMES[name], change(scope, f"ladder-{name}"), pick=name == now) for name in LADDERS)
    days: Row = tuple(
        Button(T("{n} day", "{n} days", n=n), change(scope, f"days-{n}"), pick=n == rule.days) for n in _DAYS
    )
    reports: Row = tuple(
        Button(_reporters(n), change(scope, f"reporters-{n}"), pick=n == rule.reporters) for n in _REPORTERS
    )
    said = Button(T("Say nothing in the group") if rule.public else T("One line in the group"), change(scope, "public"))
    return card(T("After a warning"), Bullets(_lines(rule)), rows=(ladders, days, reports, (said,)))


def _lines(rule: ModerationRule) -> tuple[Line, ...]:
    steps: list[Line] = [(_step(step),) for step in rule.ladder] or [(T("Nothing follows by itself."),)]
    steps.append((T("A warning counts for {n} day.", "A warning counts for {n} days.", n=rule.days),))
    if rule.reporters:
        text = T(
            "A message that {n} person reported is taken away until a moderator looked at it.",
            "A message that {n} people reported is taken away until a moderator looked at it.",
            n=rule.reporters,
        )
        steps.append((text,))
    return tuple(steps)


def _step(step: Step) -> T:
    if step.asks:
        return T("At {n}: an organiser decides.", n=step.points)
    return T("At {n}: muted for {length}.", n=step.points, length=Span(timedelta(minutes=step.mute)))


def _reporters(n: int) -> T:
    return T("{n} report", "{n} reports", n=n) if n else T("never by reports")


def _ladder(name: str) -> Callable[[ModerationRule], ModerationRule]:
    return lambda rule: replace(rule, ladder=LADDERS[name])


def _days(n: int) -> Callable[[ModerationRule], ModerationRule]:
    return lambda rule: replace(rule, days=n)


def _reporting(n: int) -> Callable[[ModerationRule], ModerationRule]:
    return lambda rule: replace(rule, reporters=n)


_CHANGES: Mapping[str, Callable[[ModerationRule], ModerationRule]] = {
    **{f"ladder-{name}": _ladder(name) for name in LADDERS},
    **{f"days-{n}": _days(n) for n in _DAYS},
    **{f"reporters-{n}": _reporting(n) for n in _REPORTERS},
    "public": lambda rule: replace(rule, public=not rule.public),
}
