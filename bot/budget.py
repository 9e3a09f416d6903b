"""The one place where the group's noise budget and its quiet hours hold: before a new public post goes out."""

from dataclasses import replace
from datetime import datetime

from bot.chat.message import Message
from bot.command import Job as Kind
from bot.domain.community import Community
from bot.domain.jobs import Job, State
from bot.domain.noise import Noise, weigh
from bot.domain.quiz import local_date
from bot.ports import Unit


async def admit(
    unit: Unit, job: Job, kind: Kind, message: Message, community: Community, now: datetime
) -> Message | None:
    """The message as it may go out now; None for one that waits until later, or is left out, which is noted.

    Nothing is weighed that somebody asked for.
    """
    if kind.noise is Noise.ASKED or job.place is None:
        return message
    day = local_date(now, community.zone)
    verdict = weigh(community, kind.noise, *await unit.noises.count(community.id, job.place, day, job.key), now)
    if verdict.at is None:
        await unit.jobs.finish(job, State.DROPPED)
        return None
    if verdict.at > now:
        await unit.jobs.retry(job, verdict.at)
        return None
    silent = message.silent or verdict.silent
    await unit.noises.put(community.id, job.place, day, job.key, sounds=not silent)
    return replace(message, silent=silent)
