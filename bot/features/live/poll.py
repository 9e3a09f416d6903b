"""Native polls in a live round: one for each item where a platform has them, and the votes on it."""

import structlog

from bot.chat.events import Polled, Sender, Voted
from bot.chat.message import Message, Poll
from bot.chat.places import Account, Place, Ref
from bot.chat.poll import is_asked_by
from bot.chat.text import T
from bot.command import job
from bot.context import Context
from bot.domain.answer import is_possible
from bot.domain.community import Community
from bot.domain.items import Item, Kind
from bot.domain.jobs import State
from bot.domain.quiz import Quiz
from bot.domain.round import Round, Verdict, accept, takes_votes
from bot.features import sheet
from bot.features.live import answer
from bot.repository import Vote
from bot.scene import Ears, set_scene
from bot.speech import Speech

_POSITIONS = 100
"""A poll's subject is its quiz times this, plus the item's position."""

log = structlog.get_logger()


def is_polled(live: Round, item: Item) -> bool:
    """Whether this item of the round is asked with a poll where there are any; a poll shows no picture."""
    return live.polls and not item.picture and item.kind in (Kind.ONE, Kind.TRUTH, Kind.SEVERAL)


def has_polls(ctx: Context, place: Place) -> bool:
    """Whether the place's platform has native polls."""
    there = ctx.abroad.get(place.platform)
    return there is not None and there.has_polls


async def refresh(ctx: Context, live: Round, quiz: Quiz, position: int) -> None:
    """Have that item's poll posted, or ended, wherever there are polls."""
    if not is_polled(live, quiz.items[position]):
        return
    for venue in await ctx.unit.communities.venues(live.community):
        if has_polls(ctx, venue.place) and not venue.paused:
            await ctx.post_in(venue.place, show_poll, quiz.id * _POSITIONS + position)


@job("round-poll")
async def show_poll(ctx: Context, subject: int) -> Message | None:
    """The poll of one item; ended with the item. Where no poll can be posted the question stands in its place."""
    number, position = divmod(subject, _POSITIONS)
    live = await ctx.unit.rounds.get(ctx.community.id, number)
    quiz = await ctx.unit.quizzes.get(ctx.community.id, number)
    if live is None or quiz is None:
        return None
    is_open = takes_votes(live, position)
    stands = await ctx.unit.cards.get(quiz.community, f"{show_poll.name}:{subject}", ctx.place)
    if not is_open and stands is None:
        return None
    item = quiz.items[position]
    return Message(sheet.question(item, ctx.language), poll=_poll(item, ctx.community, is_open))


async def voted(ctx: Context, event: Voted) -> None:
    """A vote counts like any answer; the newest one holds, and one that was taken back counts no more."""
    card = await ctx.unit.cards.of_poll(event.place.platform, event.poll)
    kind, _, subject = (card[1] if card else "").partition(":")
    if kind != show_poll.name:
        return
    number, position = divmod(int(subject.partition(":")[0]), _POSITIONS)
    live = await ctx.unit.rounds.get(ctx.community.id, number)
    quiz = await ctx.unit.quizzes.get(ctx.community.id, number)
    if live is None or quiz is None or accept(live, position, ctx.now, vote=True) is not Verdict.COUNTS:
        return
    item = quiz.items[position]
    known = [option for option in event.options if option < item.size]
    if len(known) < len(event.options):
        log.warning("vote_for_no_option", ignored=len(event.options) - len(known))
    response = "".join(map(str, known))
    if not event.options or is_possible(item, response):
        await answer.change(ctx, live, quiz, position, response)


async def adopted(ctx: Context, event: Polled) -> None:
    """A poll whose number never reached us, because the reply to its sending was lost, is the one that it looks like.

    The votes that came before it was known are counted now. One that was lost cannot be ended by us, for nobody told
    us which message it is.
    """
    known = await ctx.unit.cards.of_poll(event.place.platform, event.poll)
    if known is None:
        found = await _asking(ctx, event)
        if found is None:
            return
        live, place = found
        key = f"{show_poll.name}:{live.quiz * _POSITIONS + live.position}:{event.poll}"
        await ctx.unit.cards.put(live.community, key, Ref(place, "", event.poll))
        known = live.community, key, place
    for vote in await ctx.unit.votes.take(event.place.platform, event.poll):
        await _count_kept(ctx, known[0], known[2], vote)


async def _asking(ctx: Context, event: Polled) -> tuple[Round, Place] | None:
    """The one round whose current item the poll asks, and a place for it; None where that is not clear."""
    sure, possible = [], []
    for live in await ctx.unit.rounds.polling():
        quiz = await ctx.unit.quizzes.get(live.community, live.quiz)
        community = await ctx.unit.communities.get(live.community)
        if quiz is None or community is None or not is_polled(live, quiz.items[live.position]):
            continue
        if not is_asked_by(_poll(quiz.items[live.position], community), event.question, event.options):
            continue
        for venue in await ctx.unit.communities.venues(live.community):
            if venue.place.platform == event.place.platform:
                possible.append((live, venue.place))
                if await _may_be_lost(ctx, live, venue.place):
                    sure.append((live, venue.place))
    candidates = sure or possible
    if len({live.community for live, _ in candidates}) > 1:
        log.warning("orphan_poll_unclear", rounds=len(candidates))
        return None
    return candidates[0] if candidates else None


async def _may_be_lost(ctx: Context, live: Round, place: Place) -> bool:
    """Whether a poll was sent there and nothing was heard of it."""
    subject = live.quiz * _POSITIONS + live.position
    key = f"{show_poll.name}:{subject}:{place.platform}:{place.chat}:{place.thread}"
    sent = await ctx.unit.jobs.get(live.community, key)
    return sent is not None and (sent.tries > 0 or sent.state in (State.SENDING, State.UNKNOWN))


async def _count_kept(ctx: Context, community: int, place: Place, vote: Vote) -> None:
    """A vote that came before we knew its poll, as it would have been counted then.

    Only of members whom we know: a poll that was forwarded takes votes of strangers too, and here nobody can be asked.
    """
    account = Account(vote.platform, vote.account)
    if (await ctx.unit.arrivals.of(place, account)).member is None:
        return
    options = tuple(map(int, vote.options))
    sender = Sender(account, vote.name)
    event = Voted(key="", at=vote.at, place=place, sender=sender, poll=vote.poll, options=options)
    await voted(await set_scene(ctx.unit, event, Ears(), community, ctx.rng, ctx.abroad), event)


def _poll(item: Item, community: Community, is_open: bool = True) -> Poll:
    words = item.text(community.language)
    speech = Speech(community.language, register=community.register)
    options = (speech.words(T("True")), speech.words(T("False"))) if item.kind is Kind.TRUTH else words.options
    return Poll(words.prompt, options, item.right, words.explanation, is_open)
