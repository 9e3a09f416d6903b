"""Answers to the daily quiz: one tap an item on the card or privately, counted once, told to the answerer alone."""

from collections.abc import Mapping
from dataclasses import replace

from bot.chat.errors import Refusal
from bot.chat.message import Block, Button, Message, Outcome, Paragraph, Reply, Row, Toast, card, say
from bot.chat.places import Role
from bot.chat.text import Day, Line, Moment, Shape, T
from bot.command import Example, Menu, action, command
from bot.context import Context
from bot.dialogue import go
from bot.domain.answer import is_possible, is_right
from bot.domain.community import Reveal
from bot.domain.items import Item
from bot.domain.points import Reason, reward
from bot.domain.quiz import (
    Answer,
    Kind,
    Quiz,
    local_date,
)
from bot.domain.rest import resting
from bot.domain.streak import extend
from bot.features import sheet
from bot.features.contribution import invite
from bot.features.daily.plan import coming
from bot.features.desk import TOO_OLD, desk
from bot.features.points import buddy
from bot.features.points.reward import award, give
from bot.features.recollection import missed


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
    page = _next_item(ctx, quiz, start, told, standing)
    return Reply(await _closed(ctx, quiz, standing, page), replaces=True, personal=True)


async def _closed(ctx: Context, quiz: Quiz, standing: Mapping[int, str], page: Message) -> Message:
    """The page; at the end of the quiz perhaps with a next step for whoever only follows so far."""
    return await invite(ctx, page) if len(standing) == len(quiz.items) else page


MINE = desk("mine", _find, _show, _take)


async def _answered(ctx: Context, quiz: Quiz, position: int, response: str) -> tuple[T, Mapping[int, str]]:
    """Store an answer while the quiz takes any; what the person learns, and the answers that stand."""
    if not quiz.takes_answers(ctx.now):
        return await _told_late(ctx, quiz, position, response), {}
    answer = Answer(position, response, is_right(quiz.items[position], response))
    standing = await ctx.unit.quizzes.answer(quiz, ctx.person.id, answer, ctx.now)
    if not answer.right and standing[position] == response:
        await missed(ctx, ctx.person.id, quiz.items[position].id, quiz.opens_at)
    return await _feedback(ctx, quiz, position, response, standing), standing


async def _told_late(ctx: Context, quiz: Quiz, position: int, response: str) -> T:
    """What somebody learns after the close; the reply to an answer in time may have been lost."""
    standing = await ctx.unit.quizzes.answers(quiz.community, quiz.id, ctx.person.id)
    if position in standing:
        return _told_again(ctx, quiz, position, standing[position])
    told = _verdict(ctx, quiz, position, response)
    return T("{verdict} This quiz is closed, so this was practice.", verdict=told)


def _told_again(ctx: Context, quiz: Quiz, position: int, stored: str) -> T:
    return T(
        "Your answer {answer} was in already. {verdict}",
        answer=sheet.spelled(quiz.items[position], stored),
        verdict=_verdict(ctx, quiz, position, stored),
    )


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
    page = _next_item(ctx, quiz, 0, None, standing)
    return Reply(await _closed(ctx, quiz, standing, page), personal=True)


async def _quiz(ctx: Context, number: int, position: int) -> Quiz:
    quiz = await ctx.unit.quizzes.get(ctx.community.id, number)
    if quiz is None or quiz.kind is not Kind.DAILY or not 0 <= position < len(quiz.items):
        raise Refusal(T("This quiz no longer exists. Today's is in /daily."))
    return quiz


async def _feedback(ctx: Context, quiz: Quiz, position: int, response: str, standing: Mapping[int, str]) -> T:
    """What the presser learns: always about the answer that stands, which may be an earlier tap."""
    stored = standing[position]
    done = len(standing) == len(quiz.items)
    bonus = await _finish(ctx, quiz) if done else None
    if ctx.community.daily.reveal is Reveal.CLOSE:
        told = T(
            "Your answer {answer} is in. The explanation comes at {when}.",
            answer=sheet.spelled(quiz.items[position], stored),
            when=Moment(quiz.closes_at, Shape.TIME),
        )
    elif stored != response:
        told = _told_again(ctx, quiz, position, stored)
    else:
        told = _verdict(ctx, quiz, position, stored)
    if bonus is not None:
        return T("{told} {bonus}", told=told, bonus=bonus)
    return T("{told} ({done}/{all})", told=told, done=len(standing), all=len(quiz.items))


async def _finish(ctx: Context, quiz: Quiz) -> T:
    """Reward the first time that every item is answered, right or wrong, and carry the streak on."""
    community, member = ctx.community, ctx.member
    skipped, day = 0, quiz.day or local_date(quiz.opens_at, community.zone)
    entry = reward(community, member.person, Reason.QUIZ, quiz.id, ctx.now)
    # Where finishing gives no points, the day of the streak tells whether it was finished before.
    before = member.streak.last is not None and day <= member.streak.last
    if not (await give(ctx, entry) if entry.amount else not before):
        return T("All {n} done.", n=len(quiz.items))
    if member.streak.last:
        skipped = await ctx.unit.quizzes.days_between(community.id, member.streak.last.toordinal(), day.toordinal())
    # Read again and held: in another chat the same person may be changing what else the membership says.
    member = await ctx.unit.people.member(community.id, member.person) or member
    streak = extend(member.streak, day, skipped)
    await ctx.unit.people.save_member(replace(member, streak=streak))
    await award(ctx, member.person, streak)
    await buddy.finished(ctx, day)
    if not entry.amount:
        return T("Done. Streak: {n} day.", "Done. Streak: {n} days.", n=streak.length)
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
        card(title(last), sheet.stack(_own(last, standing, ctx.language)), text, rows=(practise,)), personal=True
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


def title(quiz: Quiz) -> T:
    """What the quiz is called."""
    return T("Daily quiz · {day}", day=Day(quiz.day or quiz.opens_at.date()))
