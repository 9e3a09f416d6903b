"""What becomes of messages that stand: marks put at them, and their deletion."""

from bot.chat.errors import Refusal
from bot.chat.events import Deleted, Mark, Reacted
from bot.chat.places import Ref
from bot.command import Feature
from bot.context import Context
from bot.ports import Unit
from bot.road import Road
from bot.scene import Ears, stand


async def hear_change(road: Road, event: Reacted | Deleted, ears: Ears, features: tuple[Feature, ...]) -> None:
    """Hand the event to whoever posted that card or wants to hear of it; nobody is answered."""
    async with road.store.read() as unit:
        card = await _card(unit, event)
        if card is None and not await _concerns(unit, event, features):
            return
    scope, key = card or (0, "")
    kind, _, subject = key.partition(":")
    async with road.unit() as unit:
        if not await road.first(unit, event):
            return
        try:
            ctx = await stand(await road.scene(unit, event, ears, scope), event.sender.role)
        except Refusal:
            return  # the card was taken to a group that its community has left
        if ctx.found is None:
            return
        for feature in features:
            await _tell(ctx, event, feature)
        if isinstance(event, Reacted) and event.mark is Mark.LIKE and (liking := road.index.likings.get(kind)):
            await liking.handler(ctx, int(subject), event.likes)
        if isinstance(event, Deleted) and (deletion := road.index.deletions.get(kind)):
            await deletion.handler(ctx, int(subject), event.message)


async def _concerns(unit: Unit, event: Reacted | Deleted, features: tuple[Feature, ...]) -> bool:
    """Whether it may mean something although the message is no card of ours."""
    if isinstance(event, Deleted):
        found = (await unit.arrivals.of(event.place, None)).community
        hooks = [feature.erased for feature in features if feature.erased]
        if event.message is None or found is None:
            return False
        return any([await hook.knows(unit, found.id, event.message) for hook in hooks])
    # Whose the message was may be forgotten by the time that thanks are taken back.
    return event.mark is Mark.THANKS and (event.author is not None or not event.likes)


async def _tell(ctx: Context, event: Reacted | Deleted, feature: Feature) -> None:
    match event:
        case Reacted(mark=Mark.THANKS) if feature.thanked:
            await feature.thanked(ctx, event)
        case Deleted(message=Ref() as gone) if feature.erased:
            await feature.erased.handler(ctx, gone)


async def _card(unit: Unit, event: Reacted | Deleted) -> tuple[int, str] | None:
    return await (unit.cards.at(event.message) if event.message else unit.cards.under(event.place))
