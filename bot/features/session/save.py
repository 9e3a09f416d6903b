"""A draft that counts from now on: stored, planned anew, told to those whom it concerns, and undone by a tap."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from bot.chat.errors import Refusal
from bot.chat.message import Block, Bullets, Button, Outcome, Paragraph, Reply, card
from bot.chat.places import Role
from bot.chat.text import Line, Shape, T, bold, code
from bot.command import action
from bot.context import Context
from bot.dialogue import go
from bot.domain.agenda import MOST_SERIES, Change, Rest, Series, in_zone, occurrence, occurrences
from bot.domain.amendment import Amendment, is_retimed, taken_over
from bot.domain.lead import AHEAD
from bot.features.session import draft
from bot.features.session.dates import coming, moment, rests, whole
from bot.features.session.kept import Kept, has, tell, watched
from bot.features.session.plan import plan

UNDOABLE_FOR = timedelta(days=1)

PASSED = T("That time has passed by now. {command} shows what comes.", command=code("/sessions"))
STALE = T("Somebody changed this meanwhile. Look at it again and repeat what you wanted.")


@action(draft.SAVE, right=Role.ORGANISER)
async def save(ctx: Context, number: int) -> Outcome:
    """Do what a draft says; pressing twice does it once."""
    amendment = await draft.take(ctx, number)
    kept = await carry_out(ctx, amendment)
    if not kept:
        raise Refusal(T("Nothing would change. Tap what you want to change first."))
    undoing = Amendment(
        tuple(each for one in kept for each in one.undoing.series),
        tuple(each for one in kept for each in one.undoing.changes),
    )
    undo = await draft.put(ctx, undoing, UNDOABLE_FOR)
    # Undoing does not stand where the button was that saved: a second tap must not take that back.
    row = (_onward(ctx, kept[0]), Button(T("Undo"), draft.press(draft.SAVE, ctx, undo)))
    return Reply(card(_title(kept), *_told(ctx, kept), rows=(row,)), replaces=True, personal=True)


def _onward(ctx: Context, kept: Kept) -> Button:
    if kept.before is None:
        return Button(T("Change it"), go("session edit", kept.now.name.lower(), scope=ctx.community.id))
    return Button(T("What comes"), go("sessions", scope=ctx.community.id))


async def carry_out(ctx: Context, amendment: Amendment) -> list[Kept]:
    """Store what is new in it, in the order of the series; refuses where somebody else was quicker."""
    wanted = {series.id: series for series in amendment.series}
    changes: dict[int, list[Change]] = {}
    for change in amendment.changes:
        changes.setdefault(change.series, []).append(change)
    await _check_room(ctx, wanted.values())
    kept = []
    for number in sorted({*wanted, *changes}):
        if not number:
            kept.append(await _planned(ctx, wanted[0]))
        elif done := await _changed(ctx, number, wanted.get(number), changes.get(number, ())):
            kept.append(done)
    return kept


async def _planned(ctx: Context, wanted: Series) -> Kept:
    """A new series."""
    community = await ctx.held()
    await _make_room(ctx)
    if not any(one.starts > ctx.now for one in coming(wanted, {}, ctx.now, 2)):
        raise Refusal(PASSED)
    series = await ctx.unit.sessions.add(in_zone(replace(wanted, made=ctx.now), community.zone))
    await plan(ctx, series)
    return Kept(None, series, {}, {})


async def _check_room(ctx: Context, wanted: Iterable[Series]) -> None:
    """What is taken up again needs room as well."""
    numbers = {series.id for series in wanted if series.id and not series.over}
    if numbers - {each.id for each in await ctx.unit.sessions.running(ctx.community.id)}:
        await ctx.held()
        await _make_room(ctx)


async def _make_room(ctx: Context) -> None:
    """Put away what has no date any more where there are as many as there may be; refuses where all have some."""
    running = await ctx.unit.sessions.running(ctx.community.id)
    if len(running) < MOST_SERIES:
        return
    for each in running:
        held = await ctx.unit.sessions.hold(each.community, each.id)
        if held and not coming(held, await ctx.unit.sessions.changes(held.community, held.id), ctx.now, 1):
            await ctx.unit.sessions.save(replace(held, over=True))
            return
    raise Refusal(
        T(
            "{n} sessions are planned already, as many as fit. Cancel one first: {command}",
            n=MOST_SERIES,
            command=code("/session cancel"),
        )
    )


async def _changed(ctx: Context, number: int, wanted: Series | None, changes: Iterable[Change]) -> Kept | None:
    """A stored series with other values, or other dates; None where nothing is different."""
    sessions = ctx.unit.sessions
    held = await sessions.hold(ctx.community.id, number)
    if held is None or (wanted.revision != held.revision if wanted else held.over):
        raise Refusal(STALE)
    before = in_zone(held, ctx.community.zone)
    old = await sessions.changes(before.community, number)
    now = _revised(ctx, before, wanted)
    days = await watched(ctx, before, now, old)
    fresh = dict(_ended(ctx, before, now, old, days))
    for change in changes:
        if taken := _taken_over(ctx, old, change):
            one = occurrence(now, change.day, taken)
            if one.on and one.starts <= ctx.now and taken.since == ctx.now:
                raise Refusal(PASSED)
            fresh[change.day] = taken
    if now == before and not fresh:
        return None
    if now != before:
        await sessions.save(now)
    for change in fresh.values():
        await sessions.put(change)
    await plan(ctx, now)
    kept = Kept(before, now, old, fresh)
    await tell(ctx, kept, {*days, *fresh})
    return kept


def _revised(ctx: Context, before: Series, wanted: Series | None) -> Series:
    if wanted is None:
        return before
    new = in_zone(replace(wanted, since=before.since), ctx.community.zone)
    if new == before:
        return before
    since = ctx.now if is_retimed(before, new) else before.since
    return replace(new, revision=before.revision + 1, since=since)


def _taken_over(ctx: Context, old: Mapping[date, Change], wanted: Change) -> Change | None:
    stored = old.get(wanted.day) or Change(wanted.community, wanted.series, wanted.day)
    if stored.revision != wanted.revision:
        raise Refusal(STALE)
    taken = taken_over(stored, wanted, ctx.now)
    return None if replace(taken, revision=stored.revision, since=stored.since) == stored else taken


def _ended(
    ctx: Context, before: Series, now: Series, old: Mapping[date, Change], days: Collection[date]
) -> Mapping[date, Change]:
    """Of the days that somebody knows: what the rule has no longer is called off, what it has again takes place."""
    if before.rule == now.rule and before.over == now.over:
        return {}
    if any(one.starts <= ctx.now for one in occurrences(before, old, ctx.now, ctx.now) if one.on):
        raise Refusal(T("{name} is running right now. Change it when it is over.", name=now.name))
    found: dict[date, Change] = {}
    for day in days:
        change = old.get(day) or Change(now.community, now.id, day)
        if not has(now, day) and occurrence(before, day, change).on:
            found[day] = taken_over(change, replace(change, rest=Rest.GONE, reason=""), ctx.now)
    for day, change in old.items():
        if change.rest is Rest.GONE and has(now, day) and occurrence(now, day, change).ends > ctx.now:
            found[day] = taken_over(change, replace(change, rest=Rest.NONE), ctx.now)
    return found


def _title(kept: list[Kept]) -> T:
    one = kept[0]
    if len(kept) > 1:
        return T("Done")
    if one.before is None:
        return T("{name} is planned", name=one.now.name)
    if one.now.over:
        return T("{name} is cancelled", name=one.now.name)
    return T("{name} is changed", name=one.now.name)


def _told(ctx: Context, kept: list[Kept]) -> list[Block]:
    lines = [line for one in kept for line in _lines(ctx, one)]
    return [Bullets(tuple(lines))] if len(lines) > 1 else [Paragraph(line) for line in lines]


def _lines(ctx: Context, kept: Kept) -> Iterable[Line]:
    """What is different now: the dates of the amendment, else the next one of the series."""
    if kept.now.over:
        yield (T("{title} has no further dates.", title=bold(kept.now.title)),)
        return
    if kept.before == kept.now:
        yield from (
            difference(kept.before, kept.now, kept.old.get(day), change) for day, change in kept.changes.items()
        )
        return
    ahead = [one for one in coming(kept.now, {**kept.old, **kept.changes}, ctx.now, 9) if one.on]
    yield (bold(kept.now.title), " · ", whole(ahead[0], fixed=True) if ahead else T("no date ahead"))
    if kept.before is None and ahead and ahead[0].starts - AHEAD > ctx.now:
        yield (T("Its card comes two days before, for everybody to say whether they come."),)


def difference(before: Series, now: Series, old: Change | None, new: Change) -> Line:
    """A date before and after, in one line."""
    then, one = occurrence(before, new.day, old), occurrence(now, new.day, new)
    head: Line = (bold(one.title), " · ")
    if reason := rests(one):
        return (*head, moment(then, fixed=True), ": ", reason)
    if not then.on:
        return (*head, T("{when}: takes place", when=moment(one, fixed=True)))
    if then.starts != one.starts:
        return (
            *head,
            T("{before} → {after}", before=moment(then, fixed=True), after=moment(one, Shape.FULL, fixed=True)),
        )
    return (*head, whole(one, fixed=True))
