"""What organisers read before and after two groups become one."""

from bot.chat.message import Block, Bullets, Paragraph
from bot.chat.text import Line, Name, T
from bot.context import Context
from bot.domain.community import Community
from bot.domain.link import UNDO, Joining


async def groups(ctx: Context, joining: Joining) -> tuple[Community, Community]:
    """The group that is joined and the one that joins."""
    into = await ctx.unit.communities.get(joining.community)
    other = await ctx.unit.communities.get(joining.other)
    return into or ctx.community, other or ctx.community


async def terms(ctx: Context, joining: Joining) -> tuple[Block, ...]:
    """What comes along, and what is different from then on."""
    into, other = await groups(ctx, joining)
    share = await ctx.unit.joinings.share(other.id, into.id, ctx.now)
    group, its = Name(into.name), Name(other.name)
    comes: list[Line] = [
        (T("{n} member", "{n} members", n=share.members), " · ", T("{n} of them in both", n=share.both)),
        (
            T("{n} point", "{n} points", n=share.points),
            " · ",
            T("{n} running streak", "{n} running streaks", n=share.streaks),
        ),
        (
            T("{n} active warning", "{n} active warnings", n=share.warnings),
            " · ",
            T("{n} role", "{n} roles", n=share.roles),
        ),
        (
            T("{n} question asked", "{n} questions asked", n=share.questions),
            " · ",
            T("{n} resource", "{n} resources", n=share.resources),
            " · ",
            T("{n} quiz question", "{n} quiz questions", n=share.items),
        ),
    ]
    after: list[Line] = [
        (
            T(
                "Rules, settings, duties and the daily quiz of {group} hold in both; an open quiz of {other} ends.",
                group=group,
                other=its,
            ),
        ),
        (T("Points go over by entries that everybody can read in /why."),),
        (T("Of somebody in both, the higher role and the longer streak stay."),),
        (T("Numbers such as Q12 of {other} change; cards that stand in its chats are renewed.", other=its),),
        (T("For {days} days either side can undo it.", days=UNDO.days),),
    ]
    return (
        Paragraph((T("{other} becomes a part of {group} and brings along:", group=group, other=its),)),
        Bullets(tuple(comes)),
        Paragraph((T("From then on:"),)),
        Bullets(tuple(after)),
    )
