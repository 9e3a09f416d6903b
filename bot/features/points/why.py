"""Why each point is there: what it was for, who caused it, and what they said of it."""

from collections.abc import Mapping

from bot.chat.message import Bullets, Button, Message, Outcome, Reply, card, say
from bot.chat.places import Role
from bot.chat.text import Day, Line, Name, Run, Style, T, code
from bot.command import Example, action, command
from bot.context import Context
from bot.domain.dated import read_subject
from bot.domain.points import Entry, Reason, is_fix, is_join, is_union, undone_cause
from bot.domain.question import MANY
from bot.domain.quiz import local_date
from bot.domain.score import corrected_item, half_cause
from bot.features.points.balance import NONE_YET
from bot.features.points.kind import KINDS

PAGE = 8


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


async def _entries(ctx: Context, start: int) -> Message:
    community = ctx.community
    entries = await ctx.unit.ledger.entries(community.id, ctx.person.id, start, PAGE + 1)
    if not entries:
        return say(NONE_YET)
    names = await ctx.unit.people.names(sorted({entry.by for entry in entries} - {0}))
    lines = tuple([await _line(ctx, entry, names) for entry in entries[:PAGE]])
    back = (Button(T("Newer"), turn(community.id, max(0, start - PAGE))),) if start else ()
    on = (Button(T("Older"), turn(community.id, start + PAGE)),) if len(entries) > PAGE else ()
    row = (*back, *on)
    return card(T("Your points, one by one"), Bullets(lines), rows=(row,) if row else ())


async def _line(ctx: Context, entry: Entry, names: Mapping[int, str]) -> Line:
    who = Name(names[entry.by], f"#{entry.by}") if entry.by in names else None
    note = (f" ({entry.note})",) if entry.note and not is_join(entry) else ()
    return (Run(f"{entry.amount:+d} ", Style.BOLD), await _explained(ctx, entry, who), *note)


async def _explained(ctx: Context, entry: Entry, who: Name | None) -> T:
    if cause := undone_cause(entry):
        before = await ctx.unit.ledger.find(entry.community, cause)
        return await _undone(ctx, before or entry, who)
    if is_join(entry):
        return _carried(entry)
    if is_union(entry):
        return T("from your other account, which was joined to this one")
    if is_fix(entry):
        return T("{who} corrected your points", who=who) if who else T("your points were corrected")
    if entry.reason is Reason.ROUND:
        return await _round(ctx, entry, who)
    if entry.reason is Reason.ANSWER and entry.amount < 0:
        return _no_longer(entry)
    return _caused(ctx, entry, who) if who else _happened(ctx, entry)


def _carried(entry: Entry) -> T:
    """What came with a group that joined, or went with it."""
    group, kind = Name(entry.note), KINDS[entry.reason]
    if entry.amount < 0:
        return T("taken along to {group}: {kind}", group=group, kind=kind)
    return T("brought along from {group}: {kind}", group=group, kind=kind)


def _caused(ctx: Context, entry: Entry, who: Name) -> T:
    """What somebody did that gave the points."""
    match entry.reason:
        case Reason.RESOURCE:
            return T("{who} verified {name}, which you shared", who=who, name=code(f"R{entry.subject}"))
        case Reason.ANSWER:
            return T("{who} accepted your answer {name}", who=who, name=_answer(entry))
        case Reason.THANKS:
            return T("{who} thanked you on {day}", who=who, day=_day(ctx, entry))
        case _:
            return _happened(ctx, entry)


def _happened(ctx: Context, entry: Entry) -> T:
    match entry.reason:
        case Reason.QUIZ:
            return T("finished the daily quiz on {day}", day=_day(ctx, entry))
        case Reason.ITEM:
            return T("your question {number} has proved good", number=code(f"#{entry.subject}"))
        case Reason.RESOURCE:
            return T("{name}, which you shared, was verified", name=code(f"R{entry.subject}"))
        case Reason.ANSWER:
            return T("your answer {name} solved a question", name=_answer(entry))
        case Reason.QUESTION:
            return T("others wondered about {name}, which you asked, too", name=code(f"Q{entry.subject}"))
        case Reason.SESSION:
            return T("you led {name}", name=code(_session(entry)))
        case Reason.THANKS:
            return T("you were thanked on {day}", day=_day(ctx, entry))
        case Reason.FIRST:
            return T("your first contribution, on {day}", day=_day(ctx, entry))
        case Reason.ROUND:
            return T("took part in the live round of {day}", day=_day(ctx, entry))


async def _undone(ctx: Context, before: Entry, who: Name | None) -> T:
    if before.reason is Reason.ANSWER and not who and not undone_cause(before):
        return _no_longer(before)
    what = T("points were taken back") if undone_cause(before) else await _explained(ctx, before, None)
    return T("{who} took this back: {what}", who=who, what=what) if who else T("taken back: {what}", what=what)


def _no_longer(entry: Entry) -> T:
    return T("your answer {name} no longer counts as what solves it", name=_answer(entry))


async def _round(ctx: Context, entry: Entry, who: Name | None) -> T:
    item = corrected_item(entry.cause)
    if item is None:
        if entry.cause == half_cause(entry.subject, entry.person):
            return T("half of the live round of {day} was right", day=_day(ctx, entry))
        return _happened(ctx, entry)
    quiz = await ctx.unit.quizzes.get(entry.community, entry.subject)
    day = Day(local_date(quiz.opens_at if quiz else entry.at, ctx.community.zone))
    number = code(f"#{item}")
    if who:
        return T(
            "{who} corrected the key of question {number} in the live round of {day}", who=who, number=number, day=day
        )
    return T("key of question {number} was corrected in the live round of {day}", number=number, day=day)


def _day(ctx: Context, entry: Entry) -> Day:
    return Day(local_date(entry.at, ctx.community.zone))


def _session(entry: Entry) -> str:
    series, day, _ = read_subject(entry.subject)
    return f"S{series}.{day.isoformat()}"


def _answer(entry: Entry) -> Run:
    number, nth = divmod(entry.subject, MANY)
    return code(f"Q{number}.{nth}")
