"""What waits for a moderator: links of new members, short links, listed words, and what somebody reported."""

from dataclasses import replace

from bot.chat.errors import Refusal
from bot.chat.message import Block, Bullets, Button, Message, Outcome, Paragraph, Quote, Reply, Row, Tone, card, say
from bot.chat.places import Role
from bot.chat.text import T, bold, code
from bot.command import action, job
from bot.context import Context
from bot.dialogue import go
from bot.domain import jobs
from bot.domain.library import Mark, Resource, State
from bot.domain.quiet import awake
from bot.features.library import change, judge, page, rule
from bot.features.rich import inline
from bot.scene import check_right

MOST_NOTES = 5
_MOST_COUNTED = 100


async def announce(ctx: Context) -> None:
    """Tell moderators that something waits, unless something else did already."""
    if len(await ctx.unit.library.waiting(ctx.community.id, 0, 2)) < 2:
        for person in await moderators(ctx):
            await ctx.tell(person, waiting, 0)


async def moderators(ctx: Context) -> list[int]:
    """Those to whom the group granted it, the actor left out."""
    return sorted({*await ctx.unit.people.standing(ctx.community.id, Role.MODERATOR)} - {ctx.person.id})


@job("library-waiting")
async def waiting(ctx: Context, _subject: int) -> Message | jobs.State:
    """How much waits; nothing is said where somebody was quicker."""
    count = len(await ctx.unit.library.waiting(ctx.community.id, 0, _MOST_COUNTED))
    if not count:
        return jobs.State.DROPPED
    text = T("{n} shared resource waits for a moderator.", "{n} shared resources wait for a moderator.", n=count)
    return say(text, rows=((Button(T("Review"), go("resources", "review", scope=ctx.community.id)),),))


async def first(ctx: Context) -> Outcome:
    """The one that waits longest, for moderators."""
    check_right(ctx.role, Role.MODERATOR)
    return Reply(await _next(ctx, 0), personal=True)


@action("library-next", right=Role.MODERATOR)
async def skip(ctx: Context, after: int) -> Outcome:
    """The one after that."""
    return Reply(await _next(ctx, after), replaces=True, personal=True)


@action("library-decide", right=Role.MODERATOR)
async def decide(ctx: Context, number: int, verdict: str) -> Outcome:
    """Let it in or be, verify it, doubt it or remove it, and show the next one."""
    resource = await page.find(ctx, number, held=True)
    if not await _is_queued(ctx, resource):
        raise Refusal(T("Somebody decided about this one already."), Button(T("Go on"), skip(ctx.community.id, number)))
    match verdict:
        case "pass":
            await _let_in(ctx, resource)
        case "remove":
            await judge.take_out(ctx, resource)
        case "ok" | "wrong":
            await judge.decide(ctx, resource, verdict)
        case _:
            raise Refusal(page.TOO_OLD)
    return Reply(
        await _next(ctx, number, T("{name} is decided.", name=code(resource.name))), replaces=True, personal=True
    )


async def _let_in(ctx: Context, resource: Resource) -> None:
    if resource.author == ctx.person.id:
        raise Refusal(T("You shared this one, so somebody else decides about it."))
    await ctx.unit.library.unmark(resource.community, resource.id, Mark.REPORT)
    if resource.state is State.WAITING:
        await change.put(ctx, replace(resource, state=State.UNVERIFIED))
        await ctx.tell(resource.author, judge.judged, resource.id, awake(ctx.now, ctx.community.zone))


async def _is_queued(ctx: Context, resource: Resource) -> bool:
    found = await ctx.unit.library.waiting(resource.community, resource.id - 1, 1)
    return bool(found) and found[0].id == resource.id


async def _next(ctx: Context, after: int, told: T | None = None) -> Message:
    """The next one that waits, from the first again after the last."""
    scope = ctx.community.id
    before: tuple[Block, ...] = (Paragraph((told,)),) if told else ()
    found = await ctx.unit.library.waiting(scope, after, 1) or await ctx.unit.library.waiting(scope, 0, 1)
    if not found:
        look: Row = (Button(T("Look through everything"), go("resources", scope=scope)), _words(ctx))
        return card(T("Review"), *before, T("Nothing waits for a moderator."), rows=(look,))
    (resource,) = found
    marks = (await ctx.unit.library.marks(scope, (resource.id,)))[resource.id]
    note: tuple[Block, ...] = (Quote(inline(resource.note)),) if resource.note else ()
    said = tuple(Quote((words,)) for words in (await ctx.unit.library.notes(scope, resource.id))[:MOST_NOTES] if words)
    reports: tuple[Block, ...] = ()
    if marks.reports:
        reports = (Paragraph((T("{n} person reported it:", "{n} people reported it:", n=marks.reports),)), *said)
    about = Bullets(await page.about(ctx, resource, marks))
    title = (bold(f"{resource.name} "), resource.title)
    return card(title, *before, *note, about, *reports, rows=_rows(ctx, resource))


def _rows(ctx: Context, resource: Resource) -> tuple[Row, ...]:
    fine = T("Let it in") if resource.state is State.WAITING else T("It is fine")

    def button(label: T, verdict: str, tone: Tone = Tone.PLAIN) -> Button:
        return Button(label, page.press("decide", resource, verdict), tone=tone)

    decisions = (button(fine, "pass", Tone.MAIN), button(T("Verify it"), "ok"), button(T("Doubtful"), "wrong"))
    others = (button(T("Remove it"), "remove", Tone.DANGER), Button(T("Next"), skip(ctx.community.id, resource.id)))
    return (decisions, (*others, _words(ctx)))


def _words(ctx: Context) -> Button:
    return Button(T("What has to wait"), rule.words(ctx.community.id))
