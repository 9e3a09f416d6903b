"""The one private tip that somebody gets with their first command in a group."""

from dataclasses import replace

from bot.chat.message import Message, Outcome, Paragraph, Reply
from bot.chat.text import T
from bot.command import Command
from bot.context import Context

TIP = T("New here? All of this works in a private chat with me too, unseen by the group.")


async def add_tip(ctx: Context, command: Command, outcome: Outcome) -> Outcome:
    """The answer, with the tip below it the first time."""
    if ctx.seat is None or ctx.seat.tipped or ctx.private or command.anywhere:
        return outcome
    match outcome:
        case Message():
            told: Outcome = _below(outcome)
        case Reply() if not outcome.public:
            told = replace(outcome, message=_below(outcome.message))
        case _:
            return outcome
    # Read again: the command may have changed the membership meanwhile.
    member = await ctx.unit.people.member(ctx.seat.community, ctx.seat.person) or ctx.seat
    await ctx.unit.people.save_member(replace(member, tipped=True))
    return told


def _below(message: Message) -> Message:
    return replace(message, blocks=(*message.blocks, Paragraph((TIP,))))
