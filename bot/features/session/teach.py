"""`/teach`: who leads which date, and offering to."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Block, Bullets, Button, Message, Outcome, Reply, Row, Tone, card
from bot.chat.places import Role
from bot.chat.text import Line, Listing, Moment, Name, T, bold
from bot.command import Example, action, command
from bot.context import Context
from bot.domain.agenda import Occurrence
from bot.domain.dated import read_name
from bot.domain.host import MOST_TOPICS, Host, State
from bot.domain.quiz import local_date
from bot.features.session import host, turn
from bot.features.session.entry import called, known, upcoming
from bot.param import Arg

SOON = timedelta(days=60)
MOST_SHOWN = 6
MOST_FREE = 4
LISTS, SKIPS = ("list", "daftar"), ("skip", "lewati")
LONGEST_TOPIC = 40


@command(
    "teach",
    right=Role.MEMBER,
    aliases=("mengajar", "giliran", "pemateri", "session teach", "sesi mengajar"),
    summary=T("Who leads which session, and leading one yourself"),
    examples=(
        Example("/teach", T("Shows the turns, and lets you take one")),
        Example("/teach Aljabar, Fisika", T("Takes turns from now on, preferably about these topics")),
        Example("/teach skip", T("Gives your next turn to somebody else")),
    ),
    slash="session teach",
)
async def teach(
    ctx: Context,
    words: Annotated[str, Arg(help=T("A session like S7, topics, or skip"), most=200)] = "",
) -> Outcome:
    """Show the turns, take one, or join the rota."""
    word = words.strip().casefold()
    if not word or word in LISTS:
        return Reply(await _page(ctx), personal=True)
    if word in SKIPS:
        return await _skip(ctx)
    if read_name(words)[0]:
        return await _lead(ctx, await called(ctx, words, ctx.now, ctx.now + SOON))
    topics = tuple(part.strip().removeprefix("#") for part in words.split(",") if part.strip())
    if len(topics) > MOST_TOPICS or any(len(topic) > LONGEST_TOPIC for topic in topics):
        raise Refusal(T("At most {n} topics, a few words each.", n=MOST_TOPICS))
    return await _join(ctx, topics)


@action("host-join", right=Role.MEMBER)
async def join(ctx: Context) -> Outcome:
    """Take turns from now on."""
    return await _join(ctx, ())


@action("host-leave", right=Role.MEMBER)
async def leave(ctx: Context) -> Outcome:
    """Take no new turns; those that were taken stay."""
    await ctx.unit.hosts.leave(ctx.community.id, ctx.person.id)
    return Reply(
        await _page(ctx, T("Thank you for leading. You can come back any time.")), replaces=True, personal=True
    )


@action("host-lead", right=Role.MEMBER)
async def lead(ctx: Context, subject: int) -> Outcome:
    """Lead a date that nobody leads."""
    return await _lead(ctx, await known(ctx, subject))


async def _lead(ctx: Context, wanted: Occurrence) -> Outcome:
    one = await known(ctx, wanted.subject, held=True)
    if not one.on or ctx.now >= one.starts:
        raise Refusal(T("This one can't be led any more."))
    if one.host and one.host != ctx.person.id:
        raise Refusal(T("Somebody leads this one already. Take another one."))
    await turn.give(ctx, one, ctx.person.id, State.TAKEN)
    when = Moment(one.starts)
    told = T("Thank you! You lead {title}, {when}.", title=one.title, when=when)
    return Reply(await _page(ctx, told), personal=True)


async def _join(ctx: Context, topics: tuple[str, ...]) -> Outcome:
    today = local_date(ctx.now, ctx.community.zone)
    await ctx.unit.hosts.join(Host(ctx.community.id, ctx.person.id, today, topics))
    for series in await ctx.unit.sessions.running(ctx.community.id):
        await host.plan(ctx, series)
    told = T("Lovely, thank you! I write to you a week before your turn. Swap or skip any time.")
    return Reply(await _page(ctx, told), personal=True)


async def _skip(ctx: Context) -> Outcome:
    mine = [one for one in await upcoming(ctx, ctx.now, ctx.now + SOON) if one.on and one.host == ctx.person.id]
    if not mine:
        raise Refusal(T("You have no turn in the next weeks."))
    return await turn.skip.handler(ctx, mine[0].subject)


async def _page(ctx: Context, told: T | None = None) -> Message:
    coming = [one for one in await upcoming(ctx, ctx.now, ctx.now + SOON) if one.on and ctx.now < one.starts]
    shown = coming[:MOST_SHOWN]
    names = await ctx.unit.people.names(sorted({one.host for one in shown if one.host}))
    hosts = await ctx.unit.hosts.all(ctx.community.id)
    blocks: list[Block | T] = [told] if told else []
    if shown:
        blocks.append(Bullets(tuple(_line(one, names) for one in shown)))
    else:
        blocks.append(T("No session comes up. Who would like to lead one joins the rota here, and is asked in turn."))
    blocks.append(_pool(ctx, hosts))
    return card(T("Who leads"), *blocks, rows=_rows(ctx, shown, hosts))


def _line(one: Occurrence, names: Mapping[int, str]) -> Line:
    who: T | Name = Name(names.get(one.host, "")) if one.host else T("nobody yet")
    return (bold(f"{one.series.name} "), Moment(one.starts), " · ", one.title, " · ", who)


def _pool(ctx: Context, hosts: Sequence[Host]) -> T:
    if not hosts:
        return T("Nobody takes turns yet. Explaining is the best way to learn: try it once.")
    mine = next((host for host in hosts if host.person == ctx.person.id), None)
    if mine and mine.topics:
        return T("You take turns, preferably about {topics}.", topics=Listing(mine.topics))
    if mine:
        return T("{n} person takes turns: you.", "{n} people take turns, one of them is you.", n=len(hosts))
    return T("{n} person takes turns.", "{n} people take turns.", n=len(hosts))


def _rows(ctx: Context, shown: Sequence[Occurrence], hosts: Sequence[Host]) -> tuple[Row, ...]:
    scope = ctx.community.id
    rows: list[Row] = []
    for one in [each for each in shown if not each.host][:MOST_FREE]:
        label = T("I lead {name}, {when}", name=one.series.name, when=Moment(one.starts))
        rows.append((Button(label, lead(scope, one.subject), tone=Tone.MAIN),))
    if mine := next((one for one in shown if one.host == ctx.person.id), None):
        rows.append(turn.row(mine)[1:])
    is_in = any(host.person == ctx.person.id for host in hosts)
    rows.append((Button(T("Take no turns"), leave(scope)),) if is_in else (Button(T("I take turns"), join(scope)),))
    return tuple(rows)
