"""What moderators find about a reported message, and who hears what of it."""

from dataclasses import replace
from typing import Annotated

from bot.chat.act import Act, Remove
from bot.chat.errors import Gone, PlatformError, Refusal
from bot.chat.message import Block, Bullets, Button, Message, Outcome, Paragraph, Quote, Reply, Row, Tone, card, say
from bot.chat.places import Ability, Role
from bot.chat.text import Line, Name, T
from bot.command import action, job
from bot.context import Context
from bot.domain import jobs
from bot.domain.moderation import MOST_EVIDENCE, MOST_REASON, Deed, Evidence
from bot.domain.quiet import awake
from bot.domain.report import Report, State
from bot.features.moderation import check, warn
from bot.features.moderation.tell import reads
from bot.features.record import note
from bot.param import Arg

MOST_REASONS = 5
LIGHT = 1

_FOUND = {
    State.WARNED: T("The author was warned."),
    State.REMOVED: T("The message was removed."),
    State.CLEARED: T("Nothing was wrong with it."),
}


@job("report")
async def news(ctx: Context, subject: int) -> Message | jobs.State:
    """What moderators hear; what was decided meanwhile is no news."""
    about = await ctx.unit.reports.get(ctx.community.id, subject)
    if about is None or about.state is not State.OPEN or not await reads(ctx):
        return jobs.State.DROPPED
    return await _card(ctx, about)


@action("report-warn", right=Role.MODERATOR)
async def warn_author(
    ctx: Context,
    number: int,
    reason: Annotated[
        str,
        Arg(
            help=T("Why"),
            ask=T("Why? It is told to the person."),
            most=MOST_REASON,
            complete=warn.reasons,
            suggests=True,
        ),
    ],
) -> Outcome:
    """Warn the author; the rest is as for every warning."""
    about = await _find(ctx, number)
    if not about.author:
        raise Refusal(T("Nobody who can be warned wrote this."))
    await check.may(ctx, about.author)
    evidence = Evidence(about.words[:MOST_EVIDENCE], about.about)
    given = await warn.give(ctx, about.author, await warn.words(ctx, reason), LIGHT, evidence)
    if ctx.community.moderation.public:
        await ctx.post(warn.announce, given.id)
    return await _settle(ctx, about, State.WARNED)


@action("report-remove", right=Role.MODERATOR)
async def remove(ctx: Context, number: int) -> Outcome:
    """Have the message deleted."""
    about = await _find(ctx, number)
    if about.author:
        await check.may(ctx, about.author, Ability.DELETE)
    elif ctx.role < Role.ORGANISER:
        # An anonymous administrator may have written it, the owner among them.
        raise Refusal(T("I can't see who wrote this, so an organiser has to remove it."))
    else:
        await check.can_somewhere(ctx, Ability.DELETE)
    if not about.hidden:
        await ctx.post_in(about.about.place, removing, number)
    return await _settle(ctx, about, State.REMOVED)


@action("report-clear", right=Role.MODERATOR)
async def clear(ctx: Context, number: int) -> Outcome:
    """Nothing is wrong with it; what was taken away meanwhile is shown again."""
    about = await _find(ctx, number)
    if about.hidden and about.words:
        await ctx.post_in(about.about.place, again, number)
    return await _settle(ctx, about, State.CLEARED)


async def hold(ctx: Context, number: int) -> Report | None:
    """The report, held after the community: in that order a new one is numbered, and nobody may wait in a circle."""
    await ctx.held()
    return await ctx.unit.reports.hold(ctx.community.id, number)


async def _find(ctx: Context, number: int) -> Report:
    """The report, held; refuses where it was decided, or is about whoever acts."""
    about = await hold(ctx, number)
    if about is None:
        raise Refusal(T("This button is too old. Send the command again for a fresh one."))
    if about.author == ctx.person.id:
        raise Refusal(T("Somebody else decides about this."))
    if about.state is not State.OPEN:
        who = await check.named(ctx, about.judge)
        raise Refusal(T("{name} has decided already: {what}", name=who, what=_FOUND[about.state]))
    return about


async def _settle(ctx: Context, about: Report, found: State) -> Outcome:
    settled = replace(about, state=found, judge=ctx.person.id, judged_at=ctx.now)
    await ctx.unit.reports.save(settled)
    await note(ctx, Deed.SETTLE, person=about.author, subject=about.id, why=found.value)
    for voice in await ctx.unit.reports.voices(about.community, about.id):
        if voice.person != ctx.person.id:
            await ctx.tell(voice.person, outcome, about.id, awake(ctx.now, ctx.community.zone))
    shown = card(T("Reported message"), T("Decided: {what}", what=_FOUND[found]))
    return Reply(shown, replaces=True, personal=True)


async def _card(ctx: Context, about: Report) -> Message:
    """The message, what people say is wrong with it, and what can be done; who reported it is not named."""
    voices = await ctx.unit.reports.voices(about.community, about.id)
    count = T("{n} person reported this message.", "{n} people reported this message.", n=len(voices))
    blocks: list[Block] = [Paragraph((count,))]
    if about.author:
        author = await check.named(ctx, about.author)
        blocks.append(Paragraph((T("Written by {name}.", name=author),)))
    blocks.append(Quote((about.words,)) if about.words else Paragraph((T("It has no words that I can see."),)))
    if reasons := [voice.reason for voice in voices if voice.reason][:MOST_REASONS]:
        lines: list[Line] = [(reason,) for reason in reasons]
        blocks += [Paragraph((T("What people say:"),)), Bullets(tuple(lines))]
    if about.hidden:
        blocks.append(Paragraph((T("It is hidden until one of you decides."),)))
    return card(T("Reported message"), *blocks, rows=await _rows(ctx, about))


async def _rows(ctx: Context, about: Report) -> tuple[Row, ...]:
    scope, number = about.community, about.id
    row: list[Button] = []
    if about.author:
        row.append(Button(T("Warn"), warn_author(scope, number)))
    # A card of ours is changed where it belongs, so that nothing is left behind that points to it.
    if about.author or await ctx.unit.cards.at(about.about) is None:
        row.append(Button(T("Remove the message"), remove(scope, number), tone=Tone.DANGER))
    row.append(Button(T("Nothing wrong"), clear(scope, number)))
    link = "" if about.hidden else ctx.link(about.about)
    look: Row = (Button(T("The message"), url=link),) if link else ()
    return tuple(each for each in (tuple(row), look) if each)


async def _removed(ctx: Context, subject: int, error: PlatformError | None, _gave: str) -> None:
    """The record says that it is gone, or whoever decided so hears that it is not."""
    about = await hold(ctx, subject)
    if about is None:
        return
    if error and not isinstance(error, Gone):
        await note(ctx, Deed.FAIL, person=about.author, subject=subject)
        await ctx.tell(about.judge, stays, subject)
        return
    await note(ctx, Deed.REMOVE, person=about.author, subject=subject, actor=about.judge)


@job("report-remove", after=_removed)
async def removing(ctx: Context, subject: int) -> Act | jobs.State:
    """Delete the message."""
    about = await ctx.unit.reports.get(ctx.community.id, subject)
    return Remove(about.about) if about else jobs.State.DROPPED


@job("report-again")
async def again(ctx: Context, subject: int) -> Message | jobs.State:
    """What was taken away and was nothing, said again: a deleted message cannot be brought back."""
    about = await ctx.unit.reports.get(ctx.community.id, subject)
    if about is None or about.state is not State.CLEARED:
        return jobs.State.DROPPED
    name: Name = await check.named(ctx, about.author)
    return card(T("{name} wrote:", name=name), Quote((about.words,)))


@job("report-stays")
async def stays(_ctx: Context, _subject: int) -> Message:
    """What a moderator hears whose decision the platform did not carry out."""
    text = T("I could not remove the reported message: the platform did not let me.")
    return say(text, T("Please delete it by hand. The decision stands in the record."))


@job("report-outcome")
async def outcome(ctx: Context, subject: int) -> Message | jobs.State:
    """What whoever reported hears, in neutral words."""
    about = await ctx.unit.reports.get(ctx.community.id, subject)
    if about is None or about.state is State.OPEN:
        return jobs.State.DROPPED
    if about.state is State.CLEARED:
        return say(T("A moderator looked at a message that you reported and let it stand. Thank you for looking out."))
    return say(T("A moderator looked at a message that you reported and took care of it. Thank you."))


@job("report-waits")
async def waits(ctx: Context, subject: int) -> Message | jobs.State:
    """What the author hears whose message was taken away for the time being."""
    about = await ctx.unit.reports.get(ctx.community.id, subject)
    if about is None or about.state is not State.OPEN:
        return jobs.State.DROPPED
    blocks: list[Block] = [Quote((about.words,))] if about.words else []
    text = T("A message of yours is hidden until a moderator has looked at it. Nothing is decided yet.")
    return card(T("Your message waits"), text, *blocks)
