"""What somebody hears of a turn, and the buttons that answer it."""

from datetime import date

from bot.chat.errors import Refusal
from bot.chat.message import Button, Message, Row, Tone, card, say
from bot.chat.press import Press
from bot.chat.text import Name, T, code
from bot.command import job
from bot.context import Context
from bot.domain import jobs
from bot.domain.quiz import local_date
from bot.domain.rota import MANY, State, Turn, monday
from bot.features.rota.duty import KNOWN, name_of

TOO_OLD = T("This button is too old. Send the command again for a fresh one.")
KEEP, SWAP, SKIP, TAKE, DECLINE = "rota-keep", "rota-swap", "rota-skip", "rota-take", "rota-decline"


def press(name: str, turn: Turn) -> Press:
    """The press of a button about that turn."""
    return Press(name, turn.community, (turn.subject,))


def row(turn: Turn) -> Row:
    """What its person can do with a turn."""
    keep = (Button(T("Fine, I do it"), press(KEEP, turn), tone=Tone.MAIN),) if turn.state is State.TOLD else ()
    swap = (Button(T("Swap"), press(SWAP, turn)),) if turn.state is not State.OFFERED else ()
    return (*keep, *swap, Button(T("Skip this week"), press(SKIP, turn)))


async def find(ctx: Context, subject: int) -> Turn | None:
    """The turn of that number, as long as its week lasts."""
    week, duty = divmod(subject, MANY)
    if week != monday(local_date(ctx.now, ctx.community.zone)).toordinal():
        return None
    return await ctx.unit.rotas.get(ctx.community.id, date.fromordinal(week), duty)


async def current(ctx: Context, subject: int) -> Turn:
    """The same; refuses where there is none."""
    found = await find(ctx, subject)
    if found is None:
        raise Refusal(T("That week is over. {command} shows the present one.", command=code("/rota")))
    return found


async def own(ctx: Context, subject: int) -> Turn:
    """A turn that the actor has; refuses where it is somebody else's."""
    turn = await current(ctx, subject)
    if turn.person != ctx.person.id:
        raise Refusal(T("This turn is not yours any more. {command} shows this week.", command=code("/rota")))
    return turn


@job("rota-turn")
async def told(ctx: Context, subject: int) -> Message | jobs.State:
    """What the person of a turn hears, unless it passed on meanwhile."""
    turn = await find(ctx, subject)
    if turn is None or turn.person != ctx.person.id or turn.state is State.TAKEN:
        return jobs.State.DROPPED
    name = name_of(ctx.community, turn.duty)
    how = (KNOWN[turn.duty].how,) if turn.duty in KNOWN else ()
    free = T(
        "Whatever fits into the week is welcome, and nobody counts it. Swap or skip any time: {command}",
        command=code("/rota"),
    )
    return card(T("This week's turn: {duty}", duty=name), *how, free, rows=(row(turn),))


@job("rota-taken")
async def taken(ctx: Context, subject: int) -> Message | jobs.State:
    """What whoever offered a turn hears when somebody took it."""
    turn = await find(ctx, subject)
    if turn is None or turn.person in (0, ctx.person.id):
        return jobs.State.DROPPED
    names = await ctx.unit.people.names((turn.person,))
    duty = name_of(ctx.community, turn.duty)
    return say(T("{who} takes over this week's turn: {duty}.", who=Name(names.get(turn.person, "")), duty=duty))


@job("rota-alone")
async def alone(ctx: Context, subject: int) -> Message | jobs.State:
    """What whoever offered a turn hears when nobody could take it."""
    turn = await find(ctx, subject)
    if turn is None or turn.person != ctx.person.id or turn.state is not State.TOLD:
        return jobs.State.DROPPED
    duty = name_of(ctx.community, turn.duty)
    text = T("Nobody else can take this one this week: {duty}. Do what fits, or skip it.", duty=duty)
    return say(text, rows=(row(turn),))
