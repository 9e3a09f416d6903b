"""The capabilities of Bareng, in the order in which help lists them."""

from bot.command import Feature
from bot.features import (
    bank,
    board,
    contribution,
    daily,
    faq,
    focus,
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
    session,
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
from bot.features.session.calendar import calendar_feature

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
    session.FEATURE,
    focus.FEATURE,
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


def features(site: str = "") -> tuple[Feature, ...]:
    """Everything that the bot can do; nothing is registered by being imported.

    `site` is the public address of its web server, "" where it has none.
    """
    daily_life = (*_DAILY, calendar_feature(site))
    capabilities = (*daily_life, search_feature((*_DAILY, *_CARE)), *_CARE, digest_feature(_DAILY))
    return (watch.FEATURE, *capabilities, help_feature(capabilities))


FEATURES = features()
