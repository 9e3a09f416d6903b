"""Discord as one of the bot's platforms: starting, receiving, sending, stopping."""

import asyncio

import aiohttp
import discord
import structlog

from adapters.discord import inbound
from adapters.discord.act import Acts
from adapters.discord.client import LeanClient
from adapters.discord.gateway import supervise
from adapters.discord.power import MEMBER, Powers
from adapters.discord.reception import Reception
from adapters.discord.rights import RIGHTS, number, permissions, role
from adapters.discord.sender import NO_FILES, Sender
from adapters.discord.slash import plain, tree
from adapters.discord.spelling import Renderer
from adapters.discord.thread import MESSAGE, Threads
from adapters.discord.voice import Voices
from adapters.discord.wire import NAME, Payload
from adapters.memory import Memory
from bot.app import App
from bot.chat.act import Act
from bot.chat.errors import Gone, PlatformError, Refused, TokenRefused
from bot.chat.file import File
from bot.chat.message import Message
from bot.chat.places import Account, Place, Power, Ref, Role

API = "https://discord.com/api/v10"
SITE = "https://discord.com/channels"
MOST_PRIVATE = 10_000
"""Private conversations whose channel is remembered."""

PATIENCE = 60.0
"""Longest pause in seconds between two tries to start."""

log = structlog.get_logger()


class Discord:
    """The platform "discord". `app.platforms["discord"]` must be this object before it runs.

    `start` reaches Discord, `run` receives until cancelled (it raises TokenRefused for a token that Discord does
    not know), `stop` ends everything within seconds. What people say among themselves has words, and who comes into a
    server is told, only where the application was given the intents Message Content and Server Members.
    """

    name = NAME
    repeats_safely = True
    has_polls = False
    has_events = True
    whispers = True

    def __init__(self, app: App, token: str, *, api: str = API, gateway: str = "") -> None:
        self._app = app
        self._token = token
        self._gateway = gateway
        self._client: LeanClient | None = None
        self._over = asyncio.Event()
        self._directs: Memory[str, str] = Memory(MOST_PRIVATE)
        self._renderer = Renderer(app.sign, app.commands)
        self.sender = Sender(api)
        self._threads = Threads(self.sender)
        self._powers = Powers(self.sender, app.clock)
        voices = Voices()
        self._acts = Acts(self.sender, self._threads, self._powers, voices, app.clock)
        self.reception = Reception(app, self.sender, self._renderer, self.private, self._acts.is_loud, voices)
        self.application = ""
        self.username = ""
        self._reads = self._greets = False

    def __repr__(self) -> str:
        return f"Discord({self.username!r})"

    # ── life ──

    async def start(self) -> None:
        """Sign in, trying again while Discord cannot be reached; raises TokenRefused."""
        pause = 0.5
        while True:
            try:
                application = await self.sender.open(self._token)
                break
            except discord.LoginFailure:
                raise TokenRefused from None
            except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
                log.warning("discord_unreachable", error=type(error).__name__, again_in=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, PATIENCE)
        self.application, self.username = str(application.id), application.name
        flags = application.flags
        self._reads = flags.gateway_message_content or flags.gateway_message_content_limited
        self._greets = flags.gateway_guild_members or flags.gateway_guild_members_limited

    async def run(self) -> None:
        """Receive until cancelled."""
        publishing = asyncio.create_task(self.publish_commands())
        try:
            wants = {"words": self._reads, "entries": self._greets}
            hear = self.reception.hear
            await supervise(self._token, hear, self._gateway, self._started, self._over, **wants)
        finally:
            publishing.cancel()

    async def stop(self) -> None:
        """Finish what was begun, then close every connection."""
        self._over.set()
        if self._client is not None:
            await self._client.close()
        await self.reception.drain()
        await self._app.drain()
        await self.sender.close()

    async def publish_commands(self) -> bool:
        """Register the slash commands if they differ from those that stand; returns whether they did."""
        wanted = tree(self._app.commands, self._app.index.groups)
        path = "/applications/{application_id}/commands"
        try:
            standing = await self.sender.ask("GET", f"{path}?with_localizations=true", application_id=self.application)
            if _by_name(plain(standing)) == _by_name(plain(wanted)):
                return False
            await self.sender.ask("PUT", path, wanted, application_id=self.application)
        except PlatformError as error:
            log.warning("commands_not_published", error=repr(error))
            return False
        log.info("commands_published", count=len(wanted))
        return True

    # ── what the core asks of a platform ──

    async def fetch(self, file: File, most: int) -> bytes:
        """The content of an attachment."""
        return await self.sender.fetch(file, most)

    async def send(self, place: Place, message: Message, key: str) -> Ref:
        """Post a message, and open its thread where it has one.

        The same key posts nothing more within Discord's nonce window; a post in a forum is found by its name.
        """
        channel = inbound.channel_of(place)
        if not channel:
            raise Refused("the bot may write in no channel of this server")
        bodies = self._renderer.pages(message)
        if message.thread and not inbound.is_private(place):
            return await self._threads.post(place, message.thread, bodies, key, silent=message.silent)
        return Ref(place, await self.sender.post_pages(channel, bodies, key, silent=message.silent))

    async def edit(self, ref: Ref, message: Message) -> None:
        """Change a message of ours, and bring the thread that was opened for it into the wanted state."""
        if message.thread is None or inbound.is_private(ref.place):
            return await self._change(inbound.channel_of(ref.place), ref, message)
        standing = await self._threads.find(ref)
        await self._change(standing.channel, ref, message)
        return await self._threads.settle(standing, message.thread)

    async def delete(self, ref: Ref) -> None:
        """Remove a message; one that is gone already is fine."""
        try:
            channel = await self._threads.channel(ref) if ref.opened else inbound.channel_of(ref.place)
            await self.sender.ask("DELETE", MESSAGE, channel_id=channel, message_id=ref.message)
        except Gone:
            log.info("deleted_before")

    async def role(self, place: Place, account: Account) -> Role:
        """The standing by the member's roles at this moment; a guest where they are no member."""
        if inbound.is_private(place):
            return Role.GUEST
        if self.reception.owners.get(place.chat) == account.id:
            return Role.ORGANISER
        member, roles = await asyncio.gather(
            self._member(place.chat, account.id),
            self.sender.ask("GET", "/guilds/{guild_id}/roles", guild_id=place.chat),
        )
        if member is None:
            return Role.GUEST
        bits = {str(each["id"]): number(str(each["permissions"])) for each in roles}
        return role(str(permissions(place.chat, None, bits, tuple(member["roles"]), account.id)))

    async def power(self, place: Place, account: Account | None) -> Power:
        """What that account, or the bot itself, is and may do there at this moment."""
        return await self._powers.of(place, account.id if account else self.sender.me)

    async def act(self, place: Place, act: Act, key: str) -> str:
        """Do that there, see `adapters.discord.act`."""
        return await self._acts.do(place, act, key)

    async def private(self, account: Account) -> Place:
        """The private conversation with an account; Discord may still refuse to deliver there."""
        channel = self._directs.get(account.id)
        if channel is None:
            answer = await self.sender.ask("POST", "/users/@me/channels", {"recipient_id": account.id})
            channel = str(answer["id"])
            self._directs.put(account.id, channel)
        return inbound.place_of("", channel)

    def invite(self) -> str:
        """The address that adds the bot to a server."""
        scope = "bot+applications.commands"
        return (
            f"https://discord.com/oauth2/authorize?client_id={self.application}&scope={scope}&permissions={RIGHTS}"
            if self.application
            else ""
        )

    def link(self, ref: Ref) -> str:
        """The address of a message; of a card with a thread that of the thread, at whose top the card stands."""
        place = ref.place
        if inbound.is_private(place) or not place.thread:
            return ""
        return f"{SITE}/{place.chat}/{ref.opened or f'{place.thread}/{ref.message}'}"

    async def _change(self, channel: str, ref: Ref, message: Message) -> None:
        """What does not fit into the message that stands there follows as a new one.

        A text stays a text and a card a card, because Discord cannot turn one back.
        """
        first, *more = self._renderer.pages(message)
        try:
            await self._patch(channel, ref.message, first)
        except Refused:
            if message.card:
                raise
            first, *more = self._renderer.pages(message, framed=True)
            await self._patch(channel, ref.message, first)
        await self.sender.post_pages(channel, more, ref.message, silent=message.silent, first=1)

    async def _patch(self, channel: str, message: str, body: Payload) -> None:
        await self.sender.ask("PATCH", MESSAGE, NO_FILES | body, channel_id=channel, message_id=message)

    async def _member(self, guild: str, user: str) -> dict[str, list[str]] | None:
        try:
            found: dict[str, list[str]] = await self.sender.ask("GET", MEMBER, guild_id=guild, user_id=user)
        except (Gone, Refused) as error:
            log.info("not_a_member", error=repr(error))
            return None
        return found

    def _started(self, client: LeanClient) -> None:
        self._client = client


def _by_name(commands: object) -> dict[tuple[int, str], object]:
    listed = commands if isinstance(commands, list) else []
    return {(command.get("type", 1), command["name"]): command for command in listed}
