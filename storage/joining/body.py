"""What is written inside of rows as JSON, with the numbers and the group of where they go."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import msgspec

from bot.domain.agenda import Change, Series
from bot.domain.board import Slip
from bot.domain.door import Knock
from bot.domain.faq import Faq
from bot.domain.focus import Focus
from bot.domain.held import Held
from bot.domain.items import Item
from bot.domain.library import Resource
from bot.domain.moderation import Sanction
from bot.domain.proposal import Proposal
from bot.domain.question import Answer, Question
from bot.domain.suggestion import Ballot, Suggestion
from storage.joining.number import Number, Shift, renamed
from storage.rows import packed

Rewritten = Callable[[str | None, Shift], str | None]

_ITEM = msgspec.json.Decoder(Item)
_ITEMS = msgspec.json.Decoder(tuple[Item, ...])
_QUESTION = msgspec.json.Decoder(Question)
_SANCTION = msgspec.json.Decoder(Sanction)
_SERIES = msgspec.json.Decoder(Series)
_BALLOT = msgspec.json.Decoder(Ballot)


def _of(kind: type, fields: Mapping[str, Number]) -> Rewritten:
    """How the JSON of such a value is rewritten, if these of its fields are numbers."""
    decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(kind)

    def rewrite(text: str | None, shift: Shift) -> str | None:
        if text is None:
            return None
        value: Any = decoder.decode(text)
        changed = {name: shift.of(number, getattr(value, name)) for name, number in fields.items()}
        return packed(replace(value, community=shift.community, **changed))

    return rewrite


def _item(item: Item, shift: Shift) -> Item:
    return replace(
        item,
        community=shift.community,
        id=shift.of(Number.ITEM, item.id),
        source=renamed(item.source, shift) if item.source.startswith("Q") else item.source,
    )


def item(text: str | None, shift: Shift) -> str | None:
    """An item."""
    return packed(_item(_ITEM.decode(text), shift)) if text else text


def items(text: str | None, shift: Shift) -> str | None:
    """The items of a quiz."""
    return packed(tuple(_item(each, shift) for each in _ITEMS.decode(text))) if text else text


def question(text: str | None, shift: Shift) -> str | None:
    """A question, with the names of what was made of it."""
    if text is None:
        return None
    value = _QUESTION.decode(text)
    changed = replace(
        value,
        community=shift.community,
        id=shift.of(Number.QUESTION, value.id),
        original=shift.of(Number.QUESTION, value.original),
        uses=tuple(renamed(use, shift) for use in value.uses),
    )
    return packed(changed)


def sanction(text: str | None, shift: Shift) -> str | None:
    """A sanction; which version of the rules held is said of rules that hold no more, so it is left out."""
    if text is None:
        return None
    value = _SANCTION.decode(text)
    number, cause = shift.of(Number.SANCTION, value.id), shift.of(Number.SANCTION, value.cause)
    instead = shift.of(Number.SANCTION, value.instead)
    return packed(replace(value, community=shift.community, id=number, cause=cause, instead=instead, rule=0))


answer = _of(Answer, {"question": Number.QUESTION})
faq = _of(Faq, {"id": Number.FAQ, "question": Number.QUESTION})
resource = _of(Resource, {"id": Number.RESOURCE, "origin": Number.RESOURCE})
suggestion = _of(Suggestion, {"id": Number.SUGGESTION})
slip = _of(Slip, {"id": Number.SLIP})
proposal = _of(Proposal, {"id": Number.PROPOSAL})
held = _of(Held, {"id": Number.HELD})
knock = _of(Knock, {"id": Number.KNOCK})
focus = _of(Focus, {"id": Number.FOCUS})
change = _of(Change, {"series": Number.SESSION})


def series(text: str | None, shift: Shift) -> str | None:
    """A session: it stays on the clock of the group that it comes from."""
    if text is None:
        return None
    value = _SERIES.decode(text)
    number = shift.of(Number.SESSION, value.id)
    return packed(replace(value, community=shift.community, id=number, zoned=True))


def ballot(text: str | None, shift: Shift) -> str | None:
    """A vote about suggestions."""
    if text is None:
        return None
    value = _BALLOT.decode(text)
    numbers = tuple(shift.of(Number.SUGGESTION, each) for each in value.suggestions)
    return packed(replace(value, community=shift.community, suggestions=numbers))
