"""GIFT, Moodle's text format for questions of all kinds."""

from bot.formats.gift.read import read
from bot.formats.gift.write import holds, write

__all__ = ["holds", "read", "write"]
