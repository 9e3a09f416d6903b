"""The rules of a group: read by everybody, written by organisers, in versions that are kept."""

from typing import Annotated

from bot.chat.clean import visible
from bot.chat.errors import Refusal
from bot.chat.message import Block, Button, Code, Message, Outcome, Paragraph, Reply, Row, Tone, card
from bot.chat.places import Role
from bot.chat.text import Line, Listing, Moment, T, bold, code
from bot.command import Example, action, command
from bot.context import Context
from bot.domain.moderation import Deed
from bot.domain.rules import LONGEST_LINE, MOST_LINES, Change, Edition, compare, read_lines
from bot.features.record import note
from bot.param import Arg

EDIT = ("edit", "ubah")
"""Words after the command that ask for how to write them, and are no rule."""

_TITLE = T("Our rules")


@command(
    "rules",
    right=Role.GUEST,
    aliases=("aturan", "group rules", "grup aturan"),
    summary=T("The rules of this group"),
    examples=(
        Example("/rules", T("Shows them, with their version and date")),
        Example("/rules edit", T("Their text to copy, and a button to write them anew (organisers)")),
        Example("/rules Be kind\nNo advertising", T("Sets them, one a line (organisers)")),
    ),
    role_aware=True,
    slash="group rules",
)
async def rules(
    ctx: Context, text: Annotated[str, Arg(help=T("New rules, one a line, or: edit (organisers)"), most=4000)] = ""
) -> Outcome:
    """Show the rules, or set a new version of them."""
    if not text:
        return Reply(await _card(ctx, await _current(ctx)))
    if ctx.role < Role.ORGANISER:
        raise Refusal(T("This one is for organisers. Need help? Ask one of them."))
    if text.casefold().strip() in EDIT:
        return Reply(await _draft(ctx), personal=True)
    return await _set(ctx, read_lines(text))


async def _now(ctx: Context) -> tuple[Block, ...]:
    current = await _current(ctx)
    return (Code("\n".join(current.lines)),) if current else ()


@action("rules-write", right=Role.ORGANISER, intro=_now)
async def write(
    ctx: Context,
    lines: Annotated[
        tuple[str, ...],
        Arg(
            help=T("One rule a line"),
            ask=T("What are the rules? Send all of them, one a line; short ones are remembered."),
            most=MOST_LINES,
        ),
    ],
) -> Outcome:
    """Set them by a button."""
    return await _set(ctx, read_lines("\n".join(lines)))


@action("rules-show", right=Role.MEMBER, role_aware=True)
async def show(ctx: Context, version: int) -> Outcome:
    """One version, also an old one."""
    edition = await ctx.unit.rules.get(ctx.community.id, version)
    return Reply(await _card(ctx, edition), replaces=True, personal=True)


@action("rules-read", right=Role.MEMBER, role_aware=True)
async def read(ctx: Context, version: int) -> Outcome:
    """Somebody has read that version; a newer one may have come meanwhile, which is then shown."""
    current = await _current(ctx)
    if current is None or current.version != version:
        told = T("The rules have changed meanwhile. These hold now:")
        return Reply(await _card(ctx, current, told), replaces=True, personal=True)
    await ctx.unit.rules.read(current.community, version, ctx.person.id, ctx.now)
    return Reply(await _card(ctx, current, T("Thank you for reading them.")), replaces=True, personal=True)


async def _current(ctx: Context) -> Edition | None:
    rulebook = ctx.unit.rules
    return await rulebook.get(ctx.community.id, await rulebook.version(ctx.community.id))


async def _set(ctx: Context, lines: tuple[str, ...]) -> Outcome:
    if not 1 <= len(lines) <= MOST_LINES or not all(map(visible, lines)):
        example = code("/rules Be kind\nNo advertising")
        raise Refusal(T("Write 1 to {most} rules, one a line. Example: {example}", most=MOST_LINES, example=example))
    if longest := next((number for number, line in enumerate(lines, 1) if len(line) > LONGEST_LINE), 0):
        raise Refusal(T("Rule {n} is too long: at most {most} characters.", n=longest, most=LONGEST_LINE))
    before = await _current(ctx)
    if before and before.lines == lines:
        raise Refusal(T("These are the rules already. Nothing changed."))
    edition = await ctx.unit.rules.add(Edition(ctx.community.id, 0, lines, ctx.person.id, ctx.now))
    await ctx.unit.rules.read(edition.community, edition.version, ctx.person.id, ctx.now)
    await note(ctx, Deed.RULES, subject=edition.version)
    told = T("Version {n} holds from now on. Members are asked to read it when they open the rules.", n=edition.version)
    return Reply(await _card(ctx, edition, told), personal=True)


async def _draft(ctx: Context) -> Message:
    """How to write them: their text to start from, and the button that asks for all of them."""
    rows = ((Button(T("Write them anew"), write(ctx.community.id)),),)
    how = T("Copy the text, change it, and send all of it. Versions before are kept.")
    return card(_TITLE, how, *await _now(ctx), rows=rows)


async def _card(ctx: Context, edition: Edition | None, *told: T) -> Message:
    """A version as whoever looks at it sees it."""
    if edition is None:
        return _none(ctx)
    current = await ctx.unit.rules.version(edition.community)
    before = await ctx.unit.rules.get(edition.community, edition.version - 1)
    blocks: list[Block] = [Paragraph((text,)) for text in told]
    blocks.append(Paragraph((T("Version {n}, {when}", n=edition.version, when=Moment(edition.at)),)))
    if changed := _changed(compare(before, edition)):
        blocks.append(Paragraph(changed))
    blocks += [Paragraph((bold(f"{number}. "), line)) for number, line in enumerate(edition.lines, 1)]
    holds = edition.version == current
    if not holds:
        blocks.append(Paragraph((T("This version no longer holds."),)))
    elif ctx.role >= Role.ORGANISER:
        readers = await ctx.unit.rules.readers(edition.community, edition.version)
        blocks.append(
            Paragraph((T("{n} person has read this version.", "{n} people have read this version.", n=readers),))
        )
    asked = holds and ctx.seat is not None
    asked = asked and not await ctx.unit.rules.has_read(edition.community, edition.version, ctx.person.id)
    return card(_TITLE, *blocks, rows=_rows(ctx, edition, current, asks=asked))


def _changed(change: Change) -> Line:
    """What a version changed, in short; nothing for the first one."""
    parts: list[T] = []
    if change.new:
        numbers = Listing(tuple(map(str, change.new)))
        parts.append(T("New in this version: rule {numbers}.", numbers=numbers))
    if change.gone:
        parts.append(T("{n} rule of before is gone.", "{n} rules of before are gone.", n=change.gone))
    return (parts[0], " ", parts[1]) if len(parts) == 2 else tuple(parts)


def _rows(ctx: Context, edition: Edition, current: int, *, asks: bool) -> tuple[Row, ...]:
    scope, version = edition.community, edition.version
    turns: list[Button] = []
    if version > 1:
        turns.append(Button(T("The version before"), show(scope, version - 1)))
    if version < current:
        turns.append(Button(T("The version that holds"), show(scope, current)))
    if ctx.role >= Role.ORGANISER and version == current:
        turns.append(Button(T("Write them anew"), write(scope)))
    accept: Row = (Button(T("I have read them"), read(scope, version), tone=Tone.MAIN),) if asks else ()
    return tuple(row for row in (accept, tuple(turns)) if row)


def _none(ctx: Context) -> Message:
    """A group without rules."""
    rows = ((Button(T("Write them"), write(ctx.community.id)),),) if ctx.role >= Role.ORGANISER else ()
    how = T("This group has no written rules yet. Organisers write them with {command}.", command=code("/rules edit"))
    return card(_TITLE, how, rows=rows)
