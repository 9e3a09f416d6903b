"""How much a lively group of fifty hears of the bot within a week: in public, with a sound, at night and in private."""

import sys
from collections import Counter
from collections.abc import Sequence

import structlog

from bot.domain.community import Preset
from bot.domain.jobs import State
from bot.domain.moderation import Deed
from tests.flows.care import CaredWeek
from tests.flows.fifty import COMMUNITY, ZONE, Fifty, Post, at_night, fifty
from tests.flows.script import FRIDAY, QUESTIONS, THINGS
from tests.world import DISCORD, GROUPS, TELEGRAM

MOST_POSTS, MOST_SOUNDS, PEOPLE_TO_BOT, RESIDUE, MOST_ALONE = 60, 10, 8, 0.05, 4
"""In each chat of the group and a whole week; the last is for one person and day."""

ASKED_FOR = {"question-news", "board-met"}
"""What comes to somebody because of their own question or slip: they asked for as much as people answer."""

CALLS = {"summons-card"}
"""Whom a moderator warned and who cannot be written to in private is called, a minute later and in neutral words."""

URGENT = ("held-", "report", "sanction")
"""What moderators hear, and who is moderated, at any hour."""


def table(group: Fifty) -> str:
    """Every kind of what the bot posted by itself or for somebody's act, with its number, for people to read."""
    public = Counter(f"{post.entry.place.chat:9} {post.kind or 'answer'}" for post in group.of_bot())
    alone = Counter(f"{'alone':9} {post.kind}" for post in group.written_first())
    people = Counter(f"{post.entry.place.chat:9} people" for post in group.of_people())
    sounds = sum(post.entry.sounds for post in group.of_bot())
    rows = (*sorted(public.items()), *people.items(), *sorted(alone.items()), ("sounding", sounds))
    left = len(group.residue - group.log.gone)
    return "\n".join(
        f"{n:5} {what}" for what, n in (*rows, ("commands", group.commands.total()), ("left visible", left))
    )


def unasked(posts: Sequence[Post]) -> list[Post]:
    """What came while nobody was doing anything."""
    return [post for post in posts if not post.asked]


def most_alone(group: Fifty) -> int:
    """How often one person was written to first on one day, at most."""
    posts = [post for post in group.written_first() if post.kind not in ASKED_FOR]
    days = ((post.entry.only or post.entry.place.chat, post.entry.at.astimezone(ZONE).date()) for post in posts)
    return max(Counter(days).values())


async def lives(group: Fifty, share: float = 1) -> None:
    """The group lives its week, in which nothing goes wrong."""
    with structlog.testing.capture_logs() as logs:
        await CaredWeek(group, share).passes()
    assert [log for log in logs if log["log_level"] in ("error", "critical")] == []
    async with group.world.store.read() as unit:
        troubled = await unit.jobs.troubled(COMMUNITY)
    assert len(troubled) < 20, "so that none is left out"
    assert [job for job in troubled if job.state in (State.FAILED, State.UNKNOWN)] == []
    sys.stdout.write(f"\n{table(group)}\n")


async def was_lively(group: Fifty) -> None:
    """The week held what a real one does: without that it would be quiet for no reason of ours."""
    assert group.commands.total() >= 400
    assert len(group.of_people()) >= 700
    for place in GROUPS:
        posted = {kind: len(group.cards(kind, place)) for kind in ("question", "board", "round-card", "daily-card")}
        assert posted == {"question": len(QUESTIONS), "board": len(THINGS), "round-card": 3, "daily-card": 7}
        assert [len(group.cards(kind, place)) for kind in ("digest-card", "ballot")] == [1, 1]
    assert [len(group.cards(kind, TELEGRAM)) for kind in ("greeting", "held-again")] == [4, 5]
    heard = Counter(post.kind for post in group.written_first())
    assert all(heard[kind] for kind in ("question-accepted", "library-judged", "rota-turn", "report-outcome"))
    async with group.world.store.read() as unit:
        quizzes = await unit.quizzes.newest(COMMUNITY, 20)
        played = [(await unit.quizzes.tally(COMMUNITY, quiz.id)).people for quiz in quizzes if quiz.day]
        deeds = {record.deed for record in await unit.records.page(COMMUNITY, 0, 0, 200)}
    assert len(played) == 7
    assert min(played) >= 20, "half of them"
    assert deeds >= {Deed.WARN, Deed.MUTE, Deed.PIN, Deed.REPORT, Deed.HOLD, Deed.RELEASE, Deed.RULES, Deed.SETTLE}


async def test_in_a_balanced_group_the_bot_says_little_rings_rarely_and_sleeps_at_night(sqlite_address: str) -> None:
    async with fifty(sqlite_address, Preset.BALANCED, FRIDAY) as group:
        await lives(group)
        said = group.of_bot()
        assert len(said) * PEOPLE_TO_BOT <= len(group.of_people())
        for place in GROUPS:
            assert sum(post.entry.place == place for post in said) <= MOST_POSTS
        assert group.stage.transcript.noise.sounding <= MOST_SOUNDS
        assert len(group.residue - group.log.gone) <= RESIDUE * group.commands.total()
        assert [post.kind for post in unasked(said) if at_night(post.entry.at)] == []
        alone = group.written_first()
        assert [each.kind for each in alone if at_night(each.entry.at) and not each.kind.startswith(URGENT)] == []
        assert most_alone(group) <= MOST_ALONE
        await was_lively(group)


async def test_in_a_calm_group_nothing_comes_unasked_but_the_daily_quiz(sqlite_address: str) -> None:
    async with fifty(sqlite_address, Preset.CALM, FRIDAY) as group:
        await lives(group, share=0.15)
        assert len(group.cards("daily-card", TELEGRAM)) == len(group.cards("daily-card", DISCORD)) == 7
        assert len(group.cards("question", TELEGRAM)) > 1, "what is asked for still comes"
        assert {post.kind for post in unasked(group.of_bot())} - CALLS == {"daily-card"}
        assert not any(post.kind in ("greeting", "ballot", "digest-card") for post in group.of_bot())
        assert group.stage.transcript.noise.sounding <= MOST_SOUNDS
        assert most_alone(group) <= MOST_ALONE
