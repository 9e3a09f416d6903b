"""How much room a card takes at the most, whatever a platform has to put before its signs to show them as they are."""

from collections.abc import Iterable

from bot.chat.message import Bars, Block, Bullets, Code
from bot.chat.text import Inline, Listing, Name, Run, T, Value

ROOM = 4000
"""UTF-16 units of a message that every platform takes as one: Discord's cards, https://docs.discord.com/developers."""

_BLOCK, _CODE, _ARGUMENT = 12, 30, 40
"""What stands around a block, around code, and for an argument that is neither words nor a name."""

_LINE = 5
"""A line feed, the sign of a quotation after it, and two that keep a line's direction to itself."""


def weight(blocks: Iterable[Block]) -> int:
    """UTF-16 units in which these blocks surely fit: signs count twice, translations as two times the English words."""
    return sum(_block(block) for block in blocks)


def _block(block: Block) -> int:
    match block:
        case Code():
            return _CODE + _words(block.text)
        case Bullets():
            return sum(_BLOCK + sum(map(_piece, item)) for item in block.items)
        case Bars():
            return sum(_BLOCK + _ARGUMENT + sum(map(_piece, bar.label)) for bar in block.bars)
        case _:
            return _BLOCK + sum(map(_piece, block.line))


def _piece(piece: Inline | Value) -> int:
    match piece:
        case str():
            return _words(piece)
        case Run():
            return _words(piece.text) + 2 * len(piece.url)
        case Name():
            return _words(piece.raw or piece.fallback)
        case T():
            return 2 * len(piece.source) + sum(map(_piece, piece.args.values()))
        case Listing():
            return sum(map(_piece, piece.values)) + 2 * len(piece.values)
        case _:
            return _ARGUMENT


def _words(text: str) -> int:
    plain = sum(char == " " or (char <= "\uffff" and char.isalnum()) for char in text)
    return 2 * len(text) - plain + (_LINE - 2) * text.count("\n")
