"""The capabilities of Bareng, in the order in which help lists them."""

from bot.features import (
    bank,
    board,
    contribution,
    daily,
    faq,
    goal,
    gradual,
    library,
    link,
    me,
    moderation,
    pause,
    points,
    practice,
    privacy,
    question,
    recognition,
    recollection,
    rekey,
    review,
    roll,
    rota,
    rule,
    setup,
    statistic,
    stats,
    suggestion,
    summons,
    thanks,
    verify,
    zone,
)
from bot.features.digest import digest_feature
from bot.features.help import help_feature
from bot.features.live import start
from bot.features.moderation import door, gate, keep, watch, welcome
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
    suggestion.FEATURE,
    board.FEATURE,
)

_CARE = (
    moderation.FEATURE,
    keep.FEATURE,
    gate.FEATURE,
    door.FEATURE,
    welcome.FEATURE,
    thanks.FEATURE,
    contribution.FEATURE,
    recognition.FEATURE,
    statistic.FEATURE,
    rekey.FEATURE,
    review.FEATURE,
    setup.FEATURE,
    link.FEATURE,
    zone.FEATURE,
    goal.FEATURE,
    rota.FEATURE,
    stats.FEATURE,
    rule.FEATURE,
    me.FEATURE,
    privacy.FEATURE,
    summons.FEATURE,
    roll.FEATURE,
    gradual.FEATURE,
)

_CAPABILITIES = (*_DAILY, search_feature((*_DAILY, *_CARE)), *_CARE, digest_feature(_DAILY))

FEATURES = (watch.FEATURE, *_CAPABILITIES, help_feature(_CAPABILITIES))
"""Everything that the bot can do; nothing is registered by being imported."""
