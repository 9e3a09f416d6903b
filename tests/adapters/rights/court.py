"""A group in which everybody of the matrix has a seat, and one way to have them try anything on either platform."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.app import App
from bot.chat.places import Account, Place, Ref, Role
from bot.chat.press import Press
from bot.domain import moderation, proposal
from bot.domain.community import Community
from bot.domain.moderation import Deed, Sanction, WatchRule
from bot.domain.people import Member
from bot.domain.proposal import Proposal
from bot.domain.report import Report
from bot.features.moderation import proposal as proposals
from bot.features.moderation import setting, verdict
from bot.features.points import board, worth
from bot.ports import Store
from tests.adapters.rights.linking import Elsewhere
from tests.adapters.rights.outcome import Effect, Outcome, judge
from tests.adapters.rights.table import LINKING, THINGS, TO_PEOPLE

COMMANDS: Mapping[str, str] = {
    "warn": "warn {whom} Iklan",
    "unwarn": "unwarn {whom}",
    "mute": "mute {whom} 3h Banjir",
    "unmute": "unmute {whom}",
    "ban": "ban {whom} Judi",
    "unban": "unban {whom}",
    "pin": "pin",
    "unpin": "unpin",
    "lock": "lock 10m",
    "unlock": "unlock",
    "lockdown": "lock all 2h",
    "report": "report Judi",
    "rules": "rules Be kind to {whom}",
    "read rules": "rules",
    "worth": "worth",
    "ladder": "ladder",
    "modlog": "modlog",
    "link": "link",
    "redeem": "link {whom}",
}
GRANTED: Mapping[str, Role] = {"trusted": Role.TRUSTED}
"""What the group itself granted, on every platform."""

OPEN = ("lock", "share")
"""Acts that are there to be read by everybody."""

NOBODY = ("ghost", "channel", "robot", "us")


class Court(ABC):
    """What the matrix needs of a platform: people who write and press, and what the platform saw the bot do."""

    platform: str
    cast: dict[str, Any]
    community: int
    store: Store
    app: App
    elsewhere: Elsewhere

    @abstractmethod
    def account(self, name: str) -> Account:
        """The account of somebody in the cast."""

    @abstractmethod
    def place(self) -> Place:
        """Where everybody meets."""

    @abstractmethod
    async def writes(self, name: str, line: str, *, to: str = "", private: bool = False) -> None:
        """Send a command without its slash, as a reply to that message; whoever cannot write, does not."""

    @abstractmethod
    async def presses(self, name: str, press: Press) -> None:
        """Press a button with that meaning, however it came to be before their eyes."""

    @abstractmethod
    async def speaks(self, name: str) -> str:
        """Say something in the group that no command is; gives the message's number."""

    @abstractmethod
    async def newcomer(self) -> str:
        """Somebody fresh in the cast and in the group, by a name of their own."""

    @abstractmethod
    async def answers(self, name: str, words: str) -> None:
        """Answer the question that a command asked, in a modal or in words."""

    @abstractmethod
    async def demote(self, name: str) -> None:
        """Whatever somebody was, they are a member from now on."""

    @abstractmethod
    async def disarm(self, *, height: int = 0) -> None:
        """The bot keeps no right but to speak, or (with a height) its rights, but in that place among the roles."""

    @abstractmethod
    def heard(self, name: str) -> list[str]:
        """All that was said to somebody alone until now: in private, unseen by others, or as the answer to a press."""

    @abstractmethod
    def public(self) -> list[str]:
        """All that the bot said to everybody until now, also where it no longer stands."""

    @abstractmethod
    def effects(self) -> list[Effect]:
        """All calls of the bot until now that were neither words nor questions."""

    async def settle(self) -> None:
        """Let everything happen that is due."""
        await self.app.outbox.settle()
        await self.app.drain()

    # ── trying ──

    async def tries(self, name: str, act: str, target: str = "", *, private: bool = False) -> Outcome:
        """Have somebody try it, and tell all that became of it."""
        async with self._prepared(name, act, target) as (line, press, to):
            alone = private or act == "redeem"
            trying = self.presses(name, press) if press else self.writes(name, line, to=to, private=alone)
            found = await self.becomes(name, trying)
        return replace(found, public=()) if act in OPEN or name == "ghost" else found

    async def becomes(self, name: str, trying: Awaitable[None]) -> Outcome:
        """What becomes of what somebody does; an anonymous administrator is answered where everybody reads it."""
        heard, public, effects = len(self.heard(name)), len(self.public()), len(self.effects())
        last = await self._last_record()
        await trying
        deeds, told, done = await self.deeds(last), tuple(self.public()[public:]), self.effects()[effects:]
        found = judge([*self.heard(name)[heard:], *(told if name == "ghost" else ())], deeds)
        # A lock takes as many calls as there are roles who may write.
        once = tuple(each for n, each in enumerate(done) if each is not Effect.LOCK or each not in done[:n])
        return Outcome(found, once, deeds, told)

    @asynccontextmanager
    async def _prepared(self, name: str, act: str, target: str) -> AsyncIterator[tuple[str, Press | None, str]]:
        """What to write or to press, with what must be there before; afterwards nothing of it waits any more."""
        press, to = await self._press(name, act), ""
        line = COMMANDS.get(act, "")
        if act in TO_PEOPLE and target in THINGS:
            line, to = act, await self.speaks(target)
        elif act in TO_PEOPLE:
            line = line.format(whom=f"#{await self.number(name if target == 'self' else target)}")
        elif act in ("pin", "report"):
            to = self.cast["said"] = await self.speaks(target or "author")
        elif act == "unpin":
            to = self.cast.get("said") or await self.speaks("author")
        elif act == "redeem":
            line = line.format(whom=await self.elsewhere.code(self.app.clock()))
        ban = await self._banned(target) if act == "unban" and target not in (*THINGS, "self") else None
        yield line.format(whom=name), press, to
        await self._tidy(ban)
        await self.elsewhere.part(self.app.clock())

    async def _press(self, name: str, act: str) -> Press | None:
        scope = self.community
        if act in LINKING:
            person = 0 if name in NOBODY else await self.number(name)
            return await self.elsewhere.press(act, person, self.app.clock())
        match act:
            case "share":
                return board.share(scope, board.MONTH)
            case "change worth":
                return worth.switch_on(scope, "answer", 3)
            case "change ladder":
                return setting.change(scope, "days-7")
            case "remove":
                return self.removing(await self.reported())
            case "agree":
                return self.agreeing(await self.proposed())
        return None

    def removing(self, report: int) -> Press:
        """The button that has a reported message removed."""
        return verdict.remove(self.community, report)

    def agreeing(self, wanted: int) -> Press:
        """The button by which somebody agrees to a proposal."""
        return proposals.agree(self.community, wanted)

    async def reported(self, author: str = "author") -> int:
        """A report about something that somebody said."""
        at = Ref(self.place(), await self.speaks(author))
        person = 0 if author in NOBODY else await self.number(author)
        async with self.store.begin() as unit:
            return (await unit.reports.open(Report(self.community, 0, at, person, "Judi", self.app.clock()))).id

    async def proposed(self, by: str = "peer", whom: str = "") -> int:
        """A proposal to put somebody out, by default a newcomer."""
        person, proposer = await self.number(whom or await self.newcomer()), await self.number(by)
        kind, now = proposal.Kind.BAN, self.app.clock()
        async with self.store.begin() as unit:
            return (await unit.proposals.add(Proposal(self.community, 0, kind, proposer, now, person, "Judi"))).id

    async def _banned(self, target: str) -> Sanction:
        kind, person, now = moderation.Kind.BAN, await self.number(target), self.app.clock()
        async with self.store.begin() as unit:
            return await unit.sanctions.add(Sanction(self.community, 0, kind, person, 0, now, "Judi"))

    async def _tidy(self, ban: Sanction | None) -> None:
        async with self.store.begin() as unit:
            for each in await unit.proposals.open(self.community):
                await unit.proposals.save(replace(each, state=proposal.State.LAPSED))
            if ban:
                await unit.sanctions.save(replace(ban, state=moderation.State.PARDONED))

    # ── what the store knows ──

    async def number(self, name: str) -> int:
        """Somebody's number, which names them in a command on every platform."""
        async with self.store.read() as unit:
            found = await unit.people.of_account(self.account(name))
        assert found, name
        return found.id

    async def _last_record(self) -> int:
        async with self.store.read() as unit:
            newest = await unit.records.page(self.community, 0, 0, 1)
        return newest[0].id if newest else 0

    async def deeds(self, after: int = 0) -> tuple[Deed, ...]:
        """What was recorded after that line, oldest first."""
        async with self.store.read() as unit:
            found = await unit.records.page(self.community, 0, 0, 100)
        return tuple(each.deed for each in reversed(found) if each.id > after)

    async def enrol(self, *names: str) -> None:
        """Make them members who can be written to, with what the group granted them."""
        now = self.app.clock()
        async with self.store.begin() as unit:
            for name in names:
                account = self.account(name)
                person = await unit.people.of_account(account) or await unit.people.add(account, name.title(), "en")
                since = now if name == "newcomer" else now - timedelta(days=30)
                seat = await unit.people.join(Member(self.community, person.id, tipped=True))
                await unit.people.save_member(
                    replace(seat, role=GRANTED.get(name, seat.role), since=since, tipped=True)
                )
                await unit.people.open_private(account, True)

    async def grant(self, name: str, role: Role) -> None:
        """The group gives somebody a standing, or with MEMBER takes it away."""
        async with self.store.begin() as unit:
            seat = await unit.people.member(self.community, await self.number(name))
            assert seat
            await unit.people.save_member(replace(seat, role=role))

    async def set_up(self) -> None:
        """Nothing follows by itself from warnings or from what people say, so each act has its own effect alone."""
        async with self.store.begin() as unit:
            held: Community = await unit.communities.hold(self.community)
            quiet = WatchRule(flood=False, repeats=False, mentions=False, links=False)
            await unit.communities.save(replace(held, moderation=replace(held.moderation, ladder=()), watch=quiet))
