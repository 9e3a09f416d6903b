"""The capabilities of Bareng, in the order in which help lists them."""

from bot.features import bank, daily, me, points, practice, rule, setup, zone
from bot.features.help import help_feature

_CAPABILITIES = (
    daily.FEATURE,
    practice.FEATURE,
    points.FEATURE,
    bank.FEATURE,
    setup.FEATURE,
    zone.FEATURE,
    rule.FEATURE,
    me.FEATURE,
)

FEATURES = (*_CAPABILITIES, help_feature(_CAPABILITIES))
"""Everything that the bot can do; nothing is registered by being imported."""
