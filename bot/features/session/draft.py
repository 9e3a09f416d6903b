"""What somebody is about to change of the sessions: kept until they say so, and shown to them before."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.chat.errors import Refusal
from bot.chat.message import Block, Bullets, Button, Message, Outcome, Paragraph, Reply, Row, Tone, card, say
from bot.chat.places import Role
from bot.chat.press import Press
from bot.chat.text import Line, Shape, T
from bot.command import action
from bot.context import Context
from bot.domain.agenda import Series, occurrence
from bot.domain.amendment import Amendment
from bot.domain.when import Doubt, Read, Unclear
from bot.features.session.dates import moment, option
from bot.features.session.when import DOUBTS

PATIENCE = timedelta(minutes=30)
"""How long a preview waits for its answer."""

SHOW, SAVE, RETIME, FILL, KNOB = "session-draft", "session-save", "session-retime", "session-fill", "session-set"
"""Actions of a draft's buttons; they stand in files that show drafts."""

FIRST, MORE = 0, 1
"""The pages of a draft."""

GONE = T("This preview is gone: it was saved, cancelled, or older than half an hour. Send the command again.")

MOST_OPTIONS = 4
"""With the row below them as many rows as Discord shows."""

Make = Callable[[Read], Amendment]
"""What is to be changed once a time was understood."""


async def put(ctx: Context, amendment: Amendment, patience: timedelta = PATIENCE) -> int:
    """Keep it for the person; returns the draft's number."""
    return await ctx.unit.drafts.put_amendment(ctx.person.id, amendment, ctx.now + patience)


async def look(ctx: Context, number: int) -> Amendment:
    """The person's draft for this community; refuses where it is gone."""
    found = await ctx.unit.drafts.get_amendment(number, ctx.person.id, ctx.now)
    if found is None or found.communities != {ctx.community.id}:
        raise Refusal(GONE)
    return found


async def take(ctx: Context, number: int) -> Amendment:
    """The same, once."""
    found = await look(ctx, number)
    await ctx.unit.drafts.drop(number)
    return found


def press(name: str, ctx: Context, number: int, *words: int | str) -> Press:
    """The press of one of the actions of a draft."""
    return Press(name, ctx.community.id, (number, *words))


@action("session-drop", right=Role.ORGANISER)
async def drop(ctx: Context, number: int) -> Outcome:
    """Change nothing after all."""
    await take(ctx, number)
    return Reply(say(T("All right: nothing was changed.")), replaces=True, personal=True)


_STAY = T("Cancel")


def closing(ctx: Context, number: int, label: T, stay: T = _STAY) -> Row:
    """The buttons that save a draft and forget it."""
    save = Button(label, press(SAVE, ctx, number), tone=Tone.MAIN)
    return save, Button(stay, drop(ctx.community.id, number), tone=Tone.DANGER)


async def confirm(
    ctx: Context, title: T, label: T, amendment: Amendment, *lines: Line, rows: Sequence[Row] = (), stay: T = _STAY
) -> Reply:
    """What is about to change, with a button that does it."""
    number = await put(ctx, amendment)
    blocks: list[Block] = [Bullets(tuple(lines))] if len(lines) > 1 else [Paragraph(line) for line in lines]
    return Reply(card(title, *blocks, rows=(closing(ctx, number, label, stay), *rows)), personal=True)


async def asked_back(ctx: Context, reading: Unclear, series: Series, make: Make) -> Message:
    """The question which of several times is meant, each a draft of its own; `series` is whose time it is to be."""
    meant = [
        replace(series, rule=read.rule, zoned=series.zoned or read.zoned) for read in reading.options[:MOST_OPTIONS]
    ]
    numbers = [await put(ctx, make(read)) for read in reading.options[:MOST_OPTIONS]]
    shows = [press(SHOW, ctx, number, FIRST) for number in numbers]
    change = Button(T("Another time"), press(RETIME, ctx, numbers[-1]))
    if reading.why is Doubt.PAST and len(meant) == 1:
        when = occurrence(meant[0], meant[0].rule.first, None)
        text = T("That time has passed. Did you mean {when}?", when=moment(when, Shape.FULL, fixed=True))
        return say(text, rows=((Button(T("Yes"), shows[0], tone=Tone.MAIN), change),))
    rows = [(Button(option(each), shown),) for each, shown in zip(meant, shows, strict=True)]
    cancel = Button(T("Cancel"), drop(ctx.community.id, numbers[-1]), tone=Tone.DANGER)
    return say(DOUBTS[reading.why], rows=(*rows, (change, cancel)))
