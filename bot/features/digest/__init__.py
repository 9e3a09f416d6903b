"""The group's week in a few lines: looked at first and sent, or sent by itself on its day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.chat.message import Button, Message, Outcome, Reply, say
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import Example, Feature, action, command, job
from bot.context import Context
from bot.domain.jobs import State
from bot.domain.quiz import local_date
from bot.features.digest import setting
from bot.features.digest.plan import SEND, USEFUL_FOR, is_sent, plan, sending
from bot.features.digest.week import composed

NEAR = timedelta(days=3)
"""A digest sent by hand stands for the one that would come by itself within this time."""


def digest_feature(others: Iterable[Feature]) -> Feature:
    """The digest of what these features tell."""
    parts = tuple(part for feature in others for part in feature.digests)

    @command(
        "digest",
        right=Role.ORGANISER,
        aliases=("rangkuman", "group digest", "grup rangkuman"),
        summary=T("The group's week in a few lines, to look at and to send"),
        examples=(Example("/digest", T("Shows it to you first")),),
        slash="group digest",
    )
    async def digest(ctx: Context) -> Outcome:
        """The preview, for the asker alone."""
        when = (Button(T("When it comes by itself"), setting.change(ctx.community.id, setting.SHOW)),)
        message = await composed(ctx, parts)
        if message is None:
            quiet = T("A quiet week: nothing to tell yet. {command} gets it going.", command=code("/ask"))
            return say(quiet, rows=(when,))
        send_ = Button(T("Send it to the group"), send(ctx.community.id))
        return Reply(Message(message.blocks, ((send_,), when), card=True), personal=True)

    @action("digest-send", right=Role.ORGANISER)
    async def send(ctx: Context) -> Outcome:
        """Post it in the group; twice on one day is one post."""
        community = await ctx.held()
        await ctx.post(show, local_date(ctx.now, community.zone).toordinal())
        await plan(ctx, community, ctx.now + NEAR)
        return Reply(say(T("Shared with the group.")), replaces=True, personal=True)

    @job("digest-card", planned=True)
    async def show(ctx: Context, subject: int) -> Message | State:
        """The digest in public, as long as it is news."""
        at = sending(ctx.community, date.fromordinal(subject))
        if ctx.now >= at + USEFUL_FOR:
            return State.DROPPED
        return await composed(as_of(ctx, at), parts) or State.DROPPED

    @job(SEND)
    async def send_week(ctx: Context, subject: int) -> State | None:
        """Send the digest of that day (an ordinal, 0 for none) if it is still news, and plan the next one."""
        community = ctx.community
        if not subject:
            await plan(ctx, community)
            return None
        at = sending(community, date.fromordinal(subject))
        # From week to week, not from now: after a long downtime each missed one is judged by itself.
        await plan(ctx, community, at)
        if ctx.now >= at + USEFUL_FOR:
            return State.DROPPED
        if is_sent(community) and await composed(as_of(ctx, at), parts):
            await ctx.post(show, subject)
        return None

    return Feature(commands=(digest,), actions=(send, setting.change), jobs=(show, send_week))


def as_of(ctx: Context, at: datetime) -> Context:
    """The scene at that moment if it is over: a late digest tells of the week of which it would have told in time."""
    return replace(ctx, now=min(ctx.now, at))


__all__ = ["digest_feature", "plan"]
