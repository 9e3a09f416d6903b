"""The capabilities of Bareng, in the order in which help lists them."""

from bot.features import (
    bank,
    daily,
    faq,
    library,
    me,
    pause,
    points,
    practice,
    question,
    recollection,
    rekey,
    review,
    rule,
    setup,
    statistic,
    verify,
    zone,
)
from bot.features.digest import digest_feature
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
    question.FEATURE,
    faq.FEATURE,
    library.FEATURE,
    verify.FEATURE,
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

_CAPABILITIES = (*_DAILY, search_feature((*_DAILY, *_CARE)), *_CARE, digest_feature(_DAILY))

FEATURES = (*_CAPABILITIES, help_feature(_CAPABILITIES))
"""Everything that the bot can do; nothing is registered by being imported."""
