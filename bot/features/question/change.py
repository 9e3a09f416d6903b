"""What changes a question: it is touched, closed, opened again; its author and its cards hear of that."""

from dataclasses import replace

from bot.chat.message import Button, Message, Row, say
from bot.chat.text import Name, T, code
from bot.command import job
from bot.context import Context, Named
from bot.domain import jobs
from bot.domain.jobs import Job
from bot.domain.question import Closing, Question, State, next_step
from bot.domain.quiet import awake
from bot.features.question import card, entry, page

CLOCK = "question-clock"
"""The work that looks at an open question when its next step is due."""


async def plan(ctx: Context, question: Question) -> None:
    """Look at it again when the next step is due, unless something happens before."""
    if question.state is not State.OPEN:
        return
    counts = await ctx.unit.questions.counts(question.community, (question.id,))
    _, at = next_step(question, counts[question.id].answers)
    await ctx.unit.jobs.put(Job(question.community, f"{CLOCK}:{question.id}", CLOCK, question.id, at))


async def touch(ctx: Context, question: Question, *, anew: bool = False) -> Question:
    """Something happened to a question that is held: what was planned begins anew, and its cards show it."""
    touched = replace(question, touched_at=ctx.now, nudged=False, asked=False)
    await put(ctx, touched, anew=anew)
    await plan(ctx, touched)
    return touched


async def put(ctx: Context, question: Question, *, anew: bool = False) -> None:
    """Store it, let it be found as it now is, and renew its cards.

    An open one is posted wherever it does not stand: a group that became another chat lost its card. `anew` says that
    a card was there and was deleted, because platforms take a second send with the key of the first for a repetition.
    """
    await ctx.unit.questions.save(question)
    await entry.index(ctx, question)
    await ctx.renew(card.show, question.id)
    if question.state is State.OPEN:
        await post(ctx, question, anew=anew)


async def post(ctx: Context, question: Question, *, anew: bool = False) -> None:
    """Post its card in those places of the group where it does not stand."""
    cards = await ctx.unit.cards.standing(question.community, f"{page.CARD}:{question.id}")
    there = {(ref.place.platform, ref.place.chat) for ref in cards}
    for venue in await ctx.unit.communities.venues(question.community):
        if not venue.paused and (venue.place.platform, venue.place.chat) not in there:
            await (ctx.post_anew if anew else ctx.post_in)(venue.question_place, card.show, question.id)


async def close(ctx: Context, question: Question, why: Closing, note: str = "", original: int = 0) -> Question:
    """End a question that is held; whoever asked hears of it if it was somebody else.

    That an anonymous author closed it is told to nobody.
    """
    own = await page.is_owner(ctx, question)
    hidden = own and question.anonymous
    ended = replace(
        question,
        state=State.CLOSED,
        closing=why,
        note=note,
        closer=ctx.who.id if ctx.who and not hidden else 0,
        original=original,
        touched_at=ctx.now,
    )
    await put(ctx, ended)
    if not own:
        await tell_owner(ctx, ended, closed)
    return ended


async def reopen(ctx: Context, question: Question) -> Question:
    """Open a held question again; a card that is gone is posted anew."""
    return await touch(ctx, _not_closed(question, State.OPEN), anew=True)


async def solve(ctx: Context, question: Question) -> None:
    """An answer to a held question was accepted, also where it was closed."""
    await touch(ctx, _not_closed(question, State.ANSWERED))


async def unsolve(ctx: Context, question: Question) -> None:
    """An answer to a held question is gone or no longer accepted: it is open again if no other one solves it."""
    counts = await ctx.unit.questions.counts(question.community, (question.id,))
    if question.state is State.ANSWERED and not counts[question.id].accepted:
        question = replace(question, state=State.OPEN)
    await touch(ctx, question)


def _not_closed(question: Question, state: State) -> Question:
    return replace(question, state=state, closing=Closing.NONE, note="", closer=0, original=0)


async def tell_owner(ctx: Context, question: Question, what: Named, subject: int = 0) -> None:
    """Tell whoever asked, in private and not at night; who that is stands in no answer to anybody else."""
    owner = await ctx.unit.questions.owner(question.community, question.id)
    await ctx.tell(owner, what, subject or question.id, awake(ctx.now, ctx.community.zone))


@job("question-closed")
async def closed(ctx: Context, subject: int) -> Message | jobs.State:
    """What whoever asked hears when somebody else closed it."""
    question = await ctx.unit.questions.get(ctx.community.id, subject)
    if question is None or question.state is not State.CLOSED:
        return jobs.State.DROPPED
    names = await ctx.unit.people.names([question.closer] if question.closer else [])
    text = T("{name} is closed.", name=code(question.name))
    if question.closer in names:
        text = T("{who} closed {name}.", who=Name(names[question.closer]), name=code(question.name))
    scope = question.community
    row: Row = (
        Button(T("Open it again"), page.press("reopen", scope, subject)),
        Button(T("Show it"), page.press("show", scope, subject)),
    )
    return say(text, question.title, (page.state_of(question),), rows=(row,))
