"""This week's turns and the next ones, and the button of whoever would like to help."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.chat.message import Block, Bullets, Button, Message, Outcome, Reply, Row, Tone, card
from bot.chat.places import Role
from bot.chat.text import Day, Line, Name, T
from bot.command import Example, action, command
from bot.context import Context
from bot.domain import rota
from bot.domain.community import MODERATOR
from bot.domain.rota import WEEK, State, Turn
from bot.features.rota.duty import name_of
from bot.features.rota.setting import settings
from bot.features.rota.turn import TAKE, press, row
from bot.features.rota.week import outlook, pass_on, this_week


@dataclass(frozen=True, slots=True)
class Board:
    """What the reader sees: this week's turns, who is drawn for the next one, who may be named, what can be taken."""

    week: date
    turns: tuple[Turn, ...]
    coming: Mapping[int, int]
    helpers: frozenset[int]
    names: Mapping[int, str]
    offers: tuple[Turn, ...]


@command(
    "rota",
    right=Role.MEMBER,
    aliases=("rotasi", "piket", "group rota", "grup rotasi"),
    summary=T("Small duties that take turns, and offering to help a week"),
    examples=(Example("/rota", T("Whose turn it is this week and next")),),
    role_aware=True,
    slash="group rota",
)
async def show(ctx: Context) -> Outcome:
    """The card, for the asker alone."""
    return Reply(_card(ctx, await _board(ctx)), personal=True)


@action("rota-join", right=Role.MEMBER, role_aware=True)
async def join(ctx: Context) -> Outcome:
    """Take turns with the small duties from now on."""
    await ctx.unit.rotas.join(ctx.community.id, ctx.person.id, this_week(ctx))
    text = T("Lovely, thank you! I write to you when your turn comes: never two weeks in a row.")
    return Reply(_card(ctx, await _board(ctx), text), replaces=True, personal=True)


@action("rota-leave", right=Role.MEMBER, role_aware=True)
async def leave(ctx: Context) -> Outcome:
    """Take no turns any more; a small duty of this week passes on."""
    await ctx.held()
    await ctx.unit.rotas.leave(ctx.community.id, ctx.person.id)
    for turn in await ctx.unit.rotas.week(ctx.community.id, this_week(ctx)):
        if turn.person == ctx.person.id and not turn.is_moderator:
            await pass_on(ctx, turn)
    text = T("Thank you for helping. You can come back any time.")
    return Reply(_card(ctx, await _board(ctx), text), replaces=True, personal=True)


async def _board(ctx: Context) -> Board:
    week, rotas, scope = this_week(ctx), ctx.unit.rotas, ctx.community.id
    turns = tuple(await rotas.week(scope, week))
    coming = await outlook(ctx, ctx.community, week + WEEK)
    helpers = frozenset(await rotas.helpers(scope))
    # Whoever said yes to a turn may be named with it; a moderator who was only drawn may not.
    known = helpers | {turn.person for turn in turns if turn.state is State.TAKEN} | {ctx.person.id}
    names = await ctx.unit.people.names(sorted(known))
    open_ = [turn for turn in turns if turn.state is State.OFFERED and turn.person != ctx.person.id]
    offers = [turn for turn in open_ if (await rotas.replies(turn)).get(ctx.person.id) is rota.Reply.ASKED]
    return Board(week, turns, coming, helpers, names, tuple(offers))


def _card(ctx: Context, board: Board, told: T | None = None) -> Message:
    blocks: list[Block | T] = [told] if told else []
    if not board.helpers:
        blocks.append(T("Small duties keep a group going, and nobody has to do them for long: a week, then others."))
    if board.turns:
        lines = tuple(_line(ctx, board, turn.duty, turn.person) for turn in board.turns)
        blocks += (T("This week, from {day}:", day=Day(board.week)), Bullets(lines))
    else:
        blocks.append(T("Nothing is drawn for this week."))
    blocks += _coming(ctx, board)
    if not board.helpers:
        blocks.append(T("Nobody has offered to help yet. One tap, and your turn comes next week."))
    return card(T("Taking turns"), *blocks, rows=_rows(ctx, board))


def _coming(ctx: Context, board: Board) -> tuple[Block | T, ...]:
    day = Day(board.week + WEEK)
    if not board.coming:
        return (T("The next turns are drawn on {day}.", day=day),)
    lines = tuple(_line(ctx, board, duty, board.coming[duty]) for duty in sorted(board.coming))
    return T("Next week, from {day} (this may still change):", day=day), Bullets(lines)


def _line(ctx: Context, board: Board, duty: int, person: int) -> Line:
    return (T("{duty}: {who}", duty=name_of(ctx.community, duty), who=_who(board, duty, person)),)


def _who(board: Board, duty: int, person: int) -> T | Name:
    if not person:
        return T("rests this week")
    if person in board.names:
        return Name(board.names[person])
    return T("a moderator") if duty == MODERATOR else T("a member")


def _rows(ctx: Context, board: Board) -> tuple[Row, ...]:
    scope, me = ctx.community.id, ctx.person.id
    rows: list[Row] = [row(turn) for turn in board.turns if turn.person == me]
    for turn in board.offers:
        label = T("I'll take it: {duty}", duty=name_of(ctx.community, turn.duty))
        rows.append((Button(label, press(TAKE, turn)),))
    if me in board.helpers:
        rows.append((Button(T("No more turns for me"), leave(scope)),))
    else:
        rows.append((Button(T("I'd like to help a week"), join(scope), tone=Tone.MAIN),))
    if ctx.role >= Role.ORGANISER:
        rows.append((Button(T("Choose the duties"), settings(scope)),))
    return tuple(rows)
