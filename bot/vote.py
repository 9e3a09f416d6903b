"""Votes on native polls: whose they are and which card they belong to, as far as that is known yet."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from random import Random

from bot.chat.clean import clean_text
from bot.chat.errors import PlatformError
from bot.chat.events import Polled, Voted
from bot.chat.places import Role
from bot.command import Feature
from bot.context import Abroad, Context
from bot.ports import Platform, Store, Unit
from bot.repository import Vote
from bot.scene import Ears, set_scene


async def may_vote(event: Voted | Polled, store: Store, platforms: Mapping[str, Platform]) -> bool:
    """Whether the voter is in the group: a poll that was forwarded elsewhere takes votes of strangers too.

    What a poll asks is told again with each vote, and is no news once the poll is known and no vote waits for that.
    """
    account = event.sender.account
    async with store.read() as unit:
        card = await unit.cards.of_poll(event.place.platform, event.poll)
        if isinstance(event, Polled) or account is None:
            news = card is None or await unit.votes.wait(event.place.platform, event.poll)
            return isinstance(event, Polled) and news
        if card is None or (await unit.arrivals.of(card[2], account)).member:
            return True
    try:
        return await platforms[account.platform].role(card[2], account) > Role.GUEST
    except PlatformError:
        return True  # to lose a member's answer is worse than to count a stranger's


async def hear_vote(
    unit: Unit,
    event: Voted | Polled,
    ears: Ears,
    features: Iterable[Feature],
    rng: Random,
    abroad: Mapping[str, Abroad],
) -> None:
    """Hand the event to the features; a vote on a poll that nobody knows yet is kept until the poll is told."""
    if isinstance(event, Polled):
        ctx = Context(unit, event.at, rng, event.place, abroad=abroad)
        for feature in features:
            if feature.polled:
                await feature.polled(ctx, event)
        return
    card = await unit.cards.of_poll(event.place.platform, event.poll)
    account = event.sender.account
    if account is None:
        return
    if card is None:
        options = "".join(map(str, event.options))
        name = clean_text(event.sender.name)
        await unit.votes.put(Vote(account.platform, event.poll, account.id, name, options, event.at))
        return
    community, _, place = card
    ctx = await set_scene(unit, replace(event, place=place), ears, community, rng, abroad)
    for feature in features:
        if feature.voted:
            await feature.voted(ctx, event)
