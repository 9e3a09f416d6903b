"""A suggestion as one person sees it, with what this person can do with it."""

from collections.abc import Mapping

from bot.chat.errors import Refusal
from bot.chat.message import Block, Bullets, Button, Message, Outcome, Paragraph, Reply, Row, Tone, card
from bot.chat.places import Role
from bot.chat.press import Press
from bot.chat.text import Inline, Line, Moment, Name, T, bold, code
from bot.command import action
from bot.context import Context
from bot.domain.suggestion import GIVEN, State, Suggestion
from bot.features.rich import rich

TOO_OLD = T("This button is too old. Send the command again for a fresh one.")

ON, OFF = "on", "off"

STATES: Mapping[State, T] = {
    State.NEW: T("not looked at yet"),
    State.DISCUSSED: T("being discussed"),
    State.PLANNED: T("planned"),
    State.DONE: T("✓ done"),
    State.DECLINED: T("not for now"),
    State.REMOVED: T("removed"),
}
_GIVE: Mapping[State, T] = {
    State.DISCUSSED: T("Discuss it"),
    State.PLANNED: T("Plan it"),
    State.DONE: T("It is done"),
    State.DECLINED: T("Not for now"),
}


async def find(ctx: Context, number: int, *, held: bool = False) -> Suggestion:
    """The suggestion of that number, held if it is to be changed; refuses where there is none, or no longer."""
    suggestions = ctx.unit.suggestions
    found = await (suggestions.hold if held else suggestions.get)(ctx.community.id, number)
    if found is None or found.state is State.REMOVED:
        raise Refusal(
            T(
                "There is no {name} here. {command} shows what there is.",
                name=code(f"I{number}"),
                command=code("/suggestions"),
            )
        )
    return found


async def is_owner(ctx: Context, suggestion: Suggestion) -> bool:
    """Whether the actor made it, also where nobody is named."""
    return ctx.who is not None and await ctx.unit.suggestions.is_owner(suggestion.community, suggestion.id, ctx.who.id)


def press(name: str, scope: int, *words: int | str) -> Press:
    """The press of one of the actions about suggestions; they stand in files that themselves show pages."""
    return Press(f"suggestion-{name}", scope, words)


def supported(votes: int) -> T:
    """How many people want it."""
    return T("{n} person is for it", "{n} people are for it", n=votes)


def made_by(suggestion: Suggestion, names: Mapping[int, str]) -> Inline:
    """Who made it, as far as that is to be known."""
    if suggestion.anonymous:
        return T("suggested anonymously")
    return T("suggested by {name}", name=Name(names.get(suggestion.author, ""), "?"))


def why(suggestion: Suggestion, names: Mapping[int, str]) -> Line:
    """What a moderator said of it, "" while nobody did."""
    if not suggestion.reason:
        return ("",)
    return (Name(names.get(suggestion.judge, ""), "?"), ": ", suggestion.reason)


async def page(ctx: Context, suggestion: Suggestion, *told: T) -> Message:
    """All about it, with what was just done."""
    scope, number = suggestion.community, suggestion.id
    names = await ctx.unit.people.names(sorted({suggestion.author, suggestion.judge} - {0}))
    votes = (await ctx.unit.suggestions.votes(scope, (number,)))[number]
    lines: list[Line] = [(made_by(suggestion, names),), (supported(votes),)]
    if suggestion.reason:
        lines.append(why(suggestion, names))
    elif ctx.role >= Role.MODERATOR:
        lines.append((T("Say what becomes of it by {when}", when=Moment(suggestion.due)),))
    blocks: list[Block] = [Paragraph((text,)) for text in told]
    blocks += (*rich(suggestion.text), Bullets(tuple(lines)))
    rows = (await _support(ctx, suggestion), _give(ctx, suggestion), await _manage(ctx, suggestion))
    title: Line = (bold(f"{suggestion.name} · "), STATES[suggestion.state])
    return card(title, *blocks, rows=tuple(row for row in rows if row))


async def _support(ctx: Context, suggestion: Suggestion) -> Row:
    if ctx.who is None:
        return ()
    scope, number = suggestion.community, suggestion.id
    voted = number in await ctx.unit.suggestions.voted(scope, (number,), ctx.who.id)
    label = T("Take my vote back") if voted else T("I am for it")
    return (Button(label, press("vote", scope, number, OFF if voted else ON), tone=Tone.MAIN),)


def _give(ctx: Context, suggestion: Suggestion) -> Row:
    """What a moderator can say about it."""
    if ctx.role < Role.MODERATOR:
        return ()
    scope, number = suggestion.community, suggestion.id
    return tuple(
        Button(_GIVE[state], press("state", scope, number, state), pick=state is suggestion.state) for state in GIVEN
    )


async def _manage(ctx: Context, suggestion: Suggestion) -> Row:
    scope, number = suggestion.community, suggestion.id
    remove = Button(T("Remove it"), press("state", scope, number, State.REMOVED), tone=Tone.DANGER)
    if not await is_owner(ctx, suggestion):
        return (remove,) if ctx.role >= Role.MODERATOR else ()
    back = Button(T("Take it back"), press("withdraw", scope, number), tone=Tone.DANGER)
    return (back,) if suggestion.anonymous else (Button(T("Take my name off"), press("hide", scope, number)), back)


@action("suggestion-show", right=Role.MEMBER, role_aware=True)
async def show(ctx: Context, number: int) -> Outcome:
    """Everything about it, on a page of its own."""
    return Reply(await page(ctx, await find(ctx, number)), personal=True)


@action("suggestion-vote", right=Role.MEMBER, role_aware=True)
async def vote(ctx: Context, number: int, wanted: str) -> Outcome:
    """Support it, or take that back; one vote a person."""
    suggestion = await find(ctx, number)
    match wanted:
        case "on":
            await ctx.unit.suggestions.vote(suggestion.community, number, ctx.person.id, ctx.now)
            told = T("Your vote counts. Thank you!")
        case "off":
            await ctx.unit.suggestions.unvote(suggestion.community, number, ctx.person.id)
            told = T("Your vote is taken back.")
        case _:
            raise Refusal(TOO_OLD)
    return Reply(await page(ctx, suggestion, told), replaces=True, personal=True)
