"""Telegram as one of the bot's platforms: starting, receiving, sending, stopping."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec
import structlog
from starlette.routing import Route
from telegram import Bot
from telegram.error import BadRequest, EndPointNotFound, Forbidden, InvalidToken, TelegramError

from adapters.telegram import inbound
from adapters.telegram.answer import Answer
from adapters.telegram.errors import Unchanged
from adapters.telegram.inbound import Received
from adapters.telegram.menu import menus, publish
from adapters.telegram.pace import Pace, Urgency
from adapters.telegram.poller import Poller, TokenRefused
from adapters.telegram.render import Sign, pages
from adapters.telegram.request import AiohttpRequest
from adapters.telegram.sender import Sender
from adapters.telegram.webhook import check_secret, webhook_route
from adapters.telegram.wire import ALLOWED_UPDATES, read_update
from bot.app import App
from bot.chat.errors import Gone, PlatformError, Refusal, Refused, Unavailable
from bot.chat.events import Invoked, Pressed
from bot.chat.message import Message
from bot.chat.places import Account, Place, Ref, Role

BASE_URL = "https://api.telegram.org/bot"
WEBHOOK_PATH = "/telegram/webhook"
RIGHTS = "delete_messages+pin_messages+restrict_members+manage_topics"
"""What the invitation asks an administrator to grant; each is optional."""

PATIENCE = 10.0
"""Longest pause in seconds between two tries to settle an update or to start."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Hook:
    """Receiving by webhook: the public https address of our web server, and a secret of at least 32 characters."""

    address: str
    secret: str = field(repr=False)


@dataclass(slots=True)
class Count:
    """What happened to updates since the start."""

    settled: int = 0
    set_aside: int = 0
    put_off: int = 0


class Telegram:
    """The platform "telegram". `app.platforms["telegram"]` must be this object before it runs.

    `start` reaches Telegram, `run` receives until cancelled (it raises TokenRefused for a token that Telegram does
    not know), `stop` ends everything within seconds.
    """

    name = inbound.NAME
    repeats_safely = False

    def __init__(
        self,
        app: App,
        token: str,
        *,
        base_url: str = BASE_URL,
        hook: Hook | None = None,
        local_names: bool = True,
        pace: Pace | None = None,
    ) -> None:
        if hook:
            check_secret(hook.secret)
        self._app = app
        self._hook = hook
        self._local_names = local_names
        self._polling = AiohttpRequest(most=4)
        self._bot = Bot(token, base_url=base_url, request=AiohttpRequest(), get_updates_request=self._polling)
        self._poller = Poller(self._bot, self._polling, self._settle)
        self._later: dict[asyncio.Task[None], Callable[[], Awaitable[None]]] = {}
        self._warned: set[str] = set()
        self._stopping = False
        self.sender = Sender(self._bot, pace or Pace())
        self.ephemeral = False
        self.username = ""
        self.reads_all = False
        self.count = Count()
        self.last_update_at = 0.0

    def __repr__(self) -> str:
        return f"Telegram({self.username!r})"

    # ── life ──

    async def start(self) -> None:
        """Connect, trying again while Telegram cannot be reached; raises TokenRefused."""
        pause = 0.5
        while True:
            try:
                await self._bot.initialize()
                break
            except InvalidToken:
                raise TokenRefused from None
            except TelegramError as error:
                log.warning("telegram_unreachable", error=type(error).__name__, again_in=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, PATIENCE)
        me = self._bot.bot
        self.username, self.reads_all = me.username or "", bool(me.can_read_all_group_messages)
        self.ephemeral = await self._knows_ephemeral()
        await self._choose_way()

    async def publish_menus(self) -> int:
        """Bring the command menus in line; returns how many changed. Without them everything still works."""
        wanted = menus(self._app.commands, self._app.index.groups, local_names=self._local_names)
        try:
            return await publish(self._bot, self.sender, wanted)
        except PlatformError as error:
            log.warning("menus_not_published", error=repr(error))
            return 0

    async def run(self) -> None:
        """Receive until cancelled."""
        menu = asyncio.create_task(self.publish_menus())
        try:
            if self._hook:
                await asyncio.Event().wait()
            await self._poller.run()
        finally:
            menu.cancel()

    async def stop(self) -> None:
        """Finish what was begun: updates in hand, answers on their way, words in public that were to be removed."""
        self._stopping = True
        if not self._hook:
            await self._poller.stop()
        await self._app.drain()
        leftover = list(self._later.values())
        for task in self._later:
            task.cancel()
        await asyncio.gather(*(what() for what in leftover), return_exceptions=True)
        await self._bot.shutdown()

    def route(self) -> Route | None:
        """The webhook's route, None when updates are polled."""
        return webhook_route(WEBHOOK_PATH, self._hook.secret, self._taken) if self._hook else None

    @property
    def heard_at(self) -> float:
        """When Telegram was last heard (monotonic seconds, 0.0 for never), for the health report."""
        return self.last_update_at if self._hook else self._poller.heard_at

    # ── the core's Platform ──

    async def send(self, place: Place, message: Message, key: str) -> Ref:
        """Post a message; Telegram knows no key, so a lost reply is Ambiguous."""
        sent = 0
        for page in pages(message, self._app.sign):
            sent = await self.sender.send(
                int(place.chat), page, thread=int(place.thread or 0), silent=message.silent, urgency=Urgency.POST
            )
        return Ref(place, str(sent))

    async def edit(self, ref: Ref, message: Message) -> None:
        """Change a message of ours; what does not fit into it follows as a new one."""
        first, *more = pages(message, self._app.sign)
        await self.sender.edit(int(ref.place.chat), int(ref.message), first, Urgency.POST)
        for page in more:
            await self.sender.send(int(ref.place.chat), page, thread=int(ref.place.thread or 0), urgency=Urgency.POST)

    async def delete(self, ref: Ref) -> None:
        """Remove a message; one that is gone is fine."""
        try:
            await self.sender.delete(int(ref.place.chat), int(ref.message))
        except (Gone, Unchanged):
            return

    async def role(self, place: Place, account: Account) -> Role:
        """The account's standing there, asked now."""
        chat, user = int(place.chat), int(account.id)
        try:
            member = await self.sender.ask(lambda: self._bot.get_chat_member(chat, user))
        except (Gone, Refused):
            return Role.GUEST
        return inbound.role(member.status, bool(getattr(member, "is_member", False)))

    async def private(self, account: Account) -> Place:
        """The private chat, which has the person's own number."""
        return Place(self.name, account.id)

    def invite(self) -> str:
        """The address that adds the bot to a group."""
        return f"https://t.me/{self.username}?startgroup=setup&admin={RIGHTS}" if self.username else ""

    # ── what answering needs ──

    def sign(self) -> Sign:
        """How buttons are signed."""
        return self._app.sign

    async def can_write(self, user: int) -> bool:
        """Whether the person opened private messages."""
        async with self._app.store.read() as unit:
            return await unit.people.can_write(Account(self.name, str(user)))

    async def closed(self, user: int) -> None:
        """Remember that the person cannot be written to."""
        async with self._app.store.begin() as unit:
            await unit.people.open_private(Account(self.name, str(user)), False)

    async def ticket(self, received: Received) -> str:
        """A deep-link payload that gives this answer in private."""
        if not isinstance(received.event, Invoked | Pressed):
            return ""
        try:
            return await self._app.ticket(received.event)
        except (Refusal, PlatformError, Unavailable) as error:
            log.info("no_ticket", error=repr(error))
            return ""

    def later(self, seconds: float, what: Callable[[], Awaitable[None]]) -> None:
        """Do something after that time, or when the adapter stops."""

        async def wait() -> None:
            await asyncio.sleep(seconds)
            self._later.pop(task, None)
            await what()

        task = asyncio.create_task(wait())
        self._later[task] = what

    # ── receiving ──

    async def _settle(self, raw: Any) -> bool:
        """Settle an update, however long the store needs to take it; False if we must stop before."""
        pause = 0.2
        while not await self._taken(raw):
            if self._stopping:
                return False
            await asyncio.sleep(pause)
            pause = min(pause * 2, PATIENCE)
        return True

    async def _taken(self, raw: Any) -> bool:
        """Settle one raw update; False if the store cannot take it now. A broken one is set aside."""
        self.last_update_at = time.monotonic()
        try:
            update = read_update(raw)
            received = inbound.read(update, self.username, self._app.clock())
            for each in received:
                await self._handle(each)
            if update.callback_query and not received:
                await self._acknowledge(update.callback_query.id)
        except Unavailable:
            self.count.put_off += 1
            return False
        except msgspec.ValidationError as error:
            self._set_aside(raw, str(error))
        except Exception:
            log.exception("update_failed")
            self._set_aside(raw, "our own fault")
        else:
            self.count.settled += 1
        return True

    async def _handle(self, received: Received) -> None:
        answer = Answer(self, received)
        await self._app.handle(received.event, answer)
        if received.source.press and not answer.given:
            await self._acknowledge(received.source.press)

    async def _acknowledge(self, press: str) -> None:
        try:
            await self.sender.acknowledge(press)
        except PlatformError as error:
            log.info("press_not_acknowledged", error=repr(error))

    def _set_aside(self, raw: Any, why: str) -> None:
        self.count.set_aside += 1
        kinds = sorted(key for key in raw if key != "update_id") if isinstance(raw, dict) else []
        log.error("update_set_aside", kinds=kinds[:5], why=why, so_far=self.count.set_aside)

    # ── starting ──

    async def _knows_ephemeral(self) -> bool:
        """Whether the server knows messages that one person sees; one before Bot API 10.2 would post them publicly."""
        nothing = {"chat_id": self._bot.id, "receiver_user_id": self._bot.id, "ephemeral_message_id": 1}
        try:
            await self._bot.do_api_request("deleteEphemeralMessage", api_kwargs=nothing)
        except EndPointNotFound:
            return False
        except TelegramError as error:
            return isinstance(error, BadRequest | Forbidden)  # it knows the method, and there is nothing to delete
        return True

    async def _choose_way(self) -> None:
        if self._hook:
            address = self._hook.address.rstrip("/") + WEBHOOK_PATH
            await self._bot.set_webhook(address, secret_token=self._hook.secret, allowed_updates=list(ALLOWED_UPDATES))
            return
        info = await self._bot.get_webhook_info()
        if info.url:
            await self._bot.delete_webhook()
