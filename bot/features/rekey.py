"""Correcting a key: a preview of what it changes, then everybody's results and points anew, each told why once."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Block, Button, Message, Outcome, Reply, Tone, card, say
from bot.chat.places import Role
from bot.chat.text import Day, Line, Listing, T, code
from bot.command import Example, Feature, action, command, job
from bot.context import Context
from bot.dialogue import go
from bot.domain.answer import is_right
from bot.domain.community import Reveal
from bot.domain.items import Item, Kind
from bot.domain.jobs import State
from bot.domain.points import Reason
from bot.domain.quiz import Kind as QuizKind
from bot.domain.quiz import Quiz, local_date
from bot.domain.quiz import State as QuizState
from bot.domain.rekey import Recount, is_copy, recount, with_key
from bot.domain.score import correction, correction_cause
from bot.features import sheet
from bot.features.daily import show_quiz
from bot.features.live.card import show_round
from bot.features.points.reward import give
from bot.features.review import prompt
from bot.formats.answer import write_answers
from bot.formats.key import read_key
from bot.param import Arg

KEEP = timedelta(hours=1)
"""How long a preview can be confirmed."""

_NUMBERS = 10_000
"""A notice's subject is the item times this, plus the number of its change."""

_HOW = {
    Kind.ONE: "B",
    Kind.SEVERAL: "A C",
    Kind.TRUTH: "benar",
    Kind.TEXT: "xilem | pembuluh kayu",
    Kind.NUMBER: "3.14 ± 0.01",
    Kind.ORDER: "C A B",
}
CHANGED = T("The question was changed meanwhile. Look at it, then correct it once more.")


@command(
    "quizbank rekey",
    right=Role.ORGANISER,
    aliases=("banksoal koreksi", "quizbank koreksi", "banksoal rekey"),
    summary=T("Correct the key of a question, with everybody's results"),
    examples=(
        Example("/quizbank rekey 1 B", T("Shows what would change, then asks")),
        Example("/quizbank rekey 1", T("Asks for the right answer")),
    ),
)
async def rekey(
    ctx: Context,
    number: Annotated[int, Arg(help=T("The question's number"), ask=T("Which question? Its number."), most=10**9)],
    right: Annotated[
        str,
        Arg(
            help=T("The right answer: B, or A C, or benar, or 3.14 ± 0.01"),
            ask=T("What is right? Letters, true or false, a number, or accepted words with | between."),
        ),
    ],
) -> Outcome:
    """What the correction would change, to be confirmed."""
    item = await _item(ctx, number)
    new = read_key(item, right)
    if new is None:
        line = code(f"/quizbank rekey {number} {_HOW[item.kind]}")
        raise Refusal(T("I can't read that as the right answer of this question. Example: {example}", example=line))
    if isinstance(new, T):
        raise Refusal(new)
    if new == item:
        return say(T("Its key is that already: {answer}", answer=_key(item, ctx.language)))
    draft = await ctx.unit.drafts.put(ctx.person.id, (item, new), ctx.now + KEEP)
    others = await _otherwise(ctx, new)
    return Reply(_preview(ctx, item, new, await _recounts(ctx, new), others, draft), personal=True)


@action("rekey", right=Role.ORGANISER)
async def confirm(ctx: Context, draft: int) -> Outcome:
    """Correct it: the item, its copies, who was right, the points, in one unit."""
    await ctx.held()
    found = await ctx.unit.drafts.get(draft, ctx.person.id, ctx.now)
    if not found or found[0].community != ctx.community.id:
        raise Refusal(T("This preview is no longer open. Send the command again."))
    await ctx.unit.drafts.drop(draft)
    item, new = found
    if await _item(ctx, item.id) != item:
        return Reply(say(CHANGED), replaces=True, personal=True)
    await ctx.unit.items.remember(item, ctx.person.id, "rekey", ctx.now)
    await ctx.unit.items.save(new)
    number = (await ctx.unit.items.history(item.community, item.id))[0].number
    recounts = await _recounts(ctx, new, seized=True)
    for one in recounts:
        await _apply(ctx, one, item.id, number)
    told = sorted({change.person for one in recounts if _is_told(ctx, one.quiz) for change in one.changes})
    for person in told:
        await ctx.tell(person, show_rekey, item.id * _NUMBERS + number)
    done = T("The key of question {number} is now {answer}.", number=_name(item), answer=_key(new, ctx.language))
    count = T(
        "{n} person's result changed; they are told why.",
        "{n} people's results changed; each is told why.",
        n=len(told),
    )
    return Reply(say(done, count), replaces=True, personal=True)


@action("rekey-no", right=Role.ORGANISER)
async def leave(ctx: Context, draft: int) -> Outcome:
    """Forget the preview."""
    if await ctx.unit.drafts.get(draft, ctx.person.id, ctx.now):
        await ctx.unit.drafts.drop(draft)
    return Reply(say(T("The key stays as it was.")), replaces=True, personal=True)


@job("rekeyed")
async def show_rekey(ctx: Context, subject: int) -> Message | State:
    """Why the person's results changed: which key was what and is what now, and what it did to their points."""
    number, change = divmod(subject, _NUMBERS)
    keys = await _keys(ctx, number, change)
    if keys is None:
        return State.DROPPED
    old, new = keys
    lines = [line for quiz in await _asking(ctx, new) for line in await _mine(ctx, quiz, old, new, change)]
    if not lines:
        return State.DROPPED
    return card(
        T("The key of question {number} was corrected", number=_name(new)),
        *prompt(new, ctx.language),
        T("Right was: {old}. Right is: {new}.", old=_key(old, ctx.language), new=_key(new, ctx.language)),
        sheet.stack(lines),
    )


async def _item(ctx: Context, number: int) -> Item:
    found = await ctx.unit.items.some(ctx.community.id, (number,))
    if not found:
        stats = Button(T("Show the statistics"), go("quizbank stats", scope=ctx.community.id))
        raise Refusal(T("There is no question {number} here.", number=code(f"#{number}")), stats)
    return found[0]


async def _asking(ctx: Context, item: Item) -> list[Quiz]:
    """The quizzes that asked this version, the oldest first."""
    holding = await ctx.unit.quizzes.holding(ctx.community.id, item.id)
    asking = (quiz for quiz in holding if any(is_copy(copy, item) for copy in quiz.items))
    return sorted(asking, key=lambda quiz: quiz.id)


async def _recounts(ctx: Context, item: Item, *, seized: bool = False) -> list[Recount]:
    """What the key of `item` changes in each quiz; `seized` once every answer on its way is in."""
    found = []
    for quiz in await _asking(ctx, item):
        held = await ctx.unit.quizzes.seize(quiz.community, quiz.id) if seized else quiz
        if held:
            found.append(recount(held, item, await ctx.unit.quizzes.all_answers(quiz.community, quiz.id)))
    return found


async def _apply(ctx: Context, one: Recount, item: int, number: int) -> None:
    await ctx.unit.quizzes.amend(one.quiz)
    for change in one.changes:
        await ctx.unit.quizzes.judge(one.quiz, change.person, change.position, change.right)
    for person, gain in one.points.items():
        await _correct(ctx, one.quiz, person, correction_cause(one.quiz.id, item, number, person), gain)
    await ctx.renew(show_quiz if one.quiz.kind is QuizKind.DAILY else show_round, one.quiz.id)


async def _correct(ctx: Context, quiz: Quiz, person: int, cause: str, change: int) -> None:
    before = await ctx.unit.ledger.about(quiz.community, person, Reason.ROUND, quiz.id)
    entry = correction(ctx.community, quiz, person, cause, before, change, ctx.person.id, ctx.now)
    if entry.amount > 0:
        await give(ctx, entry)
    elif entry.amount:
        await ctx.unit.ledger.record(entry)


async def _otherwise(ctx: Context, item: Item) -> int:
    """How many quizzes asked it when it was written otherwise: another version is another question."""
    holding = await ctx.unit.quizzes.holding(ctx.community.id, item.id)
    return sum(any(copy.id == item.id and not is_copy(copy, item) for copy in quiz.items) for quiz in holding)


def _preview(ctx: Context, item: Item, new: Item, recounts: Sequence[Recount], others: int, draft: int) -> Message:
    scope = ctx.community.id
    lines = [line for one in recounts for line in _effect(ctx, one)]
    nothing = T("Nobody's result changes.")
    before = T(
        "{n} quiz asked it when it was written otherwise: its results stay.",
        "{n} quizzes asked it when it was written otherwise: their results stay.",
        n=others,
    )
    blocks: list[Block | T] = [sheet.stack(lines), T("Everybody whose result changes is told why, once.")]
    yes = Button(T("Correct it"), confirm(scope, draft, owner=ctx.person.id), tone=Tone.MAIN)
    no = Button(T("Leave it"), leave(scope, draft, owner=ctx.person.id))
    return card(
        T("Correct the key of question {number}?", number=_name(item)),
        *prompt(item, ctx.language),
        T(
            "Right is: {old}. Right would be: {new}.",
            old=_key(item, ctx.language),
            new=_key(new, ctx.language),
        ),
        *(blocks if lines else (nothing,)),
        *((before,) if others else ()),
        rows=((yes, no),),
    )


def _is_told(ctx: Context, quiz: Quiz) -> bool:
    """Whether those who answered know already who was right; until then the key is nobody's to know."""
    at_once = quiz.kind is QuizKind.DAILY and ctx.community.daily.reveal is Reveal.NOW
    return at_once or quiz.state is QuizState.CLOSED


def _effect(ctx: Context, one: Recount) -> Iterable[Line]:
    name = _called(ctx, one.quiz)
    if one.quiz.state is QuizState.OPEN:
        # Numbers would tell how it is being answered.
        yield (T("{quiz}: still open, it goes on with the new key.", quiz=name),)
        return
    people = len({change.person for change in one.changes})
    if not people:
        return
    yield (T("{quiz}: {n} result changes.", "{quiz}: {n} results change.", quiz=name, n=people),)
    gain, lose = [sum(change == way for change in one.points.values()) for way in (1, -1)]
    if gain:
        yield (T("{n} person gains a point there.", "{n} people gain a point there.", n=gain),)
    if lose:
        yield (T("{n} person loses a point there.", "{n} people lose a point there.", n=lose),)


async def _keys(ctx: Context, number: int, change: int) -> tuple[Item, Item] | None:
    """The item before that change and after it."""
    history = {past.number: past.item for past in await ctx.unit.items.history(ctx.community.id, number)}
    now = await ctx.unit.items.some(ctx.community.id, (number,))
    old, new = history.get(change), history.get(change + 1, *now)
    return (old, new) if old and new else None


async def _mine(ctx: Context, quiz: Quiz, old: Item, new: Item, change: int) -> list[Line]:
    """What the correction changed for the person in that quiz, nothing if it did not."""
    if not _is_told(ctx, quiz):
        return []
    responses = await ctx.unit.quizzes.answers(quiz.community, quiz.id, ctx.person.id)
    lines: list[Line] = []
    for position, response in sorted(responses.items()):
        copy = quiz.items[position]
        now = is_right(with_key(copy, new), response)
        if not is_copy(copy, new) or now == is_right(with_key(copy, old), response):
            continue
        name, said = _called(ctx, quiz), sheet.spelled(copy, response)
        right = T("{quiz}: your answer {answer} now counts as right.", quiz=name, answer=said)
        wrong = T("{quiz}: your answer {answer} no longer counts as right.", quiz=name, answer=said)
        lines.append((right if now else wrong,))
    return [*lines, (await _points(ctx, quiz, new.id, change),)] if lines else []


async def _points(ctx: Context, quiz: Quiz, item: int, change: int) -> T:
    if quiz.kind is QuizKind.DAILY:
        return T("Your points stay: that quiz gives them for finishing, right or wrong.")
    entry = await ctx.unit.ledger.find(quiz.community, correction_cause(quiz.id, item, change, ctx.person.id))
    amount = entry.amount if entry else 0
    if amount > 0:
        return T("You gain {n} point: now half of that round is right.", n=amount)
    if amount < 0:
        return T("You lose {n} point: it was for half of that round being right.", n=-amount)
    return T("Your points stay as they are.")


def _key(item: Item, language: str) -> T | Listing | str:
    """What is right, in words that stay true however options are shown."""
    words = item.text(language)
    if item.kind is Kind.ORDER:
        return " → ".join(words.options)
    return write_answers(words.answers) if item.kind is Kind.TEXT else sheet.key(item, language)


def _called(ctx: Context, quiz: Quiz) -> T:
    if quiz.day:
        return T("Daily quiz of {day}", day=Day(quiz.day))
    return T("Live round of {day}", day=Day(local_date(quiz.opens_at, ctx.community.zone)))


def _name(item: Item) -> str:
    return f"#{item.id}"


FEATURE = Feature(commands=(rekey,), actions=(confirm, leave), jobs=(show_rekey,))
