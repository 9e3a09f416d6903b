"""Telegram as one of the bot's platforms: starting, sending, stopping."""

import asyncio
from dataclasses import dataclass, field
from functools import partial

import msgspec
import structlog
from starlette.routing import Route
from telegram import Bot
from telegram.error import BadRequest, EndPointNotFound, Forbidden, InvalidToken, TelegramError

from adapters.telegram import rights
from adapters.telegram.act import Acts
from adapters.telegram.fetch import download
from adapters.telegram.menu import menus, publish, show
from adapters.telegram.pace import Pace, Urgency, patiently
from adapters.telegram.poll import Polls
from adapters.telegram.poller import Poller
from adapters.telegram.receive import Reception
from adapters.telegram.received import NAME
from adapters.telegram.render import pages
from adapters.telegram.request import AiohttpRequest
from adapters.telegram.sender import Sender
from adapters.telegram.topic import Topics, supergroup
from adapters.telegram.webhook import check_secret, webhook_route
from adapters.telegram.wire import ALLOWED_UPDATES, Chatmate
from bot.app import App
from bot.chat.act import Act, Whisper
from bot.chat.act import Menu as ChatMenu
from bot.chat.errors import Gone, PlatformError, Refused, TokenRefused
from bot.chat.file import File
from bot.chat.message import Message
from bot.chat.places import Account, Place, Power, Ref, Role

BASE_URL = "https://api.telegram.org/bot"
WEBHOOK_PATH = "/telegram/webhook"
RIGHTS = "delete_messages+pin_messages+restrict_members+manage_topics"
"""What the invitation asks an administrator to grant; each is optional."""

LONGEST_PAUSE = 10.0
"""Seconds between two tries to reach Telegram at the start."""

STOP_WITHIN = 4.0
"""Seconds that stopping may take."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Hook:
    """Receiving by webhook: the public https address of our web server, and a secret of at least 32 characters."""

    address: str
    secret: str = field(repr=False)


class Telegram:
    """The platform "telegram". `app.platforms["telegram"]` must be this object before it runs.

    `start` reaches Telegram, however long that takes; `run` receives until cancelled; both raise TokenRefused for a
    token that Telegram does not know. `stop` ends everything within seconds.
    """

    name = NAME
    repeats_safely = False
    has_polls = True
    has_events = False
    whispers = False  # at any time only where the bot is an administrator, and even then nothing is guaranteed

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
        polling, self._request = AiohttpRequest(most=4), AiohttpRequest()
        self._bot = Bot(
            token,
            base_url=base_url,
            base_file_url=f"{base_url.removesuffix('/bot')}/file/bot",
            request=self._request,
            get_updates_request=polling,
        )
        self.sender = Sender(self._bot, pace or Pace())
        self._polls = Polls(self._bot, self.sender)
        self._topics = Topics(self._bot, self.sender)
        self._acts = Acts(self._bot, self.sender, app.clock)
        self.reception = Reception(app, self.sender)
        self._poller = Poller(self._bot, polling, self.reception.settle)
        self.reads_all = False

    def __repr__(self) -> str:
        return f"Telegram({self.reception.username!r})"

    async def start(self) -> None:
        """Connect, trying again while Telegram cannot be reached; raises TokenRefused."""
        pause = 0.5
        while True:
            try:
                await self._connect()
                return
            except InvalidToken:
                raise TokenRefused from None
            except TelegramError as error:
                log.warning("telegram_unreachable", error=type(error).__name__, again_in=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    async def run(self) -> None:
        """Receive until cancelled; raises TokenRefused."""
        menu = asyncio.create_task(self.publish_menus())
        try:
            if self._hook:
                await asyncio.Event().wait()
            await self._poller.run()
        finally:
            menu.cancel()

    async def stop(self) -> None:
        """Finish what was begun: updates in hand, answers on their way, words in public that were to be removed."""
        self.reception.stop()
        try:
            async with asyncio.timeout(STOP_WITHIN):
                if not self._hook:
                    await self._poller.stop()
                await self._app.drain()
                await self.reception.clear()
        except TimeoutError:
            log.warning("stopping_took_long")  # what was not acknowledged comes again
        finally:
            await self._bot.shutdown()

    async def publish_menus(self) -> int:
        """Bring the command menus in line; returns how many changed. Without them everything still works."""
        wanted = menus(self._app.commands, self._app.index.groups, local_names=self._local_names)
        try:
            return await publish(self._bot, self.sender, wanted)
        except PlatformError as error:
            log.warning("menus_not_published", error=repr(error))
            return 0

    def route(self) -> Route | None:
        """The webhook's route for the bot's web server, None when updates are polled."""
        return webhook_route(WEBHOOK_PATH, self._hook.secret, self.reception.take) if self._hook else None

    @property
    def heard_at(self) -> float:
        """When Telegram was last heard (monotonic seconds, 0.0 for never), for the health report."""
        return self.reception.heard_at if self._hook else self._poller.heard_at

    async def fetch(self, file: File, most: int) -> bytes:
        """The content of a file that was sent to the bot, at most 20 MB (Telegram's limit)."""
        return await self.sender.ask(lambda: download(self._bot, self._request, file, most))

    async def send(self, place: Place, message: Message, key: str) -> Ref:
        """Post a message; Telegram knows no key, so a lost reply is Ambiguous.

        Where a poll may not be posted, and for one that is over, the message stands without it: the `Ref` says so.
        """
        if message.poll and message.poll.open:
            poll = await self._polls.post(place, message, message.poll, self._app.sign)
            if poll:
                return poll
        stands, chat, thread = 0, int(place.chat), message.thread
        apart = bool(thread and thread.apart and not thread.closed)
        opened = await self._topics.open(chat, thread, key) if thread and apart else 0
        topic = opened or int(place.thread or 0)
        for page in pages(message, self._app.sign):
            send = partial(self.sender.send, chat, page, thread=topic, silent=message.silent, urgency=Urgency.POST)
            # What came before stands already and must not come again.
            sent = await (patiently(send) if stands else send())
            stands = sent if page.text or not stands else stands  # files below the words are never edited
        self._topics.stands(chat, key)
        return Ref(place, str(stands), opened=str(opened or ""))

    async def edit(self, ref: Ref, message: Message) -> None:
        """Change a message of ours; what does not fit into it follows as a new one. A poll can only be ended.

        The topic that was opened for it is closed or open as the message says.
        """
        if ref.poll:
            await self._polls.edit(ref, message, self._app.sign)
            return
        first, *more = pages(message, self._app.sign)
        await self.sender.edit(int(ref.place.chat), int(ref.message), first, Urgency.POST)
        for page in more:
            topic = int(ref.opened or ref.place.thread or 0)
            await self.sender.send(int(ref.place.chat), page, thread=topic, urgency=Urgency.POST)
        if message.thread and ref.opened:
            await self._topics.settle(ref, message.thread)

    async def delete(self, ref: Ref) -> None:
        """Remove a message; one that is gone is fine."""
        try:
            await self.sender.delete(int(ref.place.chat), int(ref.message))
        except Gone:
            return

    async def role(self, place: Place, account: Account) -> Role:
        """The account's standing there, asked now."""
        return (await self.power(place, account)).role

    async def power(self, place: Place, account: Account | None) -> Power:
        """What that account, or the bot itself, is and may do there, asked now; who is not known there is nothing."""
        try:
            mate = await self._mate(place, int(account.id) if account else self._bot.id)
        except (Gone, Refused):
            return Power(bot=account is None)
        return rights.power(mate)

    async def act(self, place: Place, act: Act, key: str) -> str:
        """Do that there. A whisper whose reply was lost is Ambiguous; everything else is tried once more itself."""
        if isinstance(act, Whisper):
            await self._whisper(place, act)
            return ""
        if isinstance(act, ChatMenu):
            await self._show_menu(int(place.chat), act.paths)
            return ""
        return await self._acts.do(place, act)

    async def private(self, account: Account) -> Place:
        """The private chat, which has the person's own number."""
        return Place(self.name, account.id)

    def invite(self) -> str:
        """The address that adds the bot to a group."""
        name = self.reception.username
        return f"https://t.me/{name}?startgroup=setup&admin={RIGHTS}" if name else ""

    def link(self, ref: Ref) -> str:
        """The address of a message in a supergroup; elsewhere there is none."""
        number, topic = supergroup(int(ref.place.chat)), ref.opened or ref.place.thread
        where = f"{topic}/{ref.message}" if topic else ref.message
        return f"https://t.me/c/{number}/{where}" if number else ""

    async def _show_menu(self, chat: int, paths: tuple[str, ...]) -> None:
        shown = [command for command in self._app.commands if command.path in paths]
        await show(self._bot, self.sender, chat, shown, self._app.index.groups, local_names=self._local_names)

    async def _whisper(self, place: Place, act: Whisper) -> None:
        """Unasked, only an administrator may show something to one person, and only a server that knows how to."""
        if not self.reception.ephemeral:
            raise Refused("the server knows no messages for one person")
        if (await self.power(place, None)).height == 0:
            raise Refused("only an administrator may show something to one person")
        extra = {"ephemeral_message_parameters": {"receiver_user_id": int(act.account.id)}}
        chat, thread, silent = int(place.chat), int(place.thread or 0), act.message.silent
        for page in pages(act.message, self._app.sign):
            await self.sender.send(chat, page, thread=thread, silent=silent, extra=extra)

    async def _mate(self, place: Place, user: int) -> Chatmate:
        member = await self.sender.ask(lambda: self._bot.get_chat_member(int(place.chat), user))
        return msgspec.convert(member.to_dict(), Chatmate)

    async def _connect(self) -> None:
        await self._bot.initialize()
        me = self._bot.bot
        self.reads_all = bool(me.can_read_all_group_messages)
        self.reception.username = me.username or ""
        self.reception.ephemeral = await self._knows_ephemeral()
        if self._hook:
            address = self._hook.address.rstrip("/") + WEBHOOK_PATH
            await self._bot.set_webhook(address, secret_token=self._hook.secret, allowed_updates=list(ALLOWED_UPDATES))
        elif (await self._bot.get_webhook_info()).url:
            await self._bot.delete_webhook()

    async def _knows_ephemeral(self) -> bool:
        """Whether the server knows messages that one person sees; one before Bot API 10.2 would post them publicly."""
        nothing = {"chat_id": self._bot.id, "receiver_user_id": self._bot.id, "ephemeral_message_id": 1}
        try:
            await self._bot.do_api_request("deleteEphemeralMessage", api_kwargs=nothing)
        except EndPointNotFound:
            return False
        except (BadRequest, Forbidden):
            return True  # it knows the method, and there is nothing to delete
        return True
