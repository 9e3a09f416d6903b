"""A question and an answer as one person sees them, with what this person can do with them."""

from collections.abc import Mapping, Sequence

from bot.chat.errors import Refusal
from bot.chat.message import Block, Bullets, Button, Message, Outcome, Paragraph, Reply, Row, Tone, card
from bot.chat.places import Role
from bot.chat.press import Press
from bot.chat.text import Inline, Line, Listing, Name, Run, T, bold, code
from bot.command import action
from bot.context import Context
from bot.domain.question import Answer, Closing, Label, Question, State
from bot.features.rich import rich
from bot.formats.check import legal_tag

TOO_OLD = T("This button is too old. Send the command again for a fresh one.")
PAGE = 3
"""Answers of one page: a row has a button for each."""

LONGEST_TOPIC = 20
"""Characters of a topic for which a button has room beside the largest numbers."""

ON, OFF = "on", "off"
CARD = "question"
"""The kind of the public card, of which its number is the subject."""

SAID = "answer"
"""The kind under which the message of an answer is known."""


async def find(ctx: Context, number: int, *, held: bool = False) -> Question:
    """The question of that number, held if it is to be changed; refuses where there is none."""
    questions = ctx.unit.questions
    found = await (questions.hold if held else questions.get)(ctx.community.id, number)
    if found is None:
        raise Refusal(
            T(
                "There is no {name} here. {command} shows what there is.",
                name=code(f"Q{number}"),
                command=code("/questions"),
            )
        )
    return found


async def find_answer(ctx: Context, question: int, number: int) -> Answer:
    """The answer of that number; refuses where there is none, or no longer."""
    found = await ctx.unit.questions.answer(ctx.community.id, question, number)
    if found is None or found.withdrawn:
        raise Refusal(T("There is no {name} any more.", name=code(f"Q{question}.{number}")))
    return found


async def is_owner(ctx: Context, question: Question) -> bool:
    """Whether the actor asked it, also where nobody is named."""
    return ctx.who is not None and await ctx.unit.questions.is_owner(question.community, question.id, ctx.who.id)


async def check_decider(ctx: Context, question: Question) -> None:
    """Refuse whoever neither asked the question nor is a moderator.

    In public nobody decides about what they asked anonymously, for that would tell who asked; all are told the same.
    """
    if ctx.role >= Role.MODERATOR:
        return
    if question.anonymous and ctx.own and not ctx.private:
        raise Refusal(
            T("Only whoever asked, or a moderator, decides that. About questions without a name: in private with me.")
        )
    if not await is_owner(ctx, question):
        raise Refusal(T("Only whoever asked, or a moderator, decides that."))


def press(name: str, scope: int, *words: int | str) -> Press:
    """The press of one of the actions about questions; they stand in files that themselves show pages."""
    return Press(f"question-{name}", scope, words)


def pressable(tag: str) -> bool:
    """Whether a button has room for that topic."""
    return legal_tag(tag) and len(tag) <= LONGEST_TOPIC


def asker(question: Question, names: Mapping[int, str]) -> Inline:
    """Who asked, as far as that is to be known."""
    if question.anonymous:
        return T("asked anonymously")
    return T("asked by {name}", name=Name(names.get(question.author, "")))


def state_of(question: Question) -> T:
    """How it stands, in words."""
    if question.state is State.ANSWERED:
        return T("✓ answered")
    if question.state is State.OPEN:
        return T("open")
    match question.closing:
        case Closing.FOUND:
            return T("closed: whoever asked found it")
        case Closing.DUPLICATE:
            return T("closed: the same as {name}", name=code(f"Q{question.original}"))
        case Closing.DELETED:
            return T("closed: its card was deleted")
        case Closing.WORDS if question.note:
            return T("closed: {reason}", reason=question.note)
        case Closing.SILENT:
            return T("closed: nothing happened for a while")
        case Closing.WORDS | Closing.NONE:
            return T("closed")


def standing(answer: Answer, votes: int, names: Mapping[int, str]) -> Line:
    """What is known of an answer beside its words, in one line."""
    judge = Name(names.get(answer.judge, ""))
    line: Line = (Name(names.get(answer.author, ""), "?"),)
    if answer.accepted:
        said = T("✓ accepted")
        if answer.accepter in names:
            said = T("✓ accepted by {name}", name=Name(names[answer.accepter]))
        line = (*line, " · ", said)
    match answer.label:
        case Label.VERIFIED:
            line = (*line, " · ", T("✓ Verified by {name}", name=judge))
        case Label.UNSOURCED:
            line = (*line, " · ", T("Needs a source, says {name}", name=judge))
        case Label.DOUBTFUL:
            line = (*line, " · ", T("Doubtful, says {name}", name=judge))
        case Label.NONE:
            pass
    return (*line, " · ", T("{n} person was helped", "{n} people were helped", n=votes)) if votes else line


def words_of(ctx: Context, answer: Answer) -> tuple[Block, ...]:
    """The answer's words, or where they were written if they are hidden from us."""
    if answer.text:
        return rich(answer.text)
    link = ctx.link(answer.stands) if answer.stands else ""
    there = T("Written in the thread.")
    return (Paragraph((there, " ", Run(link, url=link)) if link else (there,)),)


async def names_of(ctx: Context, question: Question, answers: Sequence[Answer]) -> Mapping[int, str]:
    """The names of everybody who is to be named with them."""
    people = {question.author, question.closer}
    people |= {person for each in answers for person in (each.author, each.judge, each.accepter)}
    return await ctx.unit.people.names(sorted(people - {0}))


async def page(ctx: Context, question: Question, *told: T, start: int = 0) -> Message:
    """All about it, with some of its answers and what was just done."""
    questions, scope = ctx.unit.questions, question.community
    answers = await questions.answers(scope, question.id)
    shown = answers[start : start + PAGE]
    names = await names_of(ctx, question, shown)
    votes = await questions.votes(scope, question.id)
    blocks: list[Block] = [Paragraph((text,)) for text in told]
    blocks += rich(question.text)
    blocks.append(Bullets(await _about(ctx, question, names, votes.get(0, 0))))
    for each in shown:
        head = (bold(f"{each.name} · "), *standing(each, votes.get(each.number, 0), names))
        blocks += (Paragraph(head), *words_of(ctx, each))
    if not answers:
        blocks.append(Paragraph((T("No answer yet. Yours may be the first; a try counts as well."),)))
    rows = await _rows(ctx, question, answers, start)
    title: Line = (bold(f"{question.name} · "), state_of(question))
    return card(title, *blocks, rows=tuple(row for row in rows if row))


async def _about(ctx: Context, question: Question, names: Mapping[int, str], votes: int) -> tuple[Line, ...]:
    lines: list[Line] = [(asker(question, names),)]
    if question.tags:
        lines.append((T("Topics: {topics}", topics=" ".join(f"#{tag}" for tag in question.tags)),))
    if votes:
        lines.append((T("{n} person wonders too", "{n} people wonder too", n=votes),))
    if question.closer in names:
        lines.append((T("Closed by {name}", name=Name(names[question.closer])),))
    if question.uses:
        lines.append((T("Became {names}", names=Listing(question.uses)),))
    if repeats := await ctx.unit.questions.repeats(question.community, question.id):
        lines.append((T("Asked again as {names}", names=Listing(tuple(f"Q{each}" for each in repeats))),))
    cards = await ctx.unit.cards.standing(question.community, f"{CARD}:{question.id}")
    return (*lines, *((Run(link, url=link),) for link in map(ctx.link, cards) if link))


async def _rows(ctx: Context, question: Question, answers: Sequence[Answer], start: int) -> tuple[Row, ...]:
    """Five at the most, as many as Discord shows."""
    scope, number = question.community, question.id
    mine = await is_owner(ctx, question)
    open_: Row = tuple(
        Button(each.name, press("answer", scope, number, each.number)) for each in answers[start : start + PAGE]
    )
    back = (Button(T("Earlier answers"), press("turn", scope, number, max(0, start - PAGE))),) if start else ()
    on = (Button(T("More answers"), press("turn", scope, number, start + PAGE)),) if len(answers) > start + PAGE else ()
    say: Row = (Button(T("Answer"), press("write", scope, number), tone=Tone.MAIN),)
    if not mine and ctx.who:
        voted = 0 in await ctx.unit.questions.voted(scope, number, ctx.person.id)
        label = T("I don't wonder any more") if voted else T("I wonder too")
        say = (*say, Button(label, press("rate", scope, number, 0, OFF if voted else ON)))
    if question.original:
        say = (*say, original(question))
    return (open_, (*back, *on), say, _manage(ctx, question, mine), _reuse(ctx, question, answers))


def original(question: Question) -> Button:
    """The way to the question that this one repeats."""
    return Button(f"Q{question.original}", press("show", question.community, question.original))


def _manage(ctx: Context, question: Question, mine: bool) -> Row:
    scope, number = question.community, question.id
    if ctx.role < Role.MODERATOR and not mine:
        return ()
    if question.state is State.CLOSED:
        return (Button(T("Open it again"), press("reopen", scope, number)),)
    row: Row = (
        Button(T("Close"), press("close", scope, number), tone=Tone.DANGER),
        Button(T("It was asked before"), press("repeat", scope, number)),
    )
    if mine:
        edit = Button(T("Edit"), press("edit", scope, number))
        row = (Button(T("I found it myself"), press("found", scope, number)), edit, *row)
    if question.state is State.ANSWERED:
        row = (Button(T("Open it again"), press("reopen", scope, number)), *row)
    if question.anonymous and ctx.role >= Role.MODERATOR and not mine:
        row = (*row, Button(T("Must sign for a week"), press("mute", scope, number), tone=Tone.DANGER))
    return row


def _reuse(ctx: Context, question: Question, answers: Sequence[Answer]) -> Row:
    """What a solved question can become."""
    if ctx.role < Role.TRUSTED or not any(each.accepted and each.text for each in answers):
        return ()
    kinds = (
        ("F", "faq", T("Put into the FAQ")),
        ("#", "item", T("Make a quiz question")),
        ("R", "resource", T("Put into the library")),
    )
    open_ = [(name, label) for first, name, label in kinds if not any(use.startswith(first) for use in question.uses)]
    return tuple(Button(label, press(name, question.community, question.id)) for name, label in open_)


async def answer_page(ctx: Context, question: Question, answer: Answer, *told: T) -> Message:
    """One answer with everything that can be done about it."""
    votes = await ctx.unit.questions.votes(question.community, question.id)
    names = await names_of(ctx, question, (answer,))
    head: Line = (bold(f"{answer.name} · "), *standing(answer, votes.get(answer.number, 0), names))
    blocks = (*(Paragraph((text,)) for text in told), *words_of(ctx, answer))
    rows = (*await _about_answer(ctx, question, answer), _back(question))
    return card(head, *blocks, rows=tuple(row for row in rows if row))


def _back(question: Question) -> Row:
    return (Button(T("Back to {name}", name=question.name), press("turn", question.community, question.id, 0)),)


async def _about_answer(ctx: Context, question: Question, answer: Answer) -> tuple[Row, ...]:
    scope, number, nth = question.community, question.id, answer.number
    own = ctx.who is not None and answer.author == ctx.who.id
    asked = await is_owner(ctx, question)
    said: Row = ()
    if not own and ctx.who:
        voted = nth in await ctx.unit.questions.voted(scope, number, ctx.person.id)
        label = T("Take my vote back") if voted else T("This helped me")
        said = (Button(label, press("rate", scope, number, nth, OFF if voted else ON)),)
    if asked or ctx.role >= Role.MODERATOR:
        label = T("It doesn't solve it after all") if answer.accepted else T("It solves it")
        said = (
            *said,
            Button(label, press("accept", scope, number, nth, OFF if answer.accepted else ON), tone=Tone.MAIN),
        )
    if asked and not own:
        said = (*said, Button(T("Still unclear"), press("unclear", scope, number, nth)))
    judged: Row = ()
    if ctx.role >= Role.MODERATOR and not own:
        labels = (("ok", T("Verify it")), ("source", T("Needs a source")), ("wrong", T("Doubtful")))
        judged = tuple(Button(label, press("judge", scope, number, nth, word)) for word, label in labels)
    if own or ctx.role >= Role.MODERATOR:
        judged = (*judged, Button(T("Remove it"), press("withdraw", scope, number, nth), tone=Tone.DANGER))
    return (said, judged)


@action("question-show", right=Role.MEMBER, role_aware=True)
async def show(ctx: Context, number: int) -> Outcome:
    """Everything about it, on a page of its own."""
    return Reply(await page(ctx, await find(ctx, number)), personal=True)


@action("question-turn", right=Role.MEMBER, role_aware=True)
async def turn(ctx: Context, number: int, start: int) -> Outcome:
    """Other answers, in place."""
    return Reply(await page(ctx, await find(ctx, number), start=max(0, start)), replaces=True, personal=True)


@action("question-answer", right=Role.MEMBER, role_aware=True)
async def show_answer(ctx: Context, number: int, nth: int) -> Outcome:
    """One answer, in place."""
    question, answer = await find(ctx, number), await find_answer(ctx, number, nth)
    return Reply(await answer_page(ctx, question, answer), replaces=True, personal=True)
