"""The queue of held messages: told to moderators in bundles, looked at one by one, decided once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import (
    Block,
    Bullets,
    Button,
    Message,
    Outcome,
    Paragraph,
    Quote,
    Reply,
    Row,
    Tone,
    card,
    say,
)
from bot.chat.places import Ability, Role
from bot.chat.text import Line, Listing, Moment, T, bold, code
from bot.command import Example, action, command
from bot.context import Context
from bot.domain.held import KEPT, Held, State
from bot.domain.moderation import MOST_EVIDENCE, MOST_REASON, Deed, Evidence
from bot.features.moderation import check, proposal, warn
from bot.features.moderation.waiting import WHY, again, dropping, judged
from bot.features.record import note
from bot.param import Arg

SHOWN = 5
MOST_SHORT = 60
"""Messages in a list, and characters of each."""

LOCKDOWN = timedelta(hours=1)
LIGHT = 1

_DECIDED: Mapping[State, T] = {
    State.STANDS: T("It stands."),
    State.DROPPED: T("It was dropped."),
    State.WARNED: T("It was dropped, and its author warned."),
    State.EXPIRED: T("Nobody decided within a week."),
    State.EXEMPT: T("It stands."),
}


@command(
    "held",
    right=Role.MODERATOR,
    aliases=("tertahan", "mod held", "moderasi tertahan"),
    summary=T("Messages that wait for a moderator"),
    examples=(Example("/held", T("A list, with a button for each of them")),),
    slash="mod held",
)
async def held(ctx: Context) -> Outcome:
    """The list, the one that waits longest first."""
    return Reply(await _list(ctx), personal=True)


@action("held-list", right=Role.MODERATOR)
async def look(ctx: Context) -> Outcome:
    """The same by a tap."""
    return Reply(await _list(ctx), personal=True)


@action("held-show", right=Role.MODERATOR)
async def show(ctx: Context, number: int) -> Outcome:
    """One of them."""
    return Reply(await _card(ctx, await _find(ctx, number)), replaces=True, personal=True)


@action("held-stand", right=Role.MODERATOR)
async def stand(ctx: Context, number: int) -> Outcome:
    """Nothing is wrong with it: what was taken away is said again."""
    found = await _find(ctx, number)
    if found.hidden and found.words and not found.asked:
        await ctx.post_in(found.at.place, again, number)
    return await _settle(ctx, found, State.STANDS)


@action("held-drop", right=Role.MODERATOR)
async def drop(ctx: Context, number: int) -> Outcome:
    """Nobody reads it."""
    return await _settle(ctx, await _find(ctx, number), State.DROPPED)


@action("held-all", right=Role.MODERATOR)
async def drop_all(ctx: Context, number: int) -> Outcome:
    """The same with all that wait of this author, who hears of it once."""
    about = await ctx.unit.holds.get(ctx.community.id, number)
    theirs = await _open_of(ctx, about.author) if about else []
    # All are held before the first of them is noted, which holds the community, and by all in the same order.
    held_all = [await ctx.unit.holds.hold(ctx.community.id, each) for each in sorted(each.id for each in theirs)]
    found = await _find(ctx, number)
    for each in held_all:
        if each and each.id != number and each.state is State.OPEN:
            await _end(ctx, each, State.DROPPED)
    return await _settle(ctx, found, State.DROPPED)


@action("held-warn", right=Role.MODERATOR)
async def drop_and_warn(
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
    """Nobody reads it, and its author is warned as by every warning."""
    found = await _find(ctx, number)
    await check.may(ctx, found.author)
    evidence = Evidence(found.words[:MOST_EVIDENCE], found.at)
    given = await warn.give(ctx, found.author, await warn.words(ctx, reason), LIGHT, evidence)
    if ctx.community.moderation.public:
        await ctx.post(warn.announce, given.id)
    return await _settle(ctx, found, State.WARNED)


@action("held-lock", right=Role.MODERATOR)
async def lock_down(ctx: Context) -> Outcome:
    """Propose to lock the group, where many come at once who mean no good."""
    return await proposal.propose_lockdown(ctx, LOCKDOWN)


async def _find(ctx: Context, number: int) -> Held:
    """The message, held; refuses where it was decided, or is of whoever acts."""
    found = await ctx.unit.holds.hold(ctx.community.id, number)
    if found is None:
        raise Refusal(T("This button is too old. Send the command again for a fresh one."))
    if found.author == ctx.person.id:
        raise Refusal(T("Somebody else decides about this."))
    if found.judge:
        raise Refusal(
            T(
                "{name} has decided already: {what}",
                name=await check.named(ctx, found.judge),
                what=_DECIDED[found.state],
            )
        )
    if found.state is not State.OPEN:
        raise Refusal(_DECIDED[found.state])
    return found


async def _settle(ctx: Context, found: Held, state: State) -> Outcome:
    await _end(ctx, found, state)
    if state is not State.WARNED and (found.hidden or found.asked or state is State.DROPPED):
        await ctx.tell(found.author, judged, found.id)
    shown = card(T("Held message"), T("Decided: {what}", what=_DECIDED[state]), rows=await _next(ctx))
    return Reply(shown, replaces=True, personal=True)


async def _end(ctx: Context, found: Held, state: State) -> None:
    if state is not State.STANDS and not found.hidden:
        # It still stands in the group, so this removes somebody's message as any other removal does.
        await check.may(ctx, found.author)
        await check.can_somewhere(ctx, Ability.DELETE)
    await ctx.unit.holds.save(replace(found, state=state, judge=ctx.person.id))
    if state is not State.STANDS and not found.hidden:
        await ctx.post_in(found.at.place, dropping, found.id)
    deed = Deed.RELEASE if state is State.STANDS else Deed.DISCARD
    await note(ctx, deed, person=found.author, subject=found.id)


async def _next(ctx: Context) -> tuple[Row, ...]:
    waiting = await ctx.unit.holds.waiting(ctx.community.id, 1)
    return ((Button(T("Next"), show(ctx.community.id, waiting[0].id)),),) if waiting else ()


async def _list(ctx: Context) -> Message:
    scope = ctx.community.id
    count, waiting = await ctx.unit.holds.count(scope), await ctx.unit.holds.waiting(scope, SHOWN)
    if not waiting:
        return say(T("No message waits for you."))
    lines: list[Line] = []
    for place, each in enumerate(waiting, 1):
        words = " ".join(each.words.split())[:MOST_SHORT] or T("without words")
        lines.append((bold(f"{place}. "), await check.named(ctx, each.author), ": ", words, " · ", WHY[each.signs[0]]))
    row = tuple(Button(str(place), show(scope, each.id)) for place, each in enumerate(waiting, 1))
    more = (T("{n} more after these", n=count - SHOWN),) if count > SHOWN else ()
    return card(waiting_line(count), Bullets(tuple(lines)), *more, rows=(row,))


async def _card(ctx: Context, found: Held) -> Message:
    """The message with why it waits, and what can be done about it."""
    name, why = await check.named(ctx, found.author), Listing(tuple(WHY[sign] for sign in found.signs))
    blocks: list[Block] = [Paragraph((T("{name}, {when}: {why}.", name=name, when=Moment(found.since), why=why),))]
    blocks.append(Quote((found.words,)) if found.words else Paragraph((T("It has no words that I can see."),)))
    if found.urls:
        blocks.append(Bullets(tuple((code(url),) for url in found.urls)))
    if found.file:
        blocks.append(Paragraph((T("A file came with it, which I don't keep."),)))
    if not found.hidden:
        blocks.append(Paragraph((T("I could not take it away, so everybody still sees it."),)))
    return card(T("Held message"), *blocks, rows=await _rows(ctx, found))


async def _rows(ctx: Context, found: Held) -> tuple[Row, ...]:
    scope, number = found.community, found.id
    decide: Row = (
        Button(T("Let it stand"), stand(scope, number)),
        Button(T("Drop"), drop(scope, number)),
        Button(T("Drop and warn"), drop_and_warn(scope, number), tone=Tone.DANGER),
    )
    theirs = [each for each in await _open_of(ctx, found.author) if each.id != number]
    all_: Row = (Button(T("Drop all of theirs"), drop_all(scope, number)),) if theirs else ()
    link = "" if found.hidden else ctx.link(found.at)
    there: Row = (Button(T("The message"), url=link),) if link else ()
    return tuple(row for row in (decide, (*all_, *there)) if row)


async def _open_of(ctx: Context, person: int) -> Sequence[Held]:
    found = await ctx.unit.holds.of(ctx.community.id, person, ctx.now - KEPT)
    return [each for each in found if each.state is State.OPEN]


def waiting_line(n: int) -> T:
    return T("{n} message waits for a moderator", "{n} messages wait for a moderator", n=n)
