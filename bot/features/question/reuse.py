"""What a solved question becomes with one tap: a FAQ entry, a quiz item, a resource; those who answered stay named."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

from bot.chat.errors import Refusal
from bot.chat.message import Block, Outcome, Reply
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import action
from bot.context import Context
from bot.domain.faq import LONGEST_NAME, LONGEST_TEXT, Faq
from bot.domain.items import LONGEST_EXPLANATION, LONGEST_PROMPT, MOST_OPTIONS, Item
from bot.domain.library import LONGEST_NOTE, LONGEST_TITLE, Kind, Resource, State, shorten
from bot.domain.question import Answer, Label, Question
from bot.features import faq
from bot.features.bank import add
from bot.features.bank import draft as bank
from bot.features.bank.written import check_lines, understand
from bot.features.library import change as library
from bot.features.library import page as resource_page
from bot.features.question import page
from bot.features.rich import rich
from bot.formats.check import check, legal_tag
from bot.param import Arg, Choice


@action("question-faq", right=Role.TRUSTED, role_aware=True)
async def to_faq(ctx: Context, number: int) -> Outcome:
    """An entry of the FAQ under the question's first words; its names can be changed there."""
    question, solved = await _solved(ctx, number, "F")
    name = shorten(question.title, LONGEST_NAME)
    name = question.name if faq.named(await ctx.unit.faqs.all(question.community), name) else name
    text = shorten("\n\n".join(each.text for each in solved), LONGEST_TEXT)
    credit = tuple(dict.fromkeys(each.author for each in solved))
    made = Faq(question.community, 0, (name,), text, ctx.person.id, ctx.now, credit, question.id)
    entry = await faq.put(ctx, made)
    await _used(ctx, question, faq.called(entry.id))
    told = T("It is in the FAQ now. Give it names by which others look for it.")
    return Reply(await faq.page(ctx, entry, told), personal=True)


@action("question-resource", right=Role.TRUSTED, role_aware=True)
async def to_resource(ctx: Context, number: int) -> Outcome:
    """A tip in the library, shared by whoever answered; a verified answer stays verified."""
    question, solved = await _solved(ctx, number, "R")
    first = solved[0]
    verified = first.label is Label.VERIFIED and len(solved) == 1
    made = Resource(
        question.community,
        0,
        Kind.TIP,
        shorten(question.title, LONGEST_TITLE),
        first.author,
        ctx.now,
        note=shorten("\n\n".join(each.text for each in solved), LONGEST_NOTE),
        tags=question.tags,
        state=State.VERIFIED if verified else State.UNVERIFIED,
        judge=first.judge if verified else 0,
    )
    stored = await ctx.unit.library.add(made)
    await library.index(ctx, stored)
    await _used(ctx, question, stored.name)
    return Reply(await resource_page.page(ctx, stored, T("It is in the library now.")), personal=True)


async def _above(ctx: Context, number: int) -> tuple[Block, ...]:
    question, solved = await _solved(ctx, number, "#")
    return (*rich(question.text), *rich(solved[0].text, lead="→ "))


def _offered(bound: Mapping[str, Any]) -> tuple[Choice, ...]:
    return add.offered({"prompt": "", **bound}) if "options" in bound else ()


@action("question-item", right=Role.TRUSTED, intro=_above, role_aware=True)
async def to_item(
    ctx: Context,
    number: int,
    options: Annotated[
        tuple[str, ...],
        Arg(
            help=T("Options, one a line, * before the right ones. Or: = answer, true, false"),
            ask=T("Which options should it have? One a line, * before what is right; or {word}.", word=code("= 42")),
            most=MOST_OPTIONS,
            check=check_lines,
        ),
    ],
    right: Annotated[str, Arg(help=T("The letter of the right option"), ask=T("Which one is right?"), offer=_offered)],
) -> Outcome:
    """A question of the bank with the accepted answer as its explanation; it is read like every other."""
    question, solved = await _solved(ctx, number, "#")
    await bank.check_room(ctx)
    prompt = question.text if len(question.text) <= LONGEST_PROMPT else question.title
    written = add.settled(understand(prompt, options, ctx.community.language), right or "")
    text = replace(written.text(prompt), explanation=shorten(solved[0].text, LONGEST_EXPLANATION))
    tags = tuple(tag for tag in question.tags if legal_tag(tag))
    item = Item(
        question.community,
        0,
        {ctx.community.language: text},
        written.right,
        question.author or solved[0].author,
        tags,
        source=question.name,
        state=bank.first_state(ctx),
        kind=written.kind,
        number=written.number,
    )
    if problem := check(item):
        raise Refusal(problem)
    if known := await add.known(ctx, item):
        return known
    (stored,) = await bank.save(ctx, (item,))
    await _used(ctx, question, f"#{stored.id}")
    return await add.told(ctx, stored)


async def _solved(ctx: Context, number: int, first: str) -> tuple[Question, Sequence[Answer]]:
    """The question, held, and its accepted answers in words; refuses where it became this already."""
    question = await page.find(ctx, number, held=True)
    if made := next((use for use in question.uses if use.startswith(first)), None):
        raise Refusal(T("It is there already, as {name}.", name=code(made)))
    answers = await ctx.unit.questions.answers(question.community, number)
    solved = [each for each in answers if each.accepted and each.text]
    if not solved:
        raise Refusal(T("First somebody has to say which answer solves it."))
    return question, solved


async def _used(ctx: Context, question: Question, name: str) -> None:
    await ctx.unit.questions.save(replace(question, uses=(*question.uses, name)))
