"""Somebody's own points: the sums by kind, streaks, badges."""

from collections.abc import Sequence
from datetime import timedelta

from bot.chat.message import Block, Bullets, Button, Outcome, Paragraph, Reply, Row, card, say
from bot.chat.places import Role
from bot.chat.text import Day, Line, Name, T
from bot.command import Example, Menu, command
from bot.context import Context
from bot.dialogue import go
from bot.domain.points import ALL_TIME, season
from bot.domain.quiz import Quiz, State, local_date
from bot.features.points.kind import BADGES, KINDS

NONE_YET = T("No points yet. Finishing a daily quiz gives the first, right or wrong.")


@command(
    "points",
    right=Role.MEMBER,
    aliases=("poin", "skor"),
    summary=T("Your points and your streak"),
    examples=(Example("/points", T("Your points this month and in all")),),
    menu=Menu.PRIVATE,
    menu_name="poin",
)
async def points(ctx: Context) -> Outcome:
    """The asker's own sums, streaks and badges."""
    community, person = ctx.community, ctx.person.id
    month = await ctx.unit.ledger.sums(community.id, person, season(ctx.now, community.zone))
    ever = await ctx.unit.ledger.sums(community.id, person, ALL_TIME)
    if not ever:
        row: Row = (Button(T("Today's quiz"), go("daily", scope=community.id)),)
        return say(NONE_YET, rows=(row,))
    lines: tuple[Line, ...] = tuple(
        (T("{kind}: {month} this month, {ever} in all", kind=label, month=month.get(kind, 0), ever=ever[kind]),)
        for kind, label in KINDS.items()
        if kind in ever
    )
    streak = ctx.member.streak
    run = T(
        "Streak: {n} day, best {best}, freeze days left: {freezes}.",
        "Streak: {n} days, best {best}, freeze days left: {freezes}.",
        n=streak.length,
        best=streak.best,
        freezes=streak.freezes,
    )
    rows: tuple[Row, ...] = ((Button(T("Why?"), go("why", scope=community.id)),),)
    more = (*await _buddy(ctx), *await _group(ctx), *await _badges(ctx))
    return Reply(card(T("Your points"), Bullets(lines), run, *more, rows=rows), personal=True)


async def week(ctx: Context, span: timedelta) -> Sequence[Line]:
    """What the digest tells: the group's streak, where one goes on."""
    quiz = await _last_closed(ctx)
    return ((_streak(quiz.streak),),) if quiz and quiz.streak > 1 and quiz.closes_at > ctx.now - span else ()


async def _group(ctx: Context) -> tuple[T, ...]:
    quiz = await _last_closed(ctx)
    return (_streak(quiz.streak),) if quiz and quiz.streak > 1 else ()


async def _last_closed(ctx: Context) -> Quiz | None:
    quiz = await ctx.unit.quizzes.latest(ctx.community.id)
    return await ctx.unit.quizzes.before(quiz) if quiz and quiz.state is State.OPEN else quiz


def _streak(days: int) -> T:
    return T("The group's streak: {n} day.", "The group's streak: {n} days.", n=days)


async def _buddy(ctx: Context) -> tuple[T, ...]:
    person = ctx.person.id
    pair = await ctx.unit.pairs.together(ctx.community.id, person)
    if pair is None:
        return ()
    other = pair.other(person)
    names = await ctx.unit.people.names([other])
    return (together(Name(names.get(other, ""), f"#{other}"), pair.length, pair.best),)


def together(name: Name, length: int, best: int) -> T:
    """How many days somebody and their buddy have in a row."""
    return T(
        "Together with {name}: {n} day, best {best}.", "Together with {name}: {n} days, best {best}.",
        name=name, n=length, best=best,
    )  # fmt: skip


async def _badges(ctx: Context) -> tuple[Block, ...]:
    held = await ctx.unit.badges.of(ctx.community.id, ctx.person.id)
    if not held:
        return ()
    days = {badge: Day(local_date(at, ctx.community.zone)) for badge, at in held.items()}
    lines = tuple(
        (T("{badge}, since {day}", badge=label, day=days[badge]),) for badge, label in BADGES.items() if badge in days
    )
    return (Paragraph((T("Your badges:"),)), Bullets(lines))
