"""What becomes of messages that we know: thumbs put at them, and their deletion."""

from bot.chat.errors import Refusal
from bot.chat.events import Deleted, Reacted
from bot.ports import Unit
from bot.road import Road
from bot.scene import Ears, stand


async def hear_change(road: Road, event: Reacted | Deleted, ears: Ears) -> None:
    """Hand the event to whoever posted that card; about other messages nothing is written, and nobody is answered."""
    async with road.store.read() as unit:
        card = await _card(unit, event)
    if card is None:
        return
    scope, key = card
    kind, _, subject = key.partition(":")
    async with road.unit() as unit:
        if not await road.first(unit, event):
            return
        try:
            ctx = await stand(await road.scene(unit, event, ears, scope), event.sender.role)
        except Refusal:
            return  # the card was taken to a group that its community has left
        if isinstance(event, Reacted) and (liking := road.index.likings.get(kind)):
            await liking.handler(ctx, int(subject), event.likes)
        if isinstance(event, Deleted) and (deletion := road.index.deletions.get(kind)):
            await deletion.handler(ctx, int(subject), event.message)


async def _card(unit: Unit, event: Reacted | Deleted) -> tuple[int, str] | None:
    return await (unit.cards.at(event.message) if event.message else unit.cards.under(event.place))
