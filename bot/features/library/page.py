"""A resource as a member sees it: where it leads, what is known of it, what others say, what can be done with it."""

from collections.abc import Mapping

from bot.chat.errors import Refusal
from bot.chat.message import Block, Bullets, Button, Message, Outcome, Paragraph, Quote, Reply, Row, Tone, card
from bot.chat.places import Role
from bot.chat.press import Press
from bot.chat.text import Line, Listing, Name, T, bold, code
from bot.command import action
from bot.context import Context
from bot.domain.library import Kind, Level, Mark, Marks, Resource, State
from bot.features.rich import inline

TOO_OLD = T("This button is too old. Send the command again for a fresh one.")

KINDS = {
    Kind.LINK: T("Link"),
    Kind.TIP: T("Tip"),
    Kind.TEMPLATE: T("Template"),
    Kind.LESSON: T("Lesson from a failure"),
}
LEVELS = {Level.BASIC: T("basic"), Level.MIDDLE: T("intermediate"), Level.ADVANCED: T("advanced")}
ON, OFF = "on", "off"

JUDGING = {"ok": T("Verify it"), "source": T("Needs a source"), "wrong": T("Doubtful")}


def state_of(resource: Resource, names: Mapping[int, str]) -> T:
    """How far it can be relied on, in words, with the name of whoever said so."""
    judge = Name(names.get(resource.judge, ""))
    match resource.state:
        case State.WAITING:
            return T("Waits for a moderator to read it")
        case State.UNVERIFIED:
            return T("Not verified yet")
        case State.VERIFIED:
            return T("✓ Verified by {name}", name=judge)
        case State.UNSOURCED:
            return T("Needs a source, says {name}", name=judge)
        case State.DOUBTFUL:
            return T("Doubtful, says {name}", name=judge)
        case State.REMOVED:
            return T("Removed by {name}", name=judge)


async def find(ctx: Context, number: int, *, held: bool = False) -> Resource:
    """The resource of that number, held if it is to be changed; refuses where the person may not see it."""
    library = ctx.unit.library
    found = await (library.hold if held else library.get)(ctx.community.id, number)
    if found is None or not may_see(ctx, found):
        raise Refusal(
            T(
                "There is no {name} here. {command} shows what there is.",
                name=code(f"R{number}"),
                command=code("/resources"),
            )
        )
    return found


def may_see(ctx: Context, resource: Resource) -> bool:
    """Everybody sees what is shown; what waits, its author and moderators; what was removed, moderators."""
    if resource.is_shown or ctx.role >= Role.MODERATOR:
        return True
    return resource.state is State.WAITING and resource.author == ctx.person.id


def may_edit(ctx: Context, resource: Resource) -> bool:
    """Trusted members change every resource that they see, others their own."""
    return may_see(ctx, resource) and (ctx.role >= Role.TRUSTED or resource.author == ctx.person.id)


async def page(ctx: Context, resource: Resource, *told: T, above: tuple[Row, ...] = ()) -> Message:
    """Everything about it, with what was just done to it and the buttons that belong to that above."""
    marks = (await ctx.unit.library.marks(resource.community, (resource.id,)))[resource.id]
    mine = await ctx.unit.library.marked(resource.community, resource.id, ctx.person.id)
    note: tuple[Block, ...] = (Quote(inline(resource.note)),) if resource.note else ()
    blocks = (*(Paragraph((text,)) for text in told), *note, Bullets(await about(ctx, resource, marks)))
    rows = (*above, *_rows(ctx, resource, mine))
    return card((bold(f"{resource.name} "), resource.title), *blocks, rows=tuple(row for row in rows if row))


async def about(ctx: Context, resource: Resource, marks: Marks) -> tuple[Line, ...]:
    """What is known about it beside its words, a line each."""
    names = await ctx.unit.people.names([person for person in (resource.author, resource.judge) if person])
    lines = facts(resource, marks, names)
    if adapted := await ctx.unit.library.adaptations(resource.community, resource.id):
        lines.append((T("Local versions: {names}", names=Listing(tuple(each.name for each in adapted))),))
    return tuple(lines)


def facts(resource: Resource, marks: Marks, names: Mapping[int, str]) -> list[Line]:
    """The same without what other resources say of it."""
    lines: list[Line] = [(state_of(resource, names),), _kind(resource)]
    if resource.url:
        lines.append((T("Address: {address}", address=code(resource.url)),))
    if resource.file:
        lines.append((T("File: {name}", name=code(resource.file_name)),))
    if resource.tags:
        lines.append((T("Topics: {topics}", topics=" ".join(f"#{tag}" for tag in resource.tags)),))
    lines += _facets(resource)
    if resource.author in names:
        lines.append((T("Shared by {name}", name=Name(names[resource.author])),))
    lines.append((votes(marks),))
    if resource.origin:
        lines.append((T("Adapted from {name}", name=code(f"R{resource.origin}")),))
    return lines


def votes(marks: Marks) -> T:
    """How many found it useful."""
    return T("{n} person found it useful", "{n} people found it useful", n=marks.votes)


def _kind(resource: Resource) -> Line:
    line: Line = (KINDS[resource.kind],)
    if resource.level:
        line = (*line, ", ", LEVELS[resource.level])
    if resource.minutes:
        line = (*line, ", ", T("{n} minute", "{n} minutes", n=resource.minutes))
    return (*line, ", ", T("{n} kB", n=resource.kilobytes)) if resource.kilobytes else line


def _facets(resource: Resource) -> list[Line]:
    facets = (
        (resource.licence, T("Licence: {value}", value=resource.licence)),
        (resource.language, T("Written in: {value}", value=resource.language)),
        (resource.region, T("Region: {value}", value=resource.region)),
    )
    return [(label,) for value, label in facets if value]


def press(name: str, resource: Resource, *words: str) -> Press:
    """The press of one of the library's actions about this resource; they stand in files that themselves show pages."""
    return Press(f"library-{name}", resource.community, (resource.id, *words))


def _rows(ctx: Context, resource: Resource, mine: frozenset[Mark]) -> tuple[Row, ...]:
    """Three rows at the most: a receipt puts two more above, and Discord shows five."""
    return (_said(ctx, resource, mine), _more(ctx, resource, mine), _judging(ctx, resource))


def _said(ctx: Context, resource: Resource, mine: frozenset[Mark]) -> Row:
    """Where it leads, and what a member says with a tap."""
    if not resource.is_shown:
        return ()
    open_: Row = (Button(T("Open it"), url=resource.url),) if resource.url else ()
    if resource.file:
        open_ = (*open_, Button(T("Get the file"), press("file", resource)))
    label = T("Don't keep it any more") if Mark.BOOKMARK in mine else T("Keep it for me")
    keep = Button(label, press("keep", resource, _wanted(Mark.BOOKMARK, mine)), pick=Mark.BOOKMARK in mine)
    if resource.author == ctx.person.id:
        return (*open_, keep)
    label = T("Take my vote back") if Mark.VOTE in mine else T("This helped me")
    return (*open_, Button(label, press("vote", resource, _wanted(Mark.VOTE, mine)), pick=Mark.VOTE in mine), keep)


def _wanted(kind: Mark, mine: frozenset[Mark]) -> str:
    """What a tap asks for, so that the same tap twice is one effect."""
    return OFF if kind in mine else ON


def _more(ctx: Context, resource: Resource, mine: frozenset[Mark]) -> Row:
    own = resource.author == ctx.person.id
    row: list[Button] = []
    if may_edit(ctx, resource) and resource.state is not State.REMOVED:
        row.append(Button(T("Edit"), press("edit", resource)))
    if resource.is_shown:
        row.append(Button(T("Add a local version"), press("adapt", resource)))
        if not own and Mark.REPORT not in mine:
            row.append(Button(T("Report it"), press("report", resource), tone=Tone.DANGER))
    return (*row, _remove(resource)) if own and resource.state is not State.REMOVED else tuple(row)


def _judging(ctx: Context, resource: Resource) -> Row:
    """What moderators decide about what others shared."""
    if resource.state is State.REMOVED or ctx.role < Role.MODERATOR or resource.author == ctx.person.id:
        return ()
    judged = tuple(Button(label, press("judge", resource, word)) for word, label in JUDGING.items())
    return (*judged, _remove(resource))


def _remove(resource: Resource) -> Button:
    return Button(T("Remove it"), press("remove", resource), tone=Tone.DANGER)


@action("library-show", right=Role.MEMBER, role_aware=True)
async def show(ctx: Context, number: int) -> Outcome:
    """Everything about it, on a page of its own."""
    return Reply(await page(ctx, await find(ctx, number)), personal=True)


@action("library-vote", right=Role.MEMBER, role_aware=True)
async def vote(ctx: Context, number: int, wanted: str) -> Outcome:
    """Say that it helped, or take that back. Nobody votes for what they shared."""
    resource = await find(ctx, number)
    if resource.author == ctx.person.id:
        raise Refusal(T("You shared this one yourself, so the votes are for others."))
    return await _set(
        ctx, resource, Mark.VOTE, wanted, T("Your vote counts. Thank you!"), T("Your vote is taken back.")
    )


@action("library-keep", right=Role.MEMBER, role_aware=True)
async def bookmark(ctx: Context, number: int, wanted: str) -> Outcome:
    """Keep it for oneself, or no longer."""
    kept = T("It is kept for you: {command}", command=code("/resources mine"))
    return await _set(ctx, await find(ctx, number), Mark.BOOKMARK, wanted, kept, T("It is no longer kept for you."))


async def _set(ctx: Context, resource: Resource, kind: Mark, wanted: str, on: T, off: T) -> Outcome:
    if not resource.is_shown or wanted not in (ON, OFF):
        raise Refusal(TOO_OLD)
    scope, number, person = resource.community, resource.id, ctx.person.id
    if wanted == ON:
        await ctx.unit.library.mark(scope, number, person, kind, ctx.now)
    else:
        await ctx.unit.library.unmark(scope, number, kind, person)
    return Reply(await page(ctx, resource, on if wanted == ON else off), replaces=True, personal=True)
