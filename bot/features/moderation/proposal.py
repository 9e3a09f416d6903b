"""What two moderators must agree on: one proposes it, another one carries it out, or it lapses."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.chat.errors import Refusal
from bot.chat.message import Block, Button, Message, Outcome, Paragraph, Quote, Reply, Row, Tone, card, say
from bot.chat.places import Ability, Place, Role
from bot.chat.text import Moment, Name, Shape, Span, T, code
from bot.command import action, job
from bot.context import Context
from bot.domain import jobs
from bot.domain import moderation as sanctions
from bot.domain.jobs import Job
from bot.domain.moderation import Deed, Evidence
from bot.domain.proposal import ALONE, Kind, Proposal, State
from bot.features.moderation import check, locking, sentence
from bot.features.moderation.tell import moderators, reads, tell_moderators
from bot.features.record import note

WATCH = "proposal-watch"
"""The work that lets a proposal lapse."""

_NEEDS = {Kind.BAN: Ability.BAN, Kind.LOCKDOWN: Ability.LOCK}


async def propose_ban(ctx: Context, person: int, reason: str, about: Evidence) -> Outcome:
    """Propose to put somebody out; the second moderator who wants the same agrees by it."""
    found = await check.may(ctx, person)
    check.we_can(ctx, Ability.BAN, [there.place for there in found])
    await check.we_outrank(ctx, Ability.BAN, found, person)
    return await _propose(
        ctx, Proposal(ctx.community.id, 0, Kind.BAN, ctx.person.id, ctx.now, person, reason, evidence=about)
    )


async def propose_lockdown(ctx: Context, lasts: timedelta | None, reason: str = "") -> Outcome:
    """Propose to lock every place of the group."""
    minutes = int(lasts / timedelta(minutes=1)) if lasts else 0
    return await _propose(
        ctx, Proposal(ctx.community.id, 0, Kind.LOCKDOWN, ctx.person.id, ctx.now, reason=reason, length=minutes)
    )


async def _propose(ctx: Context, wanted: Proposal) -> Outcome:
    await ctx.held()  # of two who propose the same at once the second sees what the first one wants
    for each in await ctx.unit.proposals.open(wanted.community):
        if each.waits(ctx.now) and (each.kind, each.person) == (wanted.kind, wanted.person):
            return await _wanted_before(ctx, each)
    others = await moderators(ctx, but=(wanted.by, wanted.person))
    if not others and ctx.role < Role.ORGANISER:
        raise Refusal(_HOW_TO_APPOINT)
    made = await ctx.unit.proposals.add(replace(wanted, alone=not others))
    await ctx.unit.jobs.put(Job(made.community, f"{WATCH}:{made.id}", WATCH, made.id, made.until))
    await tell_moderators(ctx, asked, made.id, but=(made.by, made.person))
    await note(ctx, Deed.PROPOSE, person=made.person, subject=made.id, why=made.reason)
    return Reply(await _waiting_card(ctx, made, len(others)), personal=True)


async def _wanted_before(ctx: Context, waiting: Proposal) -> Outcome:
    if waiting.by != ctx.person.id:
        return await _agree(ctx, waiting.id)
    raise Refusal(T("You have proposed this already. It waits until {when}.", when=Moment(waiting.until, Shape.TIME)))


async def _waiting_card(ctx: Context, made: Proposal, others: int) -> Message:
    """What whoever proposed it reads."""
    scope, number = made.community, made.id
    back = Button(T("Take it back"), decline(scope, number))
    title = await _title(ctx, made)
    if others:
        told = T(
            "Proposed. {n} other moderator hears of it now; it is done as soon as somebody of them agrees, by {when}.",
            "Proposed. {n} other moderators hear of it now; it is done as soon as somebody of them agrees, by {when}.",
            n=others,
            when=Moment(made.until, Shape.TIME),
        )
        return card(title, told, rows=((back,),))
    told = T(
        "There is nobody to agree. You can do it alone from {begin} to {end}: think it over and tap again then.",
        begin=Moment(made.at + ALONE, Shape.TIME),
        end=Moment(made.until, Shape.TIME),
    )
    row: Row = (Button(T("Do it alone"), alone(scope, number), tone=Tone.DANGER), back)
    return card(title, told, _HOW_TO_APPOINT, rows=(row,))


@action("proposal-agree", right=Role.MODERATOR)
async def agree(ctx: Context, number: int) -> Outcome:
    """A second moderator agrees, and so it is done."""
    return await _agree(ctx, number)


async def _agree(ctx: Context, number: int) -> Outcome:
    waiting = await _find(ctx, number)
    if ctx.person.id in (waiting.by, waiting.person):
        raise Refusal(T("Somebody else has to agree to this."))
    await _check_both(ctx, waiting)
    await _carry_out(ctx, waiting)
    await ctx.tell(waiting.by, decided, number)
    return Reply(card(await _title(ctx, waiting), T("Agreed. It is done in a moment.")), replaces=True, personal=True)


@action("proposal-decline", right=Role.MODERATOR)
async def decline(ctx: Context, number: int) -> Outcome:
    """Somebody does not agree, or takes their own proposal back."""
    waiting = await _find(ctx, number)
    if ctx.person.id == waiting.person:
        raise Refusal(T("Somebody else decides about this."))
    await ctx.unit.proposals.save(replace(waiting, state=State.DECLINED, judge=ctx.person.id))
    await note(ctx, Deed.OPPOSE, person=waiting.person, subject=number)
    if waiting.by != ctx.person.id:
        await ctx.tell(waiting.by, decided, number)
    return Reply(card(await _title(ctx, waiting), T("Declined. Nothing happens.")), replaces=True, personal=True)


@action("proposal-alone", right=Role.ORGANISER)
async def alone(ctx: Context, number: int) -> Outcome:
    """An organiser without a second moderator does it, after having thought it over."""
    waiting = await _find(ctx, number)
    if not waiting.alone or ctx.person.id != waiting.by:
        raise Refusal(T("Another moderator has to agree to this."))
    if ctx.now < waiting.at + ALONE:
        raise Refusal(T("Think it over until {when}, then tap again.", when=Moment(waiting.at + ALONE, Shape.TIME)))
    if await moderators(ctx, but=(waiting.by, waiting.person)):
        # Somebody was appointed meanwhile, so the usual way is open.
        await ctx.unit.proposals.save(replace(waiting, alone=False))
        await tell_moderators(ctx, asked, number, but=(waiting.by, waiting.person))
        return say(T("There is a second moderator by now, who is being asked."))
    await _check_alone(ctx, waiting)
    await _carry_out(ctx, waiting)
    return Reply(card(await _title(ctx, waiting), T("It is done in a moment.")), replaces=True, personal=True)


async def _find(ctx: Context, number: int) -> Proposal:
    """The proposal, held; refuses where it was decided or has lapsed."""
    found = await ctx.unit.proposals.hold(ctx.community.id, number)
    if found is None or found.state is State.LAPSED or (found.state is State.OPEN and not found.waits(ctx.now)):
        raise Refusal(T("This proposal has lapsed. Nothing happened."))
    if found.state is not State.OPEN:
        raise Refusal(_outcome(found, await check.named(ctx, found.judge)))
    return found


async def _check_both(ctx: Context, waiting: Proposal) -> None:
    """Refuse unless both may still do it to that person, and the rights of one of them cover it."""
    proposer = await ctx.unit.people.seat(waiting.community, waiting.by)
    granted = proposer.role if proposer else Role.GUEST
    theirs = await check.powers(ctx, waiting.by)
    standing = max((power.role for power in theirs.values()), default=Role.GUEST)
    here = any(power.here for power in theirs.values())
    if not here or max(standing, granted) < Role.MODERATOR:
        raise Refusal(T("Whoever proposed this is no longer a moderator, so it cannot be agreed to."))
    if waiting.kind is Kind.BAN:
        found = await check.may(ctx, waiting.person)
        await check.we_outrank(ctx, Ability.BAN, found, waiting.person)
        if await check.hindrance(ctx, waiting.person, found, theirs, max(standing, granted)):
            raise Refusal(T("Whoever proposed this no longer stands above that person, so it cannot be agreed to."))
    need = _NEEDS[waiting.kind]
    if granted < Role.MODERATOR and not any(need in power.abilities for power in theirs.values()):
        await check.can_somewhere(ctx, need)
    check.we_can(ctx, need, await _concerned(ctx, waiting))


async def _check_alone(ctx: Context, waiting: Proposal) -> None:
    if waiting.kind is Kind.BAN:
        await check.may(ctx, waiting.person, Ability.BAN)
        return
    await check.can_somewhere(ctx, Ability.LOCK)
    check.we_can(ctx, Ability.LOCK, await _concerned(ctx, waiting))


async def _concerned(ctx: Context, waiting: Proposal) -> Sequence[Place]:
    """The places in which it is to be done."""
    if waiting.kind is Kind.BAN:
        return [each.place for each in await check.whereabouts(ctx, waiting.person)]
    return [venue.place for venue in await ctx.unit.communities.venues(waiting.community) if not venue.paused]


async def _carry_out(ctx: Context, waiting: Proposal) -> None:
    await ctx.unit.proposals.save(replace(waiting, state=State.DONE, judge=ctx.person.id))
    if waiting.by != ctx.person.id:
        await note(ctx, Deed.AGREE, person=waiting.person, subject=waiting.id)
    if waiting.kind is Kind.BAN:
        await sentence.impose(
            ctx,
            sanctions.Kind.BAN,
            waiting.person,
            waiting.reason,
            about=waiting.evidence,
            actor=waiting.by,
            second=ctx.person.id,
        )
        return
    lasts = timedelta(minutes=waiting.length) if waiting.length else None
    for place in await _concerned(ctx, waiting):
        await locking.begin(ctx, place, lasts, whole=True, by=waiting.by)


@job("proposal", insists=True)
async def asked(ctx: Context, subject: int) -> Message | jobs.State:
    """What the other moderators hear."""
    waiting = await ctx.unit.proposals.get(ctx.community.id, subject)
    if waiting is None or not waiting.waits(ctx.now) or not await reads(ctx):
        return jobs.State.DROPPED
    who = T("{name} proposes this.", name=await check.named(ctx, waiting.by))
    blocks: list[Block] = [Paragraph((who,))]
    if waiting.reason:
        blocks.append(Paragraph((T("Reason: {reason}", reason=waiting.reason),)))
    if waiting.evidence.words:
        blocks.append(Quote((waiting.evidence.words,)))
    until = Moment(waiting.until, Shape.TIME)
    blocks.append(Paragraph((T("It is done only if another moderator agrees by {when}.", when=until),)))
    scope = waiting.community
    row: Row = (
        Button(T("Agree"), agree(scope, subject), tone=Tone.DANGER),
        Button(T("Decline"), decline(scope, subject)),
    )
    link = ctx.link(waiting.evidence.at) if waiting.evidence.at else ""
    rows: tuple[Row, ...] = (row, (Button(T("The message"), url=link),)) if link else (row,)
    return card(await _title(ctx, waiting), *blocks, rows=rows)


@job("proposal-over")
async def decided(ctx: Context, subject: int) -> Message | jobs.State:
    """What whoever proposed it hears."""
    over = await ctx.unit.proposals.get(ctx.community.id, subject)
    if over is None or over.state is State.OPEN:
        return jobs.State.DROPPED
    return card(await _title(ctx, over), _outcome(over, await check.named(ctx, over.judge)))


@job(WATCH)
async def lapse(ctx: Context, subject: int) -> None:
    """Nobody decided in time."""
    waiting = await ctx.unit.proposals.hold(ctx.community.id, subject)
    if waiting and waiting.state is State.OPEN:
        await ctx.unit.proposals.save(replace(waiting, state=State.LAPSED))
        await ctx.tell(waiting.by, decided, subject)


def _outcome(over: Proposal, judge: Name) -> T:
    match over.state:
        case State.DONE:
            return T("{name} agreed, so it is done.", name=judge)
        case State.DECLINED:
            return T("{name} declined. Nothing happened.", name=judge)
        case _:
            return T("Nobody agreed in time, so nothing happened.")


async def _title(ctx: Context, wanted: Proposal) -> T:
    """What is proposed, in one line."""
    if wanted.kind is Kind.BAN:
        return T("Put {name} out of the group", name=await check.named(ctx, wanted.person))
    if wanted.length:
        return T("Lock the whole group for {length}", length=Span(timedelta(minutes=wanted.length)))
    return T("Lock the whole group until somebody opens it")


_HOW_TO_APPOINT = T(
    "I know no second moderator yet. An organiser makes somebody an administrator in the group's settings; "
    "after {command} in the group I know them.",
    command=code("/modlog"),
)
