"""A need or an offer as one person sees it, with what this person can do with it."""

from collections.abc import Mapping, Sequence

from bot.chat.errors import Refusal
from bot.chat.message import Block, Bullets, Button, Message, Outcome, Paragraph, Reply, Row, Tone, card
from bot.chat.places import Role
from bot.chat.press import Press
from bot.chat.text import Line, Moment, Name, T, bold, code
from bot.command import action
from bot.context import Context
from bot.domain.board import Kind, Meeting, Side, Slip, State
from bot.features.rich import rich

TOO_OLD = T("This button is too old. Send the command again for a fresh one.")
CARD = "board"
"""The kind of the public card, of which the slip's number is the subject."""

MOST_MEETINGS = 3
"""People to whom one may be introduced by buttons of one page, those who came last."""

SIDES: Mapping[Side, T] = {Side.NEED: T("Needed"), Side.OFFER: T("Offered")}
KINDS: Mapping[Kind, T] = {
    Kind.SPACE: T("a place"),
    Kind.DEVICE: T("a device"),
    Kind.MENTOR: T("a mentor"),
    Kind.OTHER: T("something else"),
}
STATES: Mapping[State, T] = {
    State.OPEN: T("open"),
    State.TAKEN: T("✓ settled"),
    State.OVER: T("over"),
    State.REMOVED: T("removed"),
}
_ANSWERS: Mapping[Side, T] = {Side.NEED: T("I can help"), Side.OFFER: T("I would like it")}


async def find(ctx: Context, number: int, *, held: bool = False) -> Slip:
    """The slip of that number, held if it is to be changed; refuses where there is none, or no longer."""
    board = ctx.unit.board
    found = await (board.hold if held else board.get)(ctx.community.id, number)
    if found is None or found.state is State.REMOVED:
        raise Refusal(
            T(
                "There is no {name} here. {command} shows what there is.",
                name=code(f"B{number}"),
                command=code("/board"),
            )
        )
    return found


def press(name: str, scope: int, *words: int | str) -> Press:
    """The press of one of the actions about slips; they stand in files that themselves show pages."""
    return Press(f"board-{name}", scope, words)


def title_of(slip: Slip) -> Line:
    """Its name, which way it goes and, where it hangs no more, how it ended."""
    line: Line = (bold(f"{slip.name} · "), SIDES[slip.side])
    return line if slip.state is State.OPEN else (*line, " · ", STATES[slip.state])


def about(slip: Slip) -> Line:
    """What it is about and how long it hangs, in one line."""
    parts: list[Line] = []
    if slip.kind is not Kind.ANY:
        parts.append((KINDS[slip.kind],))
    if slip.tags:
        parts.append((" ".join(f"#{tag}" for tag in slip.tags),))
    if slip.state is State.OPEN:
        parts.append((T("until {when}", when=Moment(slip.ends_at)),))
    return tuple(piece for at, part in enumerate(parts) for piece in ((" · ", *part) if at else part))


def answering(slip: Slip) -> Button:
    """The button by which somebody else answers it."""
    return Button(_ANSWERS[slip.side], press("answer", slip.community, slip.id), tone=Tone.MAIN)


async def page(ctx: Context, slip: Slip, *told: T) -> Message:
    """All about it, with what was just done."""
    blocks: list[Block] = [Paragraph((text,)) for text in told]
    blocks += rich(slip.text)
    if line := about(slip):
        blocks.append(Paragraph(line))
    rows: tuple[Row, ...] = ()
    if ctx.who is None or slip.author != ctx.who.id:
        rows = (_others(ctx, slip),)
    else:
        found = await ctx.unit.board.meetings(slip.community, slip.id)
        meetings = [each for each in found if each.is_agreed or slip.state is State.OPEN]
        partners = await ctx.unit.people.names([each.partner(slip.author) for each in meetings if each.is_agreed])
        if lines := [_line(each, slip, partners) for each in meetings]:
            blocks.append(Bullets(tuple(lines)))
        rows = (_introductions(slip, meetings), *_own(slip))
    return card(title_of(slip), *blocks, rows=tuple(row for row in rows if row))


def _line(meeting: Meeting, slip: Slip, names: Mapping[int, str]) -> Line:
    other = meeting.other if meeting.slip == slip.id else meeting.slip
    who: Line = (bold(f"B{other} "),) if other else (T("Somebody answered it"), " ")
    if meeting.is_agreed:
        return (*who, "· ", Name(names.get(meeting.partner(slip.author), ""), "?"))
    said = T("waits for the other one") if meeting.agrees(slip.author) else T("waits for a word from you")
    return (*who, "· ", said)


def _introductions(slip: Slip, meetings: Sequence[Meeting]) -> Row:
    """Buttons for those of whom its author has not said yet that they want to meet them."""
    if slip.state is not State.OPEN:
        return ()
    open_ = [each for each in meetings if not each.agrees(slip.author)][-MOST_MEETINGS:]
    labels = [each.other if each.slip == slip.id else each.slip for each in open_]
    return tuple(
        Button(T("Introduce us ({name})", name=f"B{other}") if other else T("Introduce us"), agreeing(each))
        for each, other in zip(open_, labels, strict=True)
    )


def agreeing(meeting: Meeting) -> Press:
    """The press by which somebody agrees to be introduced."""
    return press("agree", meeting.community, meeting.id)


def _others(ctx: Context, slip: Slip) -> Row:
    row: Row = (answering(slip),) if slip.state is State.OPEN and ctx.who else ()
    if ctx.role < Role.MODERATOR:
        return row
    return (*row, Button(T("Remove it"), press("remove", slip.community, slip.id), tone=Tone.DANGER))


def _own(slip: Slip) -> tuple[Row, ...]:
    scope, number = slip.community, slip.id
    if slip.state is not State.OPEN:
        return ((Button(T("Put it up again"), press("keep", scope, number)),),)
    row: Row = (
        Button(T("It is settled"), press("end", scope, number, State.TAKEN), tone=Tone.MAIN),
        Button(T("End it"), press("end", scope, number, State.OVER), tone=Tone.DANGER),
    )
    return (choosing(slip), row)


def choosing(slip: Slip) -> Row:
    """Buttons that say what it is about."""
    return tuple(
        Button(label, press("kind", slip.community, slip.id, kind), pick=kind is slip.kind)
        for kind, label in KINDS.items()
    )


@action("board-show", right=Role.MEMBER, role_aware=True)
async def show(ctx: Context, number: int) -> Outcome:
    """Everything about it, on a page of its own."""
    return Reply(await page(ctx, await find(ctx, number)), personal=True)
