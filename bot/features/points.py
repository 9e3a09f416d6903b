"""Points, why they are there, and the leaderboard; all of it private unless somebody shares it."""

from dataclasses import replace
from typing import Annotated

from bot.chat.message import Block, Bullets, Button, Message, Outcome, Paragraph, Reply, Row, card, say
from bot.chat.places import Role
from bot.chat.text import Day, Line, Name, Run, Style, T, code
from bot.command import Example, Feature, Menu, action, command, job
from bot.context import Context
from bot.dialogue import go
from bot.domain.points import Entry, Reason, Standing, season
from bot.domain.question import MANY
from bot.domain.quiz import local_date
from bot.domain.score import corrected_item, half_cause
from bot.features import sheet
from bot.param import Arg, Choice

ALL_TIME = 0
TOP = 5
PAGE = 8

_KINDS = {
    Reason.QUIZ: T("Quizzes finished"),
    Reason.ROUND: T("Live rounds"),
    Reason.ITEM: T("Good questions written"),
    Reason.RESOURCE: T("Verified resources shared"),
    Reason.ANSWER: T("Answers that solved a question"),
    Reason.QUESTION: T("Questions that others wondered about too"),
}


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
    """The asker's own sums."""
    community, person = ctx.community, ctx.person.id
    month = await ctx.unit.ledger.sums(community.id, person, season(ctx.now, community.zone))
    ever = await ctx.unit.ledger.sums(community.id, person, ALL_TIME)
    if not ever:
        row: Row = (Button(T("Today's quiz"), go("daily", scope=community.id)),)
        return say(T("No points yet. Finishing a daily quiz gives the first, right or wrong."), rows=(row,))
    lines: tuple[Line, ...] = tuple(
        (T("{kind}: {month} this month, {ever} in all", kind=_KINDS[kind], month=month.get(kind, 0), ever=ever[kind]),)
        for kind in ever
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
    return Reply(card(T("Your points"), Bullets(lines), run, rows=rows), personal=True)


@command(
    "why",
    right=Role.MEMBER,
    aliases=("mengapa", "kenapa"),
    summary=T("What each of your points is for"),
    examples=(Example("/why", T("Your newest points, one line each")),),
)
async def why(ctx: Context) -> Outcome:
    """The asker's own entries."""
    return Reply(await _entries(ctx, 0), personal=True)


@action("why-page", right=Role.MEMBER)
async def turn(ctx: Context, start: int) -> Outcome:
    """Another page, in place."""
    return Reply(await _entries(ctx, max(0, start)), replaces=True, personal=True)


@command(
    "leaderboard",
    right=Role.MEMBER,
    aliases=("peringkat", "top"),
    summary=T("Who contributed most, by kind"),
    examples=(
        Example("/leaderboard", T("The leaders of this month")),
        Example("/leaderboard all", T("The leaders of all time")),
    ),
    menu=Menu.PRIVATE,
    menu_name="peringkat",
    role_aware=True,
)
async def leaderboard(
    ctx: Context,
    period: Annotated[
        str,
        Arg(
            help=T("This month or all time"),
            choices=(Choice("month", T("this month")), Choice("all", T("all time"))),
        ),
    ] = "month",
) -> Outcome:
    """The board, for the asker alone."""
    return Reply(await _board(ctx, period, private=True))


@action("board", right=Role.MEMBER)
async def switch(ctx: Context, period: str) -> Outcome:
    """The other period, in place."""
    return Reply(await _board(ctx, period, private=True), replaces=True)


@action("board-me", right=Role.MEMBER)
async def rank_me(ctx: Context, period: str) -> Outcome:
    """Stand on the board, or no longer."""
    held = await ctx.unit.people.member(ctx.community.id, ctx.person.id) or ctx.member
    member = replace(held, ranked=not held.ranked)
    await ctx.unit.people.save_member(member)
    return Reply(await _board(replace(ctx, seat=member), period, private=True), replaces=True)


@action("board-share", right=Role.MODERATOR)
async def share(ctx: Context, period: str) -> Outcome:
    """Post the board in the group."""
    today = local_date(ctx.now, ctx.community.zone).toordinal()
    await ctx.post(show_board, -today if period == "all" else today)
    return say(T("Shared with the group."))


@job("board-card")
async def show_board(ctx: Context, subject: int) -> Message | None:
    """The shared board; `subject` is the day (an ordinal), negative for all time: sharing twice a day is one post."""
    return await _board(ctx, "month" if subject > 0 else "all", private=False)


async def _board(ctx: Context, period: str, private: bool) -> Message:
    community = ctx.community
    month = ALL_TIME if period == "all" else season(ctx.now, community.zone)
    title = T("Contributors of all time") if period == "all" else T("Contributors this month")
    blocks: list[Block] = []
    for kind, label in _KINDS.items():
        if leaders := await ctx.unit.ledger.top(community.id, month, kind, TOP):
            blocks += (Paragraph((label,)), sheet.stack(_place(*ranked) for ranked in enumerate(leaders, 1)))
    if not blocks:
        return say(T("Nobody has points here yet. The daily quiz gives the first."), rows=_rows(ctx, period, private))
    return card(title, *blocks, rows=_rows(ctx, period, private))


def _place(place: int, leader: Standing) -> Line:
    return (f"{place}. ", Name(leader.name, f"#{leader.person}"), f" · {leader.points}")


def _rows(ctx: Context, period: str, private: bool) -> tuple[Row, ...]:
    if not private:
        return ()
    scope = ctx.community.id
    shown = "all" if period == "all" else "month"
    other = (
        Button(T("This month"), switch(scope, "month"))
        if shown == "all"
        else Button(T("All time"), switch(scope, "all"))
    )
    hide = T("Hide me") if ctx.member.ranked else T("Show me")
    share_row: tuple[Row, ...] = ((Button(T("Share with the group"), share(scope, shown)),),)
    return (
        (other, Button(hide, rank_me(scope, shown, owner=ctx.person.id))),
        *(share_row if ctx.role >= Role.MODERATOR else ()),
    )


async def _entries(ctx: Context, start: int) -> Message:
    community = ctx.community
    entries = await ctx.unit.ledger.entries(community.id, ctx.person.id, start, PAGE + 1)
    if not entries:
        return say(T("No points yet. Finishing a daily quiz gives the first, right or wrong."))
    lines = tuple([await _line(ctx, entry) for entry in entries[:PAGE]])
    back = (Button(T("Newer"), turn(community.id, max(0, start - PAGE))),) if start else ()
    on = (Button(T("Older"), turn(community.id, start + PAGE)),) if len(entries) > PAGE else ()
    row = (*back, *on)
    return card(T("Your points, one by one"), Bullets(lines), rows=(row,) if row else ())


async def _line(ctx: Context, entry: Entry) -> Line:
    return (Run(f"{entry.amount:+d} ", Style.BOLD), await _explained(ctx, entry))


async def _explained(ctx: Context, entry: Entry) -> T:
    day = Day(local_date(entry.at, ctx.community.zone))
    match entry.reason:
        case Reason.QUIZ:
            return T("finished the daily quiz on {day}", day=day)
        case Reason.ITEM:
            return T("your question {number} has proved good", number=code(f"#{entry.subject}"))
        case Reason.RESOURCE:
            return T("{name}, which you shared, was verified", name=code(f"R{entry.subject}"))
        case Reason.ANSWER:
            number, nth = divmod(entry.subject, MANY)
            name = code(f"Q{number}.{nth}")
            if entry.amount < 0:
                return T("your answer {name} no longer counts as what solves it", name=name)
            return T("your answer {name} solved a question", name=name)
        case Reason.QUESTION:
            return T("others wondered about {name}, which you asked, too", name=code(f"Q{entry.subject}"))
        case Reason.ROUND if item := corrected_item(entry.cause):
            return await _corrected(ctx, entry, item)
        case Reason.ROUND if entry.cause == half_cause(entry.subject, entry.person):
            return T("half of the live round of {day} was right", day=day)
        case Reason.ROUND:
            return T("took part in the live round of {day}", day=day)


async def _corrected(ctx: Context, entry: Entry, item: int) -> T:
    quiz = await ctx.unit.quizzes.get(entry.community, entry.subject)
    began = quiz.opens_at if quiz else entry.at
    day = Day(local_date(began, ctx.community.zone))
    return T("key of question {number} was corrected in the live round of {day}", number=code(f"#{item}"), day=day)


FEATURE = Feature(commands=(points, why, leaderboard), actions=(turn, switch, rank_me, share), jobs=(show_board,))
