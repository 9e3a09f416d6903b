"""The capabilities of Bareng, in the order in which help lists them."""

from bot.features import (
    bank,
    daily,
    library,
    me,
    pause,
    points,
    practice,
    recollection,
    rekey,
    review,
    rule,
    setup,
    statistic,
    zone,
)
from bot.features.help import help_feature
from bot.features.live import start
from bot.features.search import search_feature

_DAILY = (
    daily.FEATURE,
    pause.FEATURE,
    start.FEATURE,
    practice.FEATURE,
    recollection.FEATURE,
    points.FEATURE,
    bank.FEATURE,
    library.FEATURE,
)

_CARE = (
    statistic.FEATURE,
    rekey.FEATURE,
    review.FEATURE,
    setup.FEATURE,
    zone.FEATURE,
    rule.FEATURE,
    me.FEATURE,
)

_CAPABILITIES = (*_DAILY, search_feature((*_DAILY, *_CARE)), *_CARE)

FEATURES = (*_CAPABILITIES, help_feature(_CAPABILITIES))
"""Everything that the bot can do; nothing is registered by being imported."""
