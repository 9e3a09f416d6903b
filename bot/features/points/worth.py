"""What contributions are worth in a group: every value on a card, and a change tried out before it is switched on."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Block, Bullets, Button, Message, Outcome, Paragraph, Reply, Row, Tone, card
from bot.chat.places import Role
from bot.chat.text import Day, Line, Listing, Name, T, code
from bot.command import Example, action, command
from bot.context import Context
from bot.domain.community import Community
from bot.domain.moderation import Deed
from bot.domain.points import MOST_WORTH, Entry, Reason, worth
from bot.domain.quiz import local_date
from bot.domain.rehearsal import CAPS, SPAN, Rehearsal, leaders, rehearse, with_value
from bot.features.points import circle
from bot.features.points.kind import KINDS
from bot.features.record import note
from bot.param import Arg, Choice

MOST_SHOWN = 5

_TOO_OLD = T("This button is too old. Send the command again for a fresh one.")
_CAPS: Mapping[str, T] = {
    "pair": T("Thanks a day from one person to the same other"),
    "giver": T("Thanks a day from one person"),
    "receiver": T("Points a day for one person from thanks"),
}
_LABELS: Mapping[str, T] = {**{kind.value: label for kind, label in KINDS.items()}, **_CAPS}


@command(
    "worth",
    right=Role.ORGANISER,
    aliases=("nilai", "group worth", "grup nilai"),
    summary=T("What contributions are worth, and trying out another value"),
    examples=(
        Example("/worth", T("Every kind with its points")),
        Example("/worth answer 3", T("What would be different with 3 points for an answer, before it counts")),
        Example("/nilai quiz 0", T("The same for no points at all")),
    ),
    slash="group worth",
)
async def value(
    ctx: Context,
    kind: Annotated[
        str,
        Arg(help=T("Which kind or limit"), choices=tuple(Choice(word, label) for word, label in _LABELS.items())),
    ] = "",
    points: Annotated[int, Arg(help=T("The new value, 0 for none"), least=0, most=MOST_WORTH)] = -1,
) -> Outcome:
    """All values, or what another one would have done."""
    if not kind or points < 0:
        return Reply(_values(ctx.community, kind or Reason.ANSWER), personal=True)
    return Reply(await _trial(ctx, kind, points), personal=True)


@action("worth-on", right=Role.ORGANISER)
async def switch_on(ctx: Context, kind: str, points: int) -> Outcome:
    """Let the value count from now on; entries that are there stay as they are."""
    if kind not in _LABELS or not 0 <= points <= MOST_WORTH:
        raise Refusal(_TOO_OLD)
    community = with_value(await ctx.held(), kind, points)
    await ctx.unit.communities.save(community)
    await note(ctx, Deed.SETTING, why=f"{kind} {points}")
    told = T("From now on: {what}: {n}.", what=_LABELS[kind], n=points)
    return Reply(_values(community, kind, told), replaces=True, personal=True)


@action("worth-all", right=Role.ORGANISER)
async def leave(ctx: Context) -> Outcome:
    """Leave everything as it is."""
    return Reply(_values(ctx.community, Reason.ANSWER), replaces=True, personal=True)


def _values(community: Community, kind: str, *told: T) -> Message:
    kinds = tuple((_valued(KINDS[each], worth(community, each)),) for each in KINDS)
    caps = tuple((_valued(label, getattr(community.points, word)),) for word, label in _CAPS.items())
    how = T(
        "{example} shows what another value would have changed, before it counts.", example=code(f"/worth {kind} 3")
    )
    limits = Paragraph((T("Limits for thanks:"),))
    row: Row = (Button(T("Thanks between the same two"), circle.show(community.id)),)
    return card(T("What contributions are worth"), *told, Bullets(kinds), limits, Bullets(caps), how, rows=(row,))


def _valued(label: T, points: int) -> T:
    return T("{what}: {n}", what=label, n=points) if points else T("{what}: off", what=label)


async def _trial(ctx: Context, kind: str, points: int) -> Message:
    """What would be different in the last days; nothing is changed by looking."""
    now = _value(ctx.community, kind)
    trial = with_value(ctx.community, kind, points)
    entries = await ctx.unit.ledger.since(ctx.community.id, ctx.now - SPAN)
    found = rehearse(entries, trial, Reason.THANKS if kind in CAPS else Reason(kind))
    head = T("{what}: {n} instead of {now}?", what=_LABELS[kind], n=points, now=now)
    blocks = await _effect(ctx, found)
    stay = T("Points that are there already stay as they are, whatever you choose.")
    rows: tuple[Row, ...] = (
        (
            Button(T("Switch it on"), switch_on(ctx.community.id, kind, points, owner=ctx.person.id), tone=Tone.MAIN),
            Button(T("Leave it"), leave(ctx.community.id, owner=ctx.person.id)),
        ),
    )
    return card(
        T("A trial with the last {n} days", n=SPAN.days), head, *blocks, *_unknown(kind, now, points), stay, rows=rows
    )


def _value(community: Community, kind: str) -> int:
    return int(getattr(community.points, kind)) if kind in CAPS else worth(community, Reason(kind))


def _unknown(kind: str, now: int, points: int) -> tuple[T, ...]:
    """What no trial can tell."""
    if kind in CAPS and points > now:
        return (T("Thanks beyond the limit of today were never counted, so a higher one shows nothing."),)
    if kind not in CAPS and not now:
        return (T("This kind is off, so nothing was counted that the trial could show."),)
    return ()


async def _effect(ctx: Context, found: Rehearsal) -> tuple[Block | T, ...]:
    if not found.affected and not found.lost:
        return (T("Nobody would have other points."),)
    people = {*found.before, *(entry.by for entry in found.lost)} - {0}
    names = await ctx.unit.people.ranked(ctx.community.id, sorted(people))
    shown = [person for person in found.affected if person in names][:MOST_SHOWN]
    lines: tuple[Line, ...] = tuple(
        (Name(names[person], f"#{person}"), f": {found.before[person]} → {found.after[person]}") for person in shown
    )
    others = len(found.affected) - len(shown)
    more = (T("{n} more person would have other points.", "{n} more people would have other points.", n=others),)
    return (
        *((Bullets(lines),) if lines else ()),
        *(more if others else ()),
        *_lost(ctx, found.lost, names),
        *_leading(found, names),
    )


def _lost(ctx: Context, lost: Sequence[Entry], names: Mapping[int, str]) -> tuple[Block | T, ...]:
    """The thanks that would not have counted, the newest by name where both are to be seen."""
    if not lost:
        return ()
    seen = [entry for entry in reversed(lost) if entry.by in names and entry.person in names][:MOST_SHOWN]
    lines: tuple[Line, ...] = tuple(
        (
            T(
                "{day}: {giver} to {name}",
                day=Day(local_date(entry.at, ctx.community.zone)),
                giver=Name(names[entry.by], f"#{entry.by}"),
                name=Name(names[entry.person], f"#{entry.person}"),
            ),
        )
        for entry in seen
    )
    head = T("{n} time thanks would not have counted.", "{n} times thanks would not have counted.", n=len(lost))
    return (head, *((Bullets(lines),) if lines else ()))


def _leading(found: Rehearsal, names: Mapping[int, str]) -> tuple[T, ...]:
    """Who led in these days, and who would have."""
    now, then = [
        tuple(Name(names[person], f"#{person}") for person in leaders(sums) if person in names)[:MOST_SHOWN]
        for sums in (found.before, found.after)
    ]
    if now == then:
        return (T("The leaders would be the same: {names}.", names=Listing(now)),) if now else ()
    nobody = T("nobody")
    return (
        T("Leaders now: {names}.", names=Listing(now) if now else nobody),
        T("Leaders then: {names}.", names=Listing(then) if then else nobody),
    )
