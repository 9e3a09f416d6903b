"""The daily mini-quiz: posted at the group's hour, one tap an item, counted once, reviewed at the close."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.chat.errors import Refusal
from bot.chat.message import Block, Button, Message, Outcome, Paragraph, Reply, Row, Toast, card, say
from bot.chat.places import Role
from bot.chat.text import Day, Line, Moment, Shape, T
from bot.command import Example, Feature, Menu, action, command, job
from bot.context import Context
from bot.dialogue import go
from bot.domain.answer import is_possible, is_right
from bot.domain.community import Community, Reveal
from bot.domain.items import Item
from bot.domain.jobs import Job, State
from bot.domain.points import Reason, reward
from bot.domain.quiz import (
    LATE_AFTER,
    Answer,
    Candidate,
    Kind,
    Quiz,
    Tally,
    choose,
    closing,
    local_date,
    next_opening,
    opening,
    useful_until,
    weakness,
)
from bot.domain.rest import resting
from bot.domain.streak import extend
from bot.features import sheet
from bot.features.desk import TOO_OLD, desk
from bot.features.recollection import missed
from bot.features.review import review_items

OPEN = "daily-open"

RECENTLY = timedelta(days=60)
"""How far back answers tell what the group is weak in."""


async def plan(ctx: Context, community: Community, after: datetime | None = None) -> None:
    """Let the next quiz after that moment (now) be opened at the group's hour; what was planned before is forgotten."""
    await ctx.unit.jobs.cancel(community.id, OPEN)
    if not (community.daily.on and community.ready):
        return
    day, opens = await coming(ctx, community, after or ctx.now)
    await ctx.unit.jobs.put(Job(community.id, f"{OPEN}:{day.toordinal()}", OPEN, day.toordinal(), opens))


async def _candidates(ctx: Context) -> list[Candidate]:
    """The bank, with when each item was asked and how weak the group lately was in its topics."""
    community = ctx.community.id
    weak = weakness(
        await ctx.unit.items.topics(community), await ctx.unit.quizzes.results(community, ctx.now - RECENTLY)
    )
    asked_at = await ctx.unit.items.asked_at(community, "")
    return [Candidate(item, at, weak.get(item, 0.0)) for item, at in asked_at.items()]


async def coming(ctx: Context, community: Community, after: datetime) -> tuple[date, datetime]:
    """The day of the next quiz after that moment and when it opens; no day has two, whatever the hour became."""
    day, _ = next_opening(community.daily, community.zone, after)
    latest = await ctx.unit.quizzes.latest(community.id)
    if latest and latest.day and latest.day >= day:
        day = latest.day + timedelta(days=1)
    while resting(community.quizzes, day):
        day += timedelta(days=1)
    return day, opening(community.daily, day, community.zone)


async def catch_up(ctx: Context) -> None:
    """A place that the bot has just come into gets the quiz that is open."""
    quiz = await ctx.unit.quizzes.latest(ctx.community.id)
    if quiz and quiz.takes_answers(ctx.now):
        await ctx.post_in(ctx.place, show_quiz, quiz.id)


@job(OPEN)
async def open_quiz(ctx: Context, subject: int) -> State | None:
    """Open the quiz of that day (an ordinal) if it is still useful, and plan the next one."""
    community, day = ctx.community, date.fromordinal(subject)
    # From day to day, not from now: after a long downtime each missed day is judged by itself.
    await plan(ctx, community, opening(community.daily, day, community.zone))
    if ctx.now >= useful_until(community.daily, day, community.zone) or resting(community.quizzes, day):
        return State.DROPPED
    venues = await ctx.unit.communities.venues(community.id)
    if venues and all(venue.paused for venue in venues):
        # Nobody could see it: no item is used up for it, and no streak suffers.
        return State.DROPPED
    picked = choose(await _candidates(ctx), community.daily.size, ctx.now, ctx.rng)
    items = await ctx.unit.items.some(community.id, picked)
    closes = closing(community.daily, day, community.zone)
    quiz = items and await ctx.unit.quizzes.add(Quiz(community.id, 0, day, ctx.now, closes, tuple(items)))
    if not quiz:
        return None
    await ctx.unit.items.asked(community.id, picked, ctx.now)
    await ctx.unit.jobs.put(Job(community.id, f"{close_quiz.name}:{quiz.id}", close_quiz.name, quiz.id, closes))
    await ctx.post(show_quiz, quiz.id)
    return None


@job("daily-card")
async def show_quiz(ctx: Context, subject: int) -> Message | State | None:
    """The public card: the items while it is open, the distribution once it is closed.

    A place that could not be reached in time is not told about a quiz in which nobody took part.
    """
    quiz = await ctx.unit.quizzes.get(ctx.community.id, subject)
    if quiz is None:
        return None
    if quiz.takes_answers(ctx.now):
        return _open_card(ctx, quiz)
    tally = await ctx.unit.quizzes.tally(quiz.community, quiz.id)
    stands = await ctx.unit.cards.get(quiz.community, f"{show_quiz.name}:{quiz.id}", ctx.place)
    return _closed_card(ctx, quiz, tally) if tally.people or stands else State.DROPPED


@job("daily-close")
async def close_quiz(ctx: Context, subject: int) -> Message | None:
    """End the quiz; its card is edited into the result."""
    quiz = await ctx.unit.quizzes.seize(ctx.community.id, subject)
    if quiz is None:
        return None
    tally = await ctx.unit.quizzes.tally(quiz.community, quiz.id)
    last = await ctx.unit.quizzes.before(quiz)
    await ctx.unit.quizzes.close(quiz, (last.streak if last else 0) + 1 if tally.finished else 0)
    await review_items(ctx, quiz)
    await ctx.post(show_quiz, quiz.id)
    return None


@action("daily", right=Role.MEMBER)
async def answer_in_public(ctx: Context, number: int, position: int, response: str) -> Outcome:
    """A tap below the public card; the answer is told to the presser alone."""
    quiz = await _quiz(ctx, number, position)
    if not sheet.fits_a_row(quiz.items[position]) or not is_possible(quiz.items[position], response):
        raise Refusal(TOO_OLD)
    told, _ = await _answered(ctx, quiz, position, response)
    return Toast(told)


async def _find(ctx: Context, number: int, position: int) -> Item:
    return (await _quiz(ctx, number, position)).items[position]


async def _show(ctx: Context, number: int, position: int, taken: str) -> Message:
    return _page(ctx, await _quiz(ctx, number, position), position, None, taken)


async def _take(ctx: Context, number: int, position: int, response: str) -> Outcome:
    """An answer in the private round; the message turns into the next item."""
    quiz = await _quiz(ctx, number, position)
    told, standing = await _answered(ctx, quiz, position, response)
    start = 0 if quiz.takes_answers(ctx.now) else position + 1
    return Reply(_next_item(ctx, quiz, start, told, standing), replaces=True, personal=True)


MINE = desk("mine", _find, _show, _take)


async def _answered(ctx: Context, quiz: Quiz, position: int, response: str) -> tuple[T, Mapping[int, str]]:
    """Store an answer while the quiz takes any; what the person learns, and the answers that stand."""
    if not quiz.takes_answers(ctx.now):
        told = _verdict(ctx, quiz, position, response)
        return T("{verdict} This quiz is closed, so this was practice.", verdict=told), {}
    answer = Answer(position, response, is_right(quiz.items[position], response))
    standing = await ctx.unit.quizzes.answer(quiz, ctx.person.id, answer, ctx.now)
    if not answer.right and standing[position] == response:
        await missed(ctx, ctx.person.id, quiz.items[position].id, quiz.opens_at)
    return await _feedback(ctx, quiz, position, response, standing), standing


@command(
    "daily",
    right=Role.MEMBER,
    aliases=("harian", "kuisharian"),
    summary=T("Today's mini-quiz, privately, one tap an item"),
    examples=(Example("/daily", T("Shows today's first open question")),),
    menu=Menu.PRIVATE | Menu.GROUP,
    menu_name="harian",
)
async def daily(ctx: Context) -> Outcome:
    """Today's quiz for me alone."""
    quiz = await ctx.unit.quizzes.latest(ctx.community.id)
    standing = await ctx.unit.quizzes.answers(quiz.community, quiz.id, ctx.person.id) if quiz else {}
    if quiz is None or not quiz.takes_answers(ctx.now):
        return await _nothing_open(ctx, quiz, standing)
    return Reply(_next_item(ctx, quiz, 0, None, standing), personal=True)


async def _quiz(ctx: Context, number: int, position: int) -> Quiz:
    quiz = await ctx.unit.quizzes.get(ctx.community.id, number)
    if quiz is None or quiz.kind is not Kind.DAILY or not 0 <= position < len(quiz.items):
        raise Refusal(T("This quiz no longer exists. Today's is in /daily."))
    return quiz


async def _feedback(ctx: Context, quiz: Quiz, position: int, response: str, standing: Mapping[int, str]) -> T:
    """What the presser learns: always about the answer that stands, which may be an earlier tap."""
    stored = standing[position]
    spelled = sheet.spelled(quiz.items[position], stored)
    done = len(standing) == len(quiz.items)
    bonus = await _finish(ctx, quiz) if done else None
    if ctx.community.daily.reveal is Reveal.CLOSE:
        told = T(
            "Your answer {answer} is in. The explanation comes at {when}.",
            answer=spelled,
            when=Moment(quiz.closes_at, Shape.TIME),
        )
    elif stored != response:
        told = T(
            "Your answer {answer} was in already. {verdict}",
            answer=spelled,
            verdict=_verdict(ctx, quiz, position, stored),
        )
    else:
        told = _verdict(ctx, quiz, position, stored)
    if bonus is not None:
        return T("{told} {bonus}", told=told, bonus=bonus)
    return T("{told} ({done}/{all})", told=told, done=len(standing), all=len(quiz.items))


async def _finish(ctx: Context, quiz: Quiz) -> T:
    """Reward the first time that every item is answered, right or wrong, and carry the streak on."""
    community, member = ctx.community, ctx.member
    entry = reward(community.id, member.person, Reason.QUIZ, quiz.id, ctx.now, community.zone)
    if not await ctx.unit.ledger.record(entry):
        return T("All {n} done.", n=len(quiz.items))
    missed, day = 0, quiz.day or local_date(quiz.opens_at, community.zone)
    if member.streak.last:
        missed = await ctx.unit.quizzes.days_between(community.id, member.streak.last.toordinal(), day.toordinal())
    # Read again and held: in another chat the same person may be changing what else the membership says.
    member = await ctx.unit.people.member(community.id, member.person) or member
    streak = extend(member.streak, day, missed)
    await ctx.unit.people.save_member(replace(member, streak=streak))
    return T(
        "Done: +{points} point. Streak: {n} day.",
        "Done: +{points} point. Streak: {n} days.",
        points=entry.amount,
        n=streak.length,
    )


def _verdict(ctx: Context, quiz: Quiz, position: int, response: str) -> T:
    return sheet.verdict(quiz.items[position], response, ctx.language)


def _next_item(ctx: Context, quiz: Quiz, start: int, told: T | None, standing: Mapping[int, str]) -> Message:
    """The next unanswered item from `start`, after what is told of the last one; else a kind end."""
    open_positions = [index for index in range(start, len(quiz.items)) if index not in standing]
    opening_line: tuple[Block, ...] = (Paragraph((told,)),) if told else ()
    if not open_positions:
        text = T("That's all for today. The group sees how it went at {when}.", when=Moment(quiz.closes_at, Shape.TIME))
        again: Row = (Button(T("Practise more"), go("quiz", scope=quiz.community)),)
        return card(T("Daily quiz"), *opening_line, text, rows=(again,))
    return _page(ctx, quiz, open_positions[0], told)


def _page(ctx: Context, quiz: Quiz, position: int, told: T | None, taken: str = "") -> Message:
    """One item with what is told of the last one above it."""
    item = quiz.items[position]
    title = T("Daily quiz · question {n} of {all}", n=position + 1, all=len(quiz.items))
    before = (Paragraph((told,)),) if told else ()
    rows = MINE.rows(item, quiz.community, quiz.id, position, taken)
    return card(title, *before, *sheet.question(item, ctx.language), rows=rows)


async def _nothing_open(ctx: Context, last: Quiz | None, standing: Mapping[int, str]) -> Outcome:
    community = ctx.community
    practise = sheet.link(T("Practise now"), go("quiz", scope=community.id))
    if not await ctx.unit.items.count(community.id, ""):
        return say(sheet.EMPTY)
    if not (community.daily.on and community.ready):
        return say(T("This group has no daily quiz at the moment. You can practise any time."), rows=(practise,))
    _, opens = await coming(ctx, community, ctx.now)
    text = T("No quiz is open right now. The next one comes {when}.", when=Moment(opens))
    if pause := resting(community.quizzes, local_date(ctx.now, community.zone)):
        text = T(
            "The quiz rests ({why}). The next one comes {when}.", why=pause.reason or T("a pause"), when=Moment(opens)
        )
    if last is None or not standing:
        return say(text, rows=(practise,))
    return Reply(
        card(_title(last), sheet.stack(_own(last, standing, ctx.language)), text, rows=(practise,)), personal=True
    )


def _own(quiz: Quiz, standing: Mapping[int, str], language: str) -> tuple[Line, ...]:
    """The person's own answers to a closed quiz, in words rather than colours."""
    lines = []
    for position, response in sorted(standing.items()):
        item = quiz.items[position]
        key = sheet.short_key(item, language)
        told = T("right") if is_right(item, response) else T("it is {answer}", answer=key)
        said = sheet.spelled(item, response)
        mine = T("{number}. You said {answer}: {told}", number=position + 1, answer=said, told=told)
        lines.append((mine,))
    return tuple(lines)


def _open_card(ctx: Context, quiz: Quiz) -> Message:
    language = ctx.community.language
    intro = T(
        "{n} question. Tap your answers; only you see how you did. Open until {when}.",
        "{n} questions. Tap your answers; only you see how you did. Open until {when}.",
        n=len(quiz.items),
        when=Moment(quiz.closes_at, Shape.TIME),
    )
    late: tuple[Block, ...] = ()
    if quiz.day and quiz.opens_at - opening(ctx.community.daily, quiz.day, ctx.community.zone) > LATE_AFTER:
        late = (Paragraph((T("A bit late today, sorry: I was away at the usual time."),)),)
    blocks = [block for index, item in enumerate(quiz.items) for block in sheet.question(item, language, index + 1)]
    rows = tuple(
        MINE.public_row(item, quiz.community, quiz.id, index, answer_in_public, alone=False)
        for index, item in enumerate(quiz.items)
    )
    return card(_title(quiz), Paragraph((intro,)), *late, *blocks, rows=rows)


def _closed_card(ctx: Context, quiz: Quiz, tally: Tally) -> Message:
    practise = (sheet.link(T("Practise"), go("quiz", scope=quiz.community)),)
    if not tally.people:
        return card(_title(quiz), T("Nobody was around for this one. You can still practise."), rows=practise)
    joined = T(
        "{n} person took part, {finished} finished.",
        "{n} people took part, {finished} finished.",
        n=tally.people,
        finished=tally.finished,
    )
    blocks = [
        block
        for index, item in enumerate(quiz.items)
        for block in sheet.result(item, tally, index, ctx.community.language)
    ]
    if quiz.streak > 1:
        blocks.append(Paragraph((T("The group's streak: {n} day.", "The group's streak: {n} days.", n=quiz.streak),)))
    return card(_title(quiz), joined, *blocks, rows=practise)


def _title(quiz: Quiz) -> T:
    return T("Daily quiz · {day}", day=Day(quiz.day or quiz.opens_at.date()))


FEATURE = Feature(
    commands=(daily,),
    actions=(answer_in_public, *MINE.actions),
    jobs=(open_quiz, show_quiz, close_quiz),
    joined=catch_up,
)
