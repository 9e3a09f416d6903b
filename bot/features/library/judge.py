"""Judging a resource: verified with the verifier's name, in need of a source, doubtful, or removed."""

from dataclasses import replace

from bot.chat.errors import Refusal
from bot.chat.message import Message, Outcome, Reply, say
from bot.chat.places import Role
from bot.chat.text import Name, T, code
from bot.command import action, job
from bot.context import Context
from bot.domain import jobs
from bot.domain.library import Mark, Resource, State
from bot.domain.points import resource_reward
from bot.domain.quiet import awake
from bot.features.library import change, page
from bot.features.points.reward import give
from bot.scene import check_right

STATES = {"ok": State.VERIFIED, "source": State.UNSOURCED, "wrong": State.DOUBTFUL}


@action("library-judge", right=Role.MODERATOR)
async def judge(ctx: Context, number: int, verdict: str) -> Outcome:
    """The same by a tap."""
    if verdict not in STATES:
        raise Refusal(page.TOO_OLD)
    resource = await page.find(ctx, number, held=True)
    return Reply(await page.page(ctx, await decide(ctx, resource, verdict), T("Saved.")), replaces=True, personal=True)


@action("library-remove", right=Role.MEMBER, role_aware=True)
async def remove(ctx: Context, number: int) -> Outcome:
    """Take it out of the library: moderators any, others their own."""
    resource = await page.find(ctx, number, held=True)
    if resource.author != ctx.person.id:
        check_right(ctx.role, Role.MODERATOR)
    await take_out(ctx, resource)
    return Reply(say(T("{name} is removed.", name=code(resource.name))), replaces=True, personal=True)


async def decide(ctx: Context, resource: Resource, verdict: str) -> Resource:
    """Give it the state of that word; refuses about one's own. Once verified, its author is rewarded, once."""
    if resource.author == ctx.person.id:
        raise Refusal(T("You shared this one, so somebody else decides about it."))
    if resource.state is State.REMOVED:
        raise Refusal(page.TOO_OLD)
    await ctx.unit.library.unmark(resource.community, resource.id, Mark.REPORT)
    after = await change.put(ctx, replace(resource, state=STATES[verdict], judge=ctx.person.id))
    if after.state is State.VERIFIED:
        await give(ctx, resource_reward(ctx.community, after.author, after.id, ctx.person.id, ctx.now))
    if after.state is not resource.state:
        await ctx.tell(after.author, judged, after.id, awake(ctx.now, ctx.community.zone))
    return after


async def take_out(ctx: Context, resource: Resource) -> None:
    """Remove it; its author hears of it if somebody else did."""
    await ctx.unit.library.unmark(resource.community, resource.id, Mark.REPORT)
    await change.put(ctx, replace(resource, state=State.REMOVED, judge=ctx.person.id))
    if resource.author != ctx.person.id:
        await ctx.tell(resource.author, judged, resource.id, awake(ctx.now, ctx.community.zone))


@job("library-judged")
async def judged(ctx: Context, subject: int) -> Message | jobs.State:
    """What the author of a resource hears when somebody decided about it."""
    resource = await ctx.unit.library.get(ctx.community.id, subject)
    if resource is None or resource.state is State.WAITING or resource.author != ctx.person.id:
        return jobs.State.DROPPED
    names = await ctx.unit.people.names([resource.judge])
    name, who = code(resource.name), Name(names.get(resource.judge, ""))
    match resource.state:
        case State.VERIFIED:
            text = T("{who} verified {name}, which you shared. Thank you!", who=who, name=name)
        case State.UNSOURCED:
            text = T("{who} wishes for a source for {name}, which you shared.", who=who, name=name)
        case State.DOUBTFUL:
            text = T("{who} finds {name}, which you shared, doubtful. Have another look at it?", who=who, name=name)
        case State.REMOVED:
            text = T("{who} removed {name}, which you shared. Ask if you wonder why.", who=who, name=name)
        case State.UNVERIFIED:
            text = T("{name}, which you shared, was read and is there for everybody now.", name=name)
    return say(text, resource.title)
