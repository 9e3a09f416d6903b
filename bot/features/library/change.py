"""Storing a changed resource, so that what was verified stays true and what may not be found is not."""

from dataclasses import replace

from bot.chat.places import Role
from bot.context import Context
from bot.domain.library import Resource, State, doubt
from bot.domain.search import Entry

FOUND_AS = "resource"
"""The kind under which resources stand among what can be searched for."""


async def store(ctx: Context, before: Resource, after: Resource) -> Resource:
    """Store what somebody changed, and return it as it then stands.

    Other words or another file are no longer those that were verified, and they may have to wait for a moderator.
    """
    changed = (before.title, before.note, before.file) != (after.title, after.note, after.file)
    if changed and ctx.role < Role.MODERATOR and before.state is State.VERIFIED:
        after = replace(after, state=State.UNVERIFIED, judge=0)
    if after.is_shown and changed and doubt(after, ctx.member, ctx.community, ctx.role, ctx.now):
        after = replace(after, state=State.WAITING, judge=0)
    return await put(ctx, after)


async def put(ctx: Context, resource: Resource) -> Resource:
    """Store it as it is, and return it."""
    await ctx.unit.library.save(resource)
    await index(ctx, resource)
    return resource


async def index(ctx: Context, resource: Resource) -> None:
    """Let it be found by its words as long as everybody sees it."""
    if not resource.is_shown:
        await ctx.unit.searches.drop(resource.community, FOUND_AS, resource.id)
        return
    names = await ctx.unit.people.names((resource.author,))
    entry = Entry(
        resource.community,
        FOUND_AS,
        resource.id,
        resource.title,
        f"{resource.note}\n{resource.region}\n{resource.licence}",
        resource.tags,
        resource.created_at,
        names.get(resource.author, ""),
        (resource.state,),
    )
    await ctx.unit.searches.put(entry)
