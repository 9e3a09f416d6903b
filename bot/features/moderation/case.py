"""Cases as moderators see them: one card each, somebody's list, taking back at once and pardoning later."""

from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Block, Bullets, Button, Message, Outcome, Paragraph, Quote, Reply, Row, card, say
from bot.chat.places import Role
from bot.chat.text import Line, Moment, Name, T, bold, code
from bot.command import Example, action, command
from bot.context import Context
from bot.domain.moderation import UNDO, Appeal, Deed, Kind, Sanction, State
from bot.features.moderation import check, news, sentence
from bot.param import Arg
from bot.whom import members

MOST = 10
"""Cases of one person that are listed; older ones are found in /modlog."""

KINDS = {Kind.WARNING: T("Warning"), Kind.MUTE: T("Mute"), Kind.BAN: T("Ban")}
STATES = {
    State.ACTIVE: T("over"),
    State.UNDONE: T("undone"),
    State.PARDONED: T("pardoned"),
    State.LIFTED: T("lifted after an appeal"),
    State.REPLACED: T("replaced"),
}


@command(
    "warns",
    right=Role.MEMBER,
    aliases=("daftarperingatan", "mod warns", "moderasi peringatan"),
    summary=T("Somebody's warnings, or your own"),
    examples=(
        Example("/warns", T("Your own")),
        Example("/warns @citra", T("Those of somebody else, for moderators")),
    ),
    slash="mod warns",
    role_aware=True,
    on_person=T("Warnings"),
)
async def warns(
    ctx: Context,
    person: Annotated[int | None, Arg(help=T("Whose"), person=True, complete=members)] = None,
) -> Outcome:
    """Everybody sees their own, moderators those of others."""
    if person is None or person == ctx.person.id:
        return Reply(await _own(ctx), personal=True)
    if ctx.role < Role.MODERATOR:
        raise Refusal(T("You can see your own warnings alone: {example}", example=code("/warns")))
    return Reply(await _list(ctx, person), personal=True)


@command(
    "unwarn",
    right=Role.MODERATOR,
    aliases=("cabut", "mod unwarn", "moderasi cabut"),
    summary=T("Pardon somebody's newest warning"),
    examples=(
        Example("/unwarn @citra", T("Their newest warning counts no longer")),
        Example("/unwarn @citra Sudah minta maaf", T("The same, with a reason")),
    ),
    slash="mod unwarn",
)
async def unwarn(
    ctx: Context,
    person: Annotated[int, Arg(help=T("Whose"), ask=T("Whose warning?"), person=True, complete=members)],
    why: Annotated[str, Arg(help=T("Why"), most=500)] = "",
) -> Outcome:
    """Pardon; whoever it is about hears of it."""
    await check.may(ctx, person)
    active = await ctx.unit.sanctions.active(ctx.community.id, person, Kind.WARNING, ctx.now)
    if not active:
        raise Refusal(T("{name} has no warning that counts.", name=await check.named(ctx, person)))
    return await _pardon(ctx, await sentence.find(ctx, active[0].id, held=True), why)


@action("sanction-show", right=Role.MODERATOR)
async def show(ctx: Context, number: int) -> Outcome:
    """One case."""
    return Reply(await moderator_card(ctx, await sentence.find(ctx, number)), personal=True)


@action("sanction-undo", right=Role.MODERATOR)
async def undo(ctx: Context, number: int) -> Outcome:
    """As if it had never been, within a minute and by whoever decided it."""
    sanction = await sentence.find(ctx, number, held=True)
    if sanction.actor != ctx.person.id:
        raise Refusal(T("Only whoever decided this can undo it. You can pardon it."))
    if ctx.now > sanction.at + UNDO:
        raise Refusal(T("The minute is over. Pardon it instead: {example}", example=code("/unwarn")))
    before = await sentence.replaced_by(ctx, sanction)
    await sentence.end(ctx, sanction, State.UNDONE, Deed.UNDO)
    if sanction.kind is not Kind.WARNING:
        await ctx.tell(sanction.person, news.over, sanction.id)
    for each in before:
        await sentence.restore(ctx, each)
    return Reply(say(T("Undone: {name}. Nobody was told of it as a warning.", name=code(sanction.name))), replaces=True)


@action("sanction-pardon", right=Role.MODERATOR)
async def pardon(ctx: Context, number: int) -> Outcome:
    """Let it count no longer."""
    sanction = await sentence.find(ctx, number, held=True)
    await check.may(ctx, sanction.person, check.ENDING.get(sanction.kind))
    return await _pardon(ctx, sanction, "")


async def _pardon(ctx: Context, sanction: Sanction, why: str) -> Outcome:
    await sentence.end(ctx, sanction, State.PARDONED, Deed.PARDON, why)
    await ctx.tell(sanction.person, news.over, sanction.id)
    return say(T("Pardoned: {name}. The person hears of it.", name=code(sanction.name)))


async def moderator_card(ctx: Context, sanction: Sanction) -> Message:
    """A case with who decided it, why, on what evidence, how long, and what became of it."""
    names = await ctx.unit.people.names((sanction.person, sanction.actor))
    actor = Name(names.get(sanction.actor, ""), f"#{sanction.actor}") if sanction.actor else T("Bareng itself")
    person = Name(names.get(sanction.person, ""), f"#{sanction.person}")
    who = T("{person}, by {actor}, {when}", person=person, actor=actor, when=Moment(sanction.at))
    blocks: list[Block] = [Paragraph((who,)), Paragraph((T("Reason: {reason}", reason=sanction.reason),))]
    if sanction.evidence.words:
        blocks.append(Quote((sanction.evidence.words,)))
    blocks.append(Paragraph((await state_line(ctx, sanction),)))
    if sanction.appeal is not Appeal.NONE:
        blocks.append(Paragraph((_APPEALS[sanction.appeal],)))
    if sanction.failure:
        blocks.append(Paragraph((T("A platform did not carry it out."),)))
    title = (bold(f"{sanction.name} · "), KINDS[sanction.kind])
    return card(title, *blocks, rows=_rows(ctx, sanction))


async def state_line(ctx: Context, sanction: Sanction) -> T:
    """Whether it holds, and how long."""
    if sanction.holds(ctx.now):
        return await news.standing_line(ctx, sanction)
    return T("It no longer holds: {state}.", state=STATES[sanction.state])


async def _own(ctx: Context) -> Message:
    found = await ctx.unit.sanctions.of(ctx.community.id, ctx.person.id, MOST)
    shown = [each for each in found if each.state is not State.UNDONE]
    if not shown:
        return say(T("No warnings. Our rules: {command}", command=code("/rules")))
    return card(T("Your warnings"), Bullets(tuple([await _line(ctx, each) for each in shown])))


async def _list(ctx: Context, person: int) -> Message:
    found = await ctx.unit.sanctions.of(ctx.community.id, person, MOST)
    name = await check.named(ctx, person)
    if not found:
        return say(T("{name} has never been warned here.", name=name))
    rows = tuple((Button(each.name, show(ctx.community.id, each.id)),) for each in found[:5])
    lines = tuple([await _line(ctx, each) for each in found])
    return card(T("Cases about {name}", name=name), Bullets(lines), rows=rows)


async def _line(ctx: Context, sanction: Sanction) -> Line:
    if sanction.holds(ctx.now):
        state = T("counts until {when}", when=Moment(sanction.until)) if sanction.until else T("counts")
    else:
        state = STATES[sanction.state]
    return (bold(f"{sanction.name} "), KINDS[sanction.kind], f" · {sanction.reason} · ", state)


def _rows(ctx: Context, sanction: Sanction) -> tuple[Row, ...]:
    if not sanction.holds(ctx.now):
        return ()
    link = ctx.link(sanction.evidence.at) if sanction.evidence.at else ""
    look = (Button(T("The message"), url=link),) if link else ()
    return ((Button(T("Pardon"), pardon(sanction.community, sanction.id)), *look),)


_APPEALS = {
    Appeal.OPEN: T("An appeal is open."),
    Appeal.UPHELD: T("Somebody else looked at it: it stands."),
    Appeal.GRANTED: T("It was taken back after an appeal."),
}
