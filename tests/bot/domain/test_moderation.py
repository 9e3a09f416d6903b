"""The ladder of warnings, and who may act on whom."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from bot.chat.places import Power, Role
from bot.domain.moderation import (
    LADDER,
    Denial,
    Kind,
    ModerationRule,
    Sanction,
    State,
    Step,
    consequence,
    denial,
    weight,
)

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
RULE = ModerationRule()


def warning(points: int = 1, days: int = 30, state: State = State.ACTIVE) -> Sanction:
    until = NOW + timedelta(days=days)
    return Sanction(1, 1, Kind.WARNING, 3, 2, NOW, "why", points=points, until=until, state=state)


def test_only_what_holds_weighs() -> None:
    given = [warning(1), warning(2), warning(3, days=-1), warning(3, state=State.PARDONED)]
    assert weight(given, NOW) == 3
    assert not warning(days=0).holds(NOW), "the moment of its end is no longer inside"


@pytest.mark.parametrize(
    ("before", "after", "step"),
    [(0, 1, None), (1, 2, LADDER[0]), (0, 2, LADDER[0]), (0, 3, LADDER[1]), (2, 3, LADDER[1]), (3, 4, LADDER[1])],
)
def test_the_highest_step_that_was_reached_follows(before: int, after: int, step: Step | None) -> None:
    assert consequence(RULE, before, after) == step


def test_without_a_ladder_nothing_follows() -> None:
    assert consequence(replace(RULE, ladder=()), 0, 99) is None


def power(role: Role, *, owner: bool = False, height: int = 0) -> Power:
    return Power(role, height=height, owner=owner, here=True)


@pytest.mark.parametrize(("mine", "theirs"), product(Role, Role))
def test_nobody_acts_on_their_equals_or_on_those_above(mine: Role, theirs: Role) -> None:
    verdict = denial(power(mine), mine, power(theirs), theirs)
    assert verdict == (None if mine > theirs else Denial.ABOVE)


def test_nobody_acts_on_owners_or_bots() -> None:
    owner = power(Role.ORGANISER, owner=True)
    assert denial(owner, Role.ORGANISER, owner, Role.ORGANISER) is Denial.OWNER
    assert denial(owner, Role.ORGANISER, Power(bot=True, here=True), Role.GUEST) is Denial.BOT
    assert denial(owner, Role.ORGANISER, power(Role.ORGANISER), Role.ORGANISER) is None, "an owner acts on organisers"


def test_where_a_platform_ranks_people_its_order_counts_too() -> None:
    moderator = power(Role.MODERATOR, height=3)
    assert denial(moderator, Role.MODERATOR, power(Role.MEMBER, height=3), Role.MEMBER) is Denial.ABOVE
    assert denial(moderator, Role.MODERATOR, power(Role.MEMBER, height=2), Role.MEMBER) is None
    granted = power(Role.MEMBER, height=0)
    assert denial(granted, Role.MODERATOR, power(Role.MEMBER, height=5), Role.MEMBER) is None, "the group ranks them"
