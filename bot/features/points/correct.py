"""Points corrected by hand: an organiser says how many and why, whoever it concerns reads it, a new entry undoes it."""

from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Button, Message, Outcome, Reply, Row, say
from bot.chat.places import Role
from bot.chat.text import Name, Run, Style, T, code
from bot.command import Example, action, command, job
from bot.context import Context
from bot.domain import jobs
from bot.domain.moderation import Deed
from bot.domain.points import ALL_TIME, MOST_WORTH, Entry, Reason, fix, fix_cause, undo_cause
from bot.domain.thanks import MOST_WHY
from bot.features.points.kind import KINDS
from bot.features.points.reward import take_back
from bot.features.record import note
from bot.param import Arg, Choice
from bot.whom import members

_KINDS = {kind.value: label for kind, label in KINDS.items() if kind is not Reason.FIRST}
"""What can be corrected; the points for the first contribution come but once."""


def _check_amount(amount: int) -> None:
    if not amount:
        example = code(correct.examples[0].line)
        raise Refusal(T("0 changes nothing. Say how many more or fewer. Example: {example}", example=example))


@command(
    "correct",
    right=Role.ORGANISER,
    aliases=("koreksi", "points add", "poin koreksi", "mod points", "moderasi poin"),
    summary=T("Correct somebody's points, with the reason"),
    examples=(
        Example("/correct @dewi quiz +2 Monday's quiz was not counted", T("Dewi gets 2 more and reads why")),
        Example("/koreksi @citra -1 Terhitung dua kali", T("Asks which points, and takes 1 away")),
    ),
    slash="mod points",
)
async def correct(
    ctx: Context,
    *,
    person: Annotated[int, Arg(help=T("Whose"), ask=T("Whose points?"), person=True, complete=members)],
    kind: Annotated[
        str,
        Arg(
            help=T("Which points"),
            ask=T("Which points? If none of these fits, skip it: then they count as thanks."),
            choices=tuple(Choice(word, label) for word, label in _KINDS.items()),
            later=True,
        ),
    ] = Reason.THANKS.value,
    amount: Annotated[
        int,
        Arg(
            help=T("How many more, or fewer with a minus"),
            ask=T("How many more? With a minus they become fewer."),
            least=-MOST_WORTH,
            most=MOST_WORTH,
            check=_check_amount,
        ),
    ],
    why: Annotated[
        str, Arg(help=T("The reason; whoever it concerns reads it"), ask=T("What is the reason?"), most=MOST_WHY)
    ],
) -> Outcome:
    """Enter it, with a line in the record; never for oneself, and never below nothing."""
    if person == ctx.person.id:
        raise Refusal(T("Your own points are for another organiser to correct."))
    # Held, so that two who take away at once do not take more than there is.
    await ctx.unit.people.member(ctx.community.id, person)
    name = await _name(ctx, person)
    await _check_enough(ctx, person, Reason(kind), amount, name)
    entry = fix(
        ctx.community, person, Reason(kind), amount, 1 + ctx.rng.getrandbits(30), ctx.now,
        by=ctx.person.id, note=why.strip(),
    )  # fmt: skip
    await ctx.unit.ledger.record(entry)
    await _follow(ctx, entry, amount)
    row: Row = (Button(T("Undo"), undo(ctx.community.id, entry.subject, owner=ctx.person.id)),)
    told = T("{name}: {what}. They read it with your name and the reason.", name=name, what=_what(entry))
    return Reply(say(told, rows=(row,)), personal=True)


@action("points-undo", right=Role.ORGANISER)
async def undo(ctx: Context, number: int) -> Outcome:
    """Take a correction back, once, by an entry of its own."""
    entry = await ctx.unit.ledger.find(ctx.community.id, fix_cause(number))
    if entry is None:
        raise Refusal(T("This button is too old. Send the command again for a fresh one."))
    if await ctx.unit.unions.current(entry.person) == ctx.person.id:
        raise Refusal(T("Your own points are for another organiser to correct."))
    if not await take_back(ctx, entry.cause, by=ctx.person.id, note=entry.note):
        raise Refusal(T("This was taken back already."))
    await _follow(ctx, entry, -entry.amount)
    return Reply(
        say(T("Taken back. {name} has what was there before.", name=await _name(ctx, entry.person))), replaces=True
    )


@job("points-corrected")
async def corrected(ctx: Context, subject: int) -> Message | jobs.State:
    """What whoever it concerns is told of a correction, as it stands when they are told."""
    entry = await ctx.unit.ledger.find(ctx.community.id, fix_cause(subject))
    if entry is None:
        return jobs.State.DROPPED
    where = T("{command} explains each point.", command=code("/why"))
    if await ctx.unit.ledger.find(ctx.community.id, undo_cause(entry.cause)):
        return say(T("A correction of your points was taken back: {what}.", what=_what(entry)), where)
    head = T("Your points were corrected: {what}.", what=_what(entry))
    # Whoever was erased takes the words along that they wrote.
    reason = (T("The reason: {why}", why=Name(entry.note)),) if entry.note else ()
    return say(head, *reason, where)


async def _check_enough(ctx: Context, person: int, kind: Reason, amount: int, name: Name) -> None:
    have = (await ctx.unit.ledger.sums(ctx.community.id, person, ALL_TIME)).get(kind, 0)
    if amount < 0 and have + amount < 0:
        raise Refusal(T("{name} has only {n} of these points. More cannot be taken.", name=name, n=max(have, 0)))


async def _follow(ctx: Context, entry: Entry, amount: int) -> None:
    """Tell whom it concerns, and leave a line of what was moved."""
    person = await ctx.unit.unions.current(entry.person)
    await ctx.tell(person, corrected, entry.subject)
    why = f"{entry.reason} {amount:+d}: {entry.note}"
    await note(ctx, Deed.POINTS, person=person, subject=entry.subject, why=why)


def _what(entry: Entry) -> T:
    return T("{amount} ({kind})", amount=Run(f"{entry.amount:+d}", Style.BOLD), kind=KINDS[entry.reason])


async def _name(ctx: Context, person: int) -> Name:
    names = await ctx.unit.people.names((person,))
    return Name(names.get(person, ""), f"#{person}")
