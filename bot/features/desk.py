"""Where an item is answered privately, in whatever way its kind takes: one tap, several taps, or words."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Block, Button, Message, Outcome, Reply, Row, Tone
from bot.chat.places import Role
from bot.chat.text import T
from bot.command import Action, action
from bot.context import Context
from bot.domain.answer import LONGEST_RESPONSE, is_possible, shown_order
from bot.domain.items import Item, Kind, letter
from bot.features import sheet
from bot.param import Arg

TOO_OLD = T("This button is too old. Send the command again for a fresh one.")

Find = Callable[[Context, int, int], Awaitable[Item]]
Show = Callable[[Context, int, int, str], Awaitable[Message]]
Take = Callable[[Context, int, int, str], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True)
class Desk:
    """The buttons of one kind of quiz. All of them name the quiz's number and the item's position.

    `open_` shows the item privately, `pick` gives a whole response, `mark` adds an option to one that is not yet
    whole, `write` asks for words, `look` shows the picture: on demand, because connections are thin.
    """

    open_: Action
    pick: Action
    mark: Action
    write: Action
    look: Action

    @property
    def actions(self) -> tuple[Action, ...]:
        """All of them, for the feature's declaration."""
        return (self.open_, self.pick, self.mark, self.write, self.look)

    def rows(self, item: Item, scope: int, number: int, position: int, taken: str = "") -> tuple[Row, ...]:
        """The buttons below the item on its own page; `taken` are the options chosen so far."""
        see = (sheet.link(T("Show the picture"), self.look(scope, number, position)),) if item.picture else ()
        return (*see, *self._answers(item, scope, number, position, taken))

    def _answers(self, item: Item, scope: int, number: int, position: int, taken: str) -> tuple[Row, ...]:
        if item.kind in (Kind.TEXT, Kind.NUMBER):
            return (sheet.link(T("Write my answer"), self.write(scope, number, position)),)
        each = [
            self._option(item, scope, number, position, option, letter(place), taken)
            for place, option in enumerate(shown_order(item))
        ]
        rows = tuple(tuple(each[start : start + sheet.IN_A_ROW]) for start in range(0, len(each), sheet.IN_A_ROW))
        if item.kind is Kind.SEVERAL and taken:
            send = Button(T("Send my answer"), self.pick(scope, number, position, taken), tone=Tone.MAIN)
            return (*rows, (send,))
        if item.kind is Kind.ORDER and taken:
            return (*rows, sheet.link(T("Start over"), self.mark(scope, number, position, "")))
        return rows

    def public_row(self, item: Item, scope: int, number: int, position: int, pick: Action, *, alone: bool) -> Row:
        """The buttons for this item below a card that everybody sees, which holds it `alone` or several.

        `pick` takes a tap on the card itself; whatever needs more than one tap goes on privately.
        """
        mark = "" if alone else str(position + 1)
        if sheet.fits_a_row(item):
            return tuple(
                Button(f"{mark}{letter(option)}", pick(scope, number, position, str(option)))
                for option in range(item.size)
            )
        written = item.kind in (Kind.TEXT, Kind.NUMBER) and not item.picture
        act = self.write if written else self.open_
        label = T("Answer") if alone else T("{n}: answer", n=position + 1)
        return (Button(label, act(scope, number, position)),)

    def _option(
        self, item: Item, scope: int, number: int, position: int, option: int, label: str, taken: str
    ) -> Button:
        digit = str(option)
        if item.kind in (Kind.ONE, Kind.TRUTH):
            return Button(label, self.pick(scope, number, position, digit))
        if item.kind is Kind.SEVERAL:
            rest = set(taken) ^ {digit}
            return Button(label, self.mark(scope, number, position, "".join(sorted(rest))), pick=digit in taken)
        if digit in taken:
            return Button(f"{taken.index(digit) + 1}. {label}", self.mark(scope, number, position, taken), pick=True)
        now = taken + digit
        act = self.pick if len(now) == item.size else self.mark
        return Button(label, act(scope, number, position, now))


def desk(name: str, find: Find, show: Show, take: Take) -> Desk:
    """The desk of that name. `find` gives the item or refuses, `show` the private page with what is taken so far,
    `take` stores a response that is possible and says what became of it.
    """

    async def intro(ctx: Context, number: int, position: int) -> tuple[Block, ...]:
        return sheet.question(await find(ctx, number, position), ctx.language)

    @action(f"{name}-open", right=Role.MEMBER)
    async def open_(ctx: Context, number: int, position: int) -> Outcome:
        return Reply(await show(ctx, number, position, ""), personal=True)

    @action(name, right=Role.MEMBER)
    async def pick(ctx: Context, number: int, position: int, response: str) -> Outcome:
        item = await find(ctx, number, position)
        if item.kind in (Kind.TEXT, Kind.NUMBER) or not is_possible(item, response):
            raise Refusal(TOO_OLD)
        return await take(ctx, number, position, response)

    @action(f"{name}-mark", right=Role.MEMBER)
    async def mark(ctx: Context, number: int, position: int, taken: str) -> Outcome:
        item = await find(ctx, number, position)
        if not set(taken) <= set(map(str, range(item.size))) or len(set(taken)) < len(taken):
            raise Refusal(TOO_OLD)
        return Reply(await show(ctx, number, position, taken), replaces=True, personal=True)

    @action(f"{name}-write", right=Role.MEMBER, intro=intro)
    async def write(
        ctx: Context,
        number: int,
        position: int,
        words: Annotated[str, Arg(help=T("Your answer"), ask=T("Write your answer."), most=LONGEST_RESPONSE)],
    ) -> Outcome:
        item = await find(ctx, number, position)
        if item.kind not in (Kind.TEXT, Kind.NUMBER):
            raise Refusal(TOO_OLD)
        if not is_possible(item, words):
            again = Button(T("Write my answer"), write(ctx.community.id, number, position))
            raise Refusal(T("I need a number here. Example: {example}", example=Decimal("12.5")), again)
        return await take(ctx, number, position, words.strip())

    @action(f"{name}-look", right=Role.MEMBER)
    async def look(ctx: Context, number: int, position: int) -> Outcome:
        item = await find(ctx, number, position)
        return await sheet.picture(ctx, item)

    return Desk(open_, pick, mark, write, look)
