"""When somebody wants to be reminded of sessions."""

from bot.chat.message import Button, Message, Outcome, Reply, Row, card
from bot.chat.places import Role
from bot.chat.text import Span, T, code
from bot.command import Example, action, command
from bot.context import Context
from bot.domain.lead import LEADS, USUAL


@command(
    "reminders",
    right=Role.MEMBER,
    aliases=("pengingat", "session reminders", "sesi pengingat"),
    summary=T("When I remind you of sessions to which you said yes"),
    examples=(Example("/reminders", T("Shows your reminders, with a button for each")),),
    slash="session reminders",
)
async def reminders(ctx: Context) -> Outcome:
    """The choice as it is now."""
    return Reply(await _page(ctx), personal=True)


@action("session-reminder", right=Role.MEMBER)
async def toggle(ctx: Context, lead: int) -> Outcome:
    """One reminder more, or one less."""
    if lead in LEADS:
        chosen = await _chosen(ctx)
        await ctx.unit.leads.put(ctx.community.id, ctx.person.id, chosen ^ {lead})
    return Reply(await _page(ctx), replaces=True, personal=True)


async def _chosen(ctx: Context) -> frozenset[int]:
    return (await ctx.unit.leads.get(ctx.community.id, [ctx.person.id])).get(ctx.person.id, USUAL)


async def _page(ctx: Context) -> Message:
    chosen = await _chosen(ctx)
    told = T("I write to you privately before each session to which you said yes.")
    if not chosen:
        told = T("You get no private reminders.")
    lines = [told]
    if chosen and not await ctx.unit.people.reachable(ctx.person.id):
        lines.append(
            T("I can't message you yet: open a private chat with me and send {command} once.", command=code("/start"))
        )
    rows: tuple[Row, ...] = tuple(
        (Button(T("{time} before", time=Span(length)), toggle(ctx.community.id, lead), pick=lead in chosen),)
        for lead, length in LEADS.items()
    )
    return card(T("Your reminders"), *lines, rows=rows)
