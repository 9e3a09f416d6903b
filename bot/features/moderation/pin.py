"""Pins: put up silently with a label and an end, a few of them in a place, and taken down again."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated

from bot.chat.act import Act, Pin, Unpin
from bot.chat.errors import Gone, PlatformError, Refusal
from bot.chat.message import Bullets, Button, Message, Outcome, Receipt, Reply, card, say
from bot.chat.places import Ability, Ref, Role
from bot.chat.text import Line, Moment, Run, T, code
from bot.command import Example, action, command, job
from bot.context import Context
from bot.domain import jobs
from bot.domain import pin as rule
from bot.domain.jobs import Job
from bot.domain.length import LENGTH
from bot.domain.moderation import Deed
from bot.features.moderation import check, span
from bot.features.moderation.allowed import allowed
from bot.features.record import note
from bot.param import Arg, Choice

LOUD = "loud"
MOST_READ = 100
"""Pins of a place that are looked at; there are hardly ever more than a few."""

MOST_BUTTONS = 8
WATCH = "pin-watch"
"""The work that takes a pin down when its time is over."""

_UNNAMED = T("without a label")


@command(
    "pin",
    right=Role.MODERATOR,
    aliases=("sematkan", "mod pin", "moderasi sematkan"),
    summary=T("Pin the message that you reply to, without a sound"),
    examples=(
        Example("/pin", T("As a reply: pins that message")),
        Example("/pin 3d Jadwal ujian", T("For three days, with a label")),
        Example("/pin loud", T("Everybody is told")),
    ),
    slash="mod pin",
)
async def pin(
    ctx: Context,
    how: Annotated[str, Arg(help=T("loud: everybody is told"), choices=(Choice(LOUD, T("loud")),))] = "",
    length: Annotated[str, Arg(help=T("How long: 3d, 2 weeks"), form=LENGTH, most=20)] = "",
    label: Annotated[str, Arg(help=T("What it is, for the list of pins"), most=rule.LONGEST_LABEL)] = "",
) -> Outcome:
    """Have it pinned after the commit; the same message again gets another label or end."""
    at = _meant(ctx)
    if at is None:
        raise Refusal(
            T("Reply to the message that is to be pinned, then send {command}.", command=code("/pin 3d Label"))
        )
    allowed(ctx, Ability.PIN)
    kept_for, label = span.take(length, label, rule.LONGEST_PIN)
    until = ctx.now + kept_for if kept_for else None
    await ctx.held()  # of two who pin it at once the second changes what the first one pinned
    standing = await ctx.unit.pins.of(ctx.community.id, at)
    made = await (_change(ctx, standing, label, until) if standing else _add(ctx, at, label, until, loud=how == LOUD))
    return _told(ctx, made, await _surplus(ctx, at))


async def _add(ctx: Context, at: Ref, label: str, until: datetime | None, *, loud: bool) -> rule.Pin:
    words = " ".join(ctx.quoted.text.split()) if ctx.quoted else ""
    wanted = rule.Pin(
        ctx.community.id, 0, at, ctx.person.id, ctx.now, label or words[: rule.LONGEST_LABEL].strip(), until, loud
    )
    made = await ctx.unit.pins.add(wanted)
    await ctx.post_in(at.place, pinning, made.id)
    await _watch(ctx, made)
    await note(ctx, Deed.PIN, subject=made.id, why=made.label)
    return made


async def _change(ctx: Context, pin_: rule.Pin, label: str, until: datetime | None) -> rule.Pin:
    """Another label or end; it is pinned once more too, for somebody may have taken it down by hand."""
    changed = replace(pin_, label=label or pin_.label, until=until or pin_.until)
    await ctx.unit.pins.save(changed)
    await ctx.post_in(changed.at.place, pinning, changed.id)
    await _watch(ctx, changed)
    await note(ctx, Deed.PIN, subject=changed.id, why=changed.label)
    return changed


async def _surplus(ctx: Context, at: Ref) -> list[rule.Pin]:
    """Pins there that are too many and come down once the new one stands."""
    return list(rule.excess(await ctx.unit.pins.page(ctx.community.id, at.place, MOST_READ)))


def _told(ctx: Context, made: rule.Pin, surplus: list[rule.Pin]) -> Outcome:
    """What the moderator reads; a mark is enough where there is nothing more to say."""
    lines: list[T] = [T("It is pinned in a moment.")]
    if made.until:
        lines = [T("It is pinned in a moment, until {when}.", when=Moment(made.until))]
    if surplus:
        names = surplus[0].label or _UNNAMED
        text = T("I keep {most} pins here, so the oldest comes down: {label}", most=rule.MOST_PINS, label=names)
        lines.append(text)
    if len(lines) == 1 and not made.until:
        return Receipt(lines[0])
    row = (Button(T("Take it down"), take_down(made.community, made.id)),)
    return Reply(say(*lines, rows=(row,)))


@command(
    "unpin",
    right=Role.MODERATOR,
    aliases=("lepas", "mod unpin", "moderasi lepas"),
    summary=T("Take a pin down"),
    examples=(Example("/unpin", T("As a reply: that one; otherwise you choose from a list")),),
    slash="mod unpin",
)
async def unpin(ctx: Context) -> Outcome:
    """Take down the message that is replied to, or offer those that are pinned."""
    at = _meant(ctx)
    if at is None:
        return await _offer(ctx)
    standing = await ctx.unit.pins.of(ctx.community.id, at)
    if standing is None:
        raise Refusal(T("I did not pin that one. {command} shows those that I keep.", command=code("/pins")))
    return await _take_down(ctx, standing)


async def _offer(ctx: Context) -> Outcome:
    kept = await ctx.unit.pins.page(ctx.community.id, None, MOST_READ)
    if not kept:
        return say(_NONE)
    rows = tuple((Button(each.label or _UNNAMED, take_down(each.community, each.id)),) for each in kept[-MOST_BUTTONS:])
    return Reply(say(T("Which one comes down?"), rows=rows), personal=True)


@action("pin-down", right=Role.MODERATOR)
async def take_down(ctx: Context, number: int) -> Outcome:
    """Take down the one of that button; pressed twice it happens once."""
    standing = await ctx.unit.pins.hold(ctx.community.id, number)
    if standing is None or standing.state is rule.State.GONE:
        raise Refusal(T("It is no longer pinned."))
    return await _take_down(ctx, standing)


async def _take_down(ctx: Context, standing: rule.Pin) -> Outcome:
    await check.can_somewhere(ctx, Ability.PIN)
    await _end(ctx, standing)
    return Receipt(T("It is taken down in a moment."))


@command(
    "pins",
    right=Role.MEMBER,
    aliases=("sematan", "group pins", "grup sematan"),
    summary=T("What is pinned, with labels and links"),
    examples=(Example("/pins", T("Only you see the list")),),
    slash="group pins",
)
async def pins(ctx: Context) -> Outcome:
    """The list, newest first."""
    kept = await ctx.unit.pins.page(ctx.community.id, None, MOST_READ)
    shown = [each for each in reversed(kept) if each.state is rule.State.STANDS]
    if not shown:
        return Reply(say(_NONE))
    return Reply(card(T("What is pinned"), Bullets(tuple(_line(ctx, each) for each in shown))))


def _line(ctx: Context, each: rule.Pin) -> Line:
    link = ctx.link(each.at)
    name = Run(each.label, url=link) if each.label else _UNNAMED
    end: Line = (" · ", T("until {when}", when=Moment(each.until))) if each.until else ()
    more: Line = (" · ", Run(link, url=link)) if link and not each.label else ()
    return (name, *more, *end)


def _meant(ctx: Context) -> Ref | None:
    return None if ctx.private else ctx.reply


async def _watch(ctx: Context, made: rule.Pin) -> None:
    if made.until:
        await ctx.unit.jobs.put(Job(made.community, f"{WATCH}:{made.id}", WATCH, made.id, made.until))


async def _end(ctx: Context, standing: rule.Pin, why: str = "") -> None:
    """We keep it no longer; who acts is whoever the scene is of, or Bareng itself."""
    await ctx.unit.pins.save(replace(standing, state=rule.State.GONE))
    await ctx.post_in(standing.at.place, unpinning, standing.id)
    await note(ctx, Deed.UNPIN, subject=standing.id, why=why or standing.label)


async def _pinned(ctx: Context, subject: int, error: PlatformError | None, _gave: str) -> None:
    """It stands, and the oldest goes where there are too many; or it is not kept, and whoever wanted it hears so."""
    made = await ctx.unit.pins.hold(ctx.community.id, subject)
    if made is None or made.state is rule.State.GONE:
        return
    if error:
        await ctx.unit.pins.save(replace(made, state=rule.State.GONE))
        await note(ctx, Deed.FAIL, subject=made.id, why=made.label)
        await ctx.tell(made.by, lost if isinstance(error, Gone) else refused, made.id)
        return
    await ctx.unit.pins.save(replace(made, state=rule.State.STANDS))
    # All are held before the first of them is noted, which holds the community.
    held = [await ctx.unit.pins.hold(each.community, each.id) for each in await _surplus(ctx, made.at)]
    for surplus in held:
        if surplus and surplus.state is not rule.State.GONE:
            await _end(ctx, surplus)


async def _unpinned(ctx: Context, subject: int, error: PlatformError | None, _gave: str) -> None:
    if error and not isinstance(error, Gone):
        standing = await ctx.unit.pins.hold(ctx.community.id, subject)
        await note(ctx, Deed.FAIL, subject=subject)
        if standing:
            await ctx.tell(standing.by, stays, subject)


@job("pin-put", after=_pinned)
async def pinning(ctx: Context, subject: int) -> Act | jobs.State:
    """Pin it, unless it was taken down meanwhile."""
    made = await ctx.unit.pins.hold(ctx.community.id, subject)
    kept = made is not None and made.state is not rule.State.GONE
    return Pin(made.at, made.loud) if made and kept else jobs.State.DROPPED


@job("pin-take", after=_unpinned)
async def unpinning(ctx: Context, subject: int) -> Act | jobs.State:
    """Take it down."""
    gone = await ctx.unit.pins.hold(ctx.community.id, subject)
    return Unpin(gone.at) if gone and gone.state is rule.State.GONE else jobs.State.DROPPED


@job(WATCH)
async def expire(ctx: Context, subject: int) -> None:
    """Take it down when its time is over, however late that is."""
    standing = await ctx.unit.pins.hold(ctx.community.id, subject)
    if standing and standing.state is not rule.State.GONE and standing.until and standing.until <= ctx.now:
        await _end(ctx, standing)


@job("pin-refused")
async def refused(ctx: Context, subject: int) -> Message | jobs.State:
    """What a moderator hears whose pin the platform did not take."""
    name = await _name(ctx, subject)
    text = T("I could not pin {label}: the platform did not let me. It is not in the list.", label=name)
    return say(text, T("My rights there must cover pinning, and there must be room for one more."))


@job("pin-lost")
async def lost(ctx: Context, subject: int) -> Message | jobs.State:
    """What a moderator hears who wanted to pin what was gone."""
    return say(T("I could not pin {label}: the message is gone.", label=await _name(ctx, subject)))


@job("pin-stays")
async def stays(ctx: Context, subject: int) -> Message | jobs.State:
    """What a moderator hears whose pin could not be taken down."""
    text = T("I could not take down {label}: the platform did not let me.", label=await _name(ctx, subject))
    return say(text, T("You can take it down by hand; I no longer keep it."))


async def _name(ctx: Context, subject: int) -> str | T:
    found = await ctx.unit.pins.hold(ctx.community.id, subject)
    return found.label if found and found.label else _UNNAMED


_NONE = T("Nothing is pinned by me here. Moderators pin with {command} as a reply.", command=code("/pin"))
