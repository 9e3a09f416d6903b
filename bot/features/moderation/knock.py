"""Somebody asks to be let in: the group's question is put to them, moderators hear the answer and decide."""

from dataclasses import replace
from typing import Annotated

from bot.chat.act import Act, Admit, Decline
from bot.chat.errors import Gone, PlatformError, Refusal
from bot.chat.message import Block, Button, Message, Outcome, Paragraph, Quote, Reply, Row, Tone, card, say
from bot.chat.places import Ability, Place, Role
from bot.chat.text import Name, T
from bot.command import PRESSED, WAITING, action, job
from bot.context import Context
from bot.domain import jobs
from bot.domain.door import CROWD_SPAN, FEW, MOST_ANSWER, PATIENCE, Knock, State
from bot.domain.jobs import Job
from bot.domain.moderation import Deed
from bot.features.moderation import check
from bot.features.moderation.pace import soon
from bot.features.moderation.tell import reads, tell_moderators
from bot.features.record import note
from bot.param import Arg
from bot.repository import Pending

CROWD, LAPSE = "knock-crowd", "knock-lapse"
"""Work: telling moderators how many ask at once; ending the wait of one of them."""

_DECIDED = {
    State.ADMITTED: T("they are let in"),
    State.DECLINED: T("they are not let in"),
}
_OVER = T("They no longer ask to be let in.")


async def knocked(ctx: Context) -> None:
    """Put the group's question to whoever asks, or let moderators decide at once; asked twice it is one wish."""
    if ctx.account is None or ctx.who is None:
        return
    question = ctx.community.door.question
    state = State.ASKED if question else State.WAITING
    wanted = Knock(ctx.community.id, 0, ctx.who.id, ctx.account, ctx.place, ctx.now, question, state=state)
    standing = await ctx.unit.knocks.of(wanted.community, wanted.person, wanted.place)
    if standing and standing.state is State.WAITING:
        return
    knock = replace(wanted, id=standing.id) if standing else await ctx.unit.knocks.add(wanted)
    if standing:
        await ctx.unit.knocks.save(knock)
    await ctx.unit.jobs.put(Job(knock.community, f"{LAPSE}:{knock.id}", LAPSE, knock.id, ctx.now + PATIENCE))
    if knock.state is State.ASKED:
        # They may be written to because they ask, though they never wrote to us themselves.
        key, there = f"{asking.name}:{knock.id}:p{knock.person}", Place(ctx.account.platform, ctx.account.id)
        await ctx.unit.jobs.put(Job(knock.community, key, asking.name, knock.id, ctx.now, there, person=knock.person))
    else:
        await _announce(ctx, knock)


@job("knock-ask")
async def asking(ctx: Context, subject: int) -> Message | jobs.State:
    """The question, in private; the next words there are the answer, also after days by the button."""
    knock = await ctx.unit.knocks.get(ctx.community.id, subject)
    if knock is None or knock.state is not State.ASKED:
        return jobs.State.DROPPED
    waiting = await ctx.unit.pendings.get(ctx.place, knock.account)
    if waiting is None or waiting.expires_at < ctx.now:
        given, until = {PRESSED: f"press_{subject}"}, knock.at + PATIENCE
        path, asked = WAITING + answer.name, answer.params[0].name
        await ctx.unit.pendings.put(Pending(ctx.place, knock.account, knock.community, path, given, asked, until))
    row = (Button(T("Answer"), answer(knock.community, subject, owner=knock.person)),)
    intro = T("You ask to come into {group}. Its moderators would like to know first:", group=Name(ctx.community.name))
    then = T("Write it here within three days. Only moderators read it.")
    return replace(card(T("Before the door opens"), intro, Quote((knock.question,)), then, rows=(row,)), asks=True)


async def _asked(ctx: Context, number: int) -> tuple[Block, ...]:
    return (Quote(((await _mine(ctx, number)).question,)),)


@action("knock-answer", right=Role.GUEST, intro=_asked)
async def answer(
    ctx: Context,
    number: int,
    words: Annotated[str, Arg(help=T("The answer"), ask=T("What is the answer?"), most=MOST_ANSWER)],
) -> Outcome:
    """Keep the answer, and let moderators decide."""
    knock = replace(await _mine(ctx, number), answer=words, state=State.WAITING)
    await ctx.unit.knocks.save(knock)
    await _announce(ctx, knock)
    return Reply(say(T("Thank you. The moderators have it now, and one of them opens the door soon.")), personal=True)


async def _mine(ctx: Context, number: int) -> Knock:
    """What whoever acts is asked, held; refuses where that is over."""
    knock = await ctx.unit.knocks.hold(ctx.community.id, number)
    if knock is None or knock.person != ctx.person.id or knock.state is not State.ASKED:
        raise Refusal(T("This question is no longer open."))
    return knock


async def _announce(ctx: Context, knock: Knock) -> None:
    """Let moderators know: one by one, or by their number where many come."""
    if await ctx.unit.knocks.count(knock.community, ctx.now - CROWD_SPAN) > FEW:
        await soon(ctx, CROWD, CROWD_SPAN)
    else:
        await tell_moderators(ctx, news, knock.id, but=(knock.person,))


@job("knock")
async def news(ctx: Context, subject: int) -> Message | jobs.State:
    """Who asks, and what they answered."""
    knock = await ctx.unit.knocks.get(ctx.community.id, subject)
    return await page(ctx, knock) if knock and knock.is_open and await reads(ctx) else jobs.State.DROPPED


async def page(ctx: Context, knock: Knock) -> Message:
    """One who asks, as moderators see it."""
    name, scope, number = await check.named(ctx, knock.person), knock.community, knock.id
    blocks: list[Block] = [Paragraph((knock.question,))] if knock.question else []
    blocks += [Quote((knock.answer,))] if knock.answer else []
    if knock.state is State.ASKED:
        blocks.append(Paragraph((T("No answer yet."),)))
    row: Row = (
        Button(T("Let in"), admit(scope, number), tone=Tone.MAIN),
        Button(T("Not now"), decline(scope, number)),
    )
    return card(T("{name} asks to be let in", name=name), *blocks, rows=(row,))


@action("knock-admit", right=Role.MODERATOR)
async def admit(ctx: Context, number: int) -> Outcome:
    """Open the door."""
    return await _decide(ctx, number, State.ADMITTED)


@action("knock-decline", right=Role.MODERATOR)
async def decline(ctx: Context, number: int) -> Outcome:
    """Leave it shut; they may ask again."""
    return await _decide(ctx, number, State.DECLINED)


async def _decide(ctx: Context, number: int, state: State) -> Outcome:
    knock = await _find(ctx, number)
    mine = {each.place: each.power for each in await check.whereabouts(ctx, ctx.person.id)}
    check.can(ctx, Ability.ADMIT, mine)
    check.we_can(ctx, Ability.ADMIT, [knock.place])
    await ctx.unit.knocks.save(replace(knock, state=state, judge=ctx.person.id))
    await ctx.post_in(knock.place, opening, number)
    await note(ctx, Deed.ADMIT if state is State.ADMITTED else Deed.DECLINE, person=knock.person, subject=number)
    shown = card(await _title(ctx, knock), T("Decided: {what}", what=_DECIDED[state]), T("It is done in a moment."))
    return Reply(shown, replaces=True, personal=True)


async def _find(ctx: Context, number: int) -> Knock:
    """The one who asks, held; refuses where it was decided or is over."""
    knock = await ctx.unit.knocks.hold(ctx.community.id, number)
    if knock is None or knock.state is State.LAPSED:
        raise Refusal(_OVER)
    if knock.person == ctx.person.id:
        raise Refusal(T("Somebody else decides about this."))
    if not knock.is_open:
        who = await check.named(ctx, knock.judge)
        raise Refusal(T("{name} has decided already: {what}", name=who, what=_DECIDED[knock.state]))
    return knock


async def _title(ctx: Context, knock: Knock) -> T:
    return T("{name} asks to be let in", name=await check.named(ctx, knock.person))


async def _went(ctx: Context, subject: int, error: PlatformError | None, _gave: str) -> None:
    """It is done; or whoever decided hears that it is not, and it can be tried again if they still ask."""
    knock = await ctx.unit.knocks.hold(ctx.community.id, subject)
    if knock is None:
        return
    if error is None:
        if knock.state is State.DECLINED and await ctx.unit.people.reachable(knock.person):
            await ctx.tell(knock.person, shut, subject)
        return
    over = isinstance(error, Gone)
    await ctx.unit.knocks.save(replace(knock, state=State.LAPSED if over else State.WAITING))
    await note(ctx, Deed.FAIL, person=knock.person, subject=subject)
    await ctx.tell(knock.judge, lost if over else refused, subject)


@job("knock-open", after=_went)
async def opening(ctx: Context, subject: int) -> Act | jobs.State:
    """Let them in, or not."""
    knock = await ctx.unit.knocks.get(ctx.community.id, subject)
    if knock is None or knock.state not in _DECIDED:
        return jobs.State.DROPPED
    return Admit(knock.account) if knock.state is State.ADMITTED else Decline(knock.account)


@job("knock-shut")
async def shut(ctx: Context, _subject: int) -> Message:
    """What somebody hears who is not let in, if they can be written to."""
    text = T("The moderators of {group} don't open the door just now.", group=Name(ctx.community.name))
    return say(text, T("That is no judgement. Asking again later is fine."))


@job("knock-lost")
async def lost(ctx: Context, subject: int) -> Message | jobs.State:
    """What a moderator hears who decided about somebody who had gone away."""
    knock = await ctx.unit.knocks.get(ctx.community.id, subject)
    return card(await _title(ctx, knock), _OVER) if knock else jobs.State.DROPPED


@job("knock-refused")
async def refused(ctx: Context, subject: int) -> Message | jobs.State:
    """What a moderator hears whose decision the platform did not carry out."""
    knock = await ctx.unit.knocks.get(ctx.community.id, subject)
    if knock is None:
        return jobs.State.DROPPED
    shown = await page(ctx, knock)
    text = T("The platform did not let me do it. My rights there must cover letting people in.")
    return replace(shown, blocks=(*shown.blocks, Paragraph((text,))), rows=shown.rows if knock.is_open else ())


@job(LAPSE)
async def lapse(ctx: Context, subject: int) -> None:
    """Nobody decided in time, or somebody did; what was answered is forgotten now."""
    knock = await ctx.unit.knocks.hold(ctx.community.id, subject)
    if knock:
        state = State.LAPSED if knock.is_open else knock.state
        await ctx.unit.knocks.save(replace(knock, state=state, answer=""))
