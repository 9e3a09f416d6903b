"""The gateway: HELLO, IDENTIFY, READY, RESUME, heartbeats and everything that can go wrong with them."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from tests.wire.discord import shapes
from tests.wire.discord.state import State, Value
from tests.wire.faults import Faults, Kind
from tests.wire.truth import TruthLog

GUILDS, MEMBERS, MODERATION, PRESENCES = 1 << 0, 1 << 1, 1 << 2, 1 << 8
GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 9, 1 << 12, 1 << 15
GUILD_REACTIONS, DIRECT_REACTIONS = 1 << 10, 1 << 13
VOICE_STATES, SCHEDULED_EVENTS = 1 << 7, 1 << 16
PRIVILEGED = MEMBERS | PRESENCES | MESSAGE_CONTENT
IDENTIFY_TOTAL = 1000  # a day; the documentation resets the token of a bot that uses them up
RESUME_BUFFER = 1000


@dataclass(slots=True)
class Session:
    """One identified client; it lives on without a socket until it is invalidated."""

    id: str
    intents: int
    shard: tuple[int, int] | None
    socket: web.WebSocketResponse | None = None
    sequence: int = 0
    sent: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=RESUME_BUFFER))
    held: tuple[str, Any] | None = None
    dropped: bool = False  # by us: the client did not leave of its own will


class Gateway:
    """All sessions; tests turn its knobs (`heartbeat_ms`, `ack`, `identifies_left`, ...)."""

    def __init__(self, state: State, truth: TruthLog, faults: Faults, token: str) -> None:
        self.state, self.truth, self.faults = state, truth, faults
        self.heartbeat_ms = 41_250
        self.ack = True
        self.identifies_left = IDENTIFY_TOTAL
        self.identified = 0
        self.resumed = 0
        self.allowed_privileged = 0
        self.refuse_handshakes = 0  # so many handshakes answer 503
        self.sessions: dict[str, Session] = {}
        self.arrived = asyncio.Event()
        self._token = token

    @property
    def connected(self) -> list[Session]:
        """Sessions with a living socket."""
        return [s for s in self.sessions.values() if s.socket is not None and not s.socket.closed]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One websocket connection from its handshake to its end."""
        if self.refuse_handshakes:
            self.refuse_handshakes -= 1
            return web.Response(status=503)
        socket = web.WebSocketResponse(max_msg_size=0, heartbeat=None, timeout=0.2)
        await socket.prepare(request)
        await self._send(socket, 10, {"heartbeat_interval": self.heartbeat_ms, "_trace": []})
        session: Session | None = None
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                break
            session = await self._receive(socket, session, json.loads(frame.data))
        if session is not None and session.socket is socket:
            session.socket = None
            if socket.close_code in {1000, 1001} and not session.dropped:
                self.sessions.pop(session.id, None)
        return socket

    async def _receive(
        self, socket: web.WebSocketResponse, session: Session | None, payload: dict[str, Any]
    ) -> Session | None:
        match payload["op"]:
            case 1:
                if self.ack:
                    await self._send(socket, 11, None)
            case 2:
                return await self._identify(socket, payload["d"])
            case 6:
                return await self._resume(socket, payload["d"])
            case 3 | 4 | 8 if session is not None:
                self.truth.record("effect", f"gateway:op{payload['op']}")
            case _:
                await socket.close(code=4001, message=b"Unknown opcode.")
        return session

    async def _identify(self, socket: web.WebSocketResponse, data: dict[str, Any]) -> Session | None:
        self.identified += 1
        self.identifies_left -= 1
        self.truth.record("call", "IDENTIFY", None, "", intents=data["intents"], shard=data.get("shard"))
        if self.identifies_left < 0:
            self.truth.violate("the IDENTIFY budget is used up: Discord would reset the token")
        if data["token"] != self._token or self.identifies_left < 0:
            await socket.close(code=4004, message=b"Authentication failed.")
            return None
        if data["intents"] & PRIVILEGED & ~self.allowed_privileged:
            await socket.close(code=4014, message=b"Disallowed intent(s).")
            return None
        shard = tuple(data["shard"]) if data.get("shard") else None
        session = Session(secrets.token_hex(8), data["intents"], shard, socket)
        self.sessions[session.id] = session
        guilds = [guild for guild in self.state.guilds.values() if self._on_shard(session, guild.id)]
        ready = {
            "v": 10,
            "user": shapes.user(self.state.bot),
            "session_id": session.id,
            "private_channels": [],
            "resume_gateway_url": f"ws://{self._host(socket)}/gateway",
            "_trace": [],
            "application": {"id": str(self.state.application_id), "flags": 0},
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
        }
        if shard is not None:
            ready["shard"] = list(shard)
        await self._dispatch(session, "READY", ready)
        if session.intents & GUILDS:
            for guild in guilds:
                await self._dispatch(session, "GUILD_CREATE", shapes.guild_create(self.state, guild))
        self.arrived.set()
        return session

    async def _resume(self, socket: web.WebSocketResponse, data: dict[str, Any]) -> Session | None:
        session = self.sessions.get(data["session_id"])
        self.truth.record("call", "RESUME", None, "", sequence=data["seq"])
        oldest = session.sent[0][0] if session and session.sent else 0
        if data["token"] != self._token:
            await socket.close(code=4004, message=b"Authentication failed.")
            return None
        if session is None or data["seq"] is None or (session.sent and data["seq"] < oldest - 1):
            await self._send(socket, 9, False)
            return None
        self.resumed += 1
        session.socket, session.dropped = socket, False
        for sequence, text in list(session.sent):
            if sequence > data["seq"]:
                await socket.send_str(text)
        await self._dispatch(session, "RESUMED", {"_trace": []})
        self.arrived.set()
        return session

    async def emit(self, event: str, data: dict[str, Any], guild_id: int | None = None) -> int:
        """Tell every session that must hear it; returns how many sockets it went out on."""
        reached = 0
        for session in list(self.sessions.values()):
            if self._on_shard(session, guild_id) and self._wants(session, event, guild_id):
                alive = session.socket is not None and not session.socket.closed
                await self._deliver(session, event, self._visible(session, event, data, guild_id))
                reached += alive
        return reached

    async def _deliver(self, session: Session, event: str, data: dict[str, Any]) -> None:
        rule = self.faults.pick(f"event:{event}", delivery=True) if self.faults else None
        if rule is not None:
            self.truth.record("fault", f"event:{event}", None, f"rule:{rule.number}", kind=rule.fault.kind)
        if rule is not None and rule.fault.kind is Kind.REORDER and session.held is None:
            session.held = (event, data)
            return
        await self._dispatch(session, event, data)
        if rule is not None and rule.fault.kind is Kind.DUPLICATE:
            await self._dispatch(session, event, data)
        if session.held is not None:
            late, session.held = session.held, None
            await self._dispatch(session, *late)

    async def _dispatch(self, session: Session, event: str, data: Value) -> None:
        session.sequence += 1
        text = json.dumps({"op": 0, "s": session.sequence, "t": event, "d": data})
        session.sent.append((session.sequence, text))
        if session.socket is not None and not session.socket.closed:
            try:
                await session.socket.send_str(text)
            except ConnectionError:
                session.socket = None

    async def send_raw(self, text: str) -> None:
        """A frame as it is, for malformed events."""
        for session in self.connected:
            assert session.socket is not None
            await session.socket.send_str(text)

    async def ask_reconnect(self) -> None:
        """Op 7 to everybody."""
        for session in self.connected:
            assert session.socket is not None
            await self._send(session.socket, 7, None)

    async def invalidate(self, *, resumable: bool) -> None:
        """Op 9 to everybody; without `resumable` the sessions are gone."""
        for session in self.connected:
            assert session.socket is not None
            if not resumable:
                self.sessions.pop(session.id, None)
            await self._send(session.socket, 9, resumable)

    async def disconnect(self, code: int) -> None:
        """Close every socket with this code; 4000 keeps the session for a RESUME."""
        for session in self.connected:
            assert session.socket is not None
            session.dropped = True
            if code in {1000, 1001}:
                self.sessions.pop(session.id, None)
            await session.socket.close(code=code)

    async def close(self) -> None:
        """The server goes away."""
        for session in self.connected:
            assert session.socket is not None
            await session.socket.close(code=WSCloseCode.GOING_AWAY)
        self.sessions.clear()

    @staticmethod
    async def _send(socket: web.WebSocketResponse, op: int, data: Value) -> None:
        await socket.send_str(json.dumps({"op": op, "s": None, "t": None, "d": data}))

    @staticmethod
    def _host(socket: web.WebSocketResponse) -> str:
        request = socket._req
        assert request is not None
        return str(request.host)

    @staticmethod
    def _on_shard(session: Session, guild_id: int | None) -> bool:
        if session.shard is None:
            return True
        index, count = session.shard
        return index == (0 if guild_id is None else (guild_id >> 22) % count)

    @staticmethod
    def _wants(session: Session, event: str, guild_id: int | None) -> bool:
        if event.startswith("MESSAGE_REACTION_"):
            return bool(session.intents & (DIRECT_REACTIONS if guild_id is None else GUILD_REACTIONS))
        if event.startswith("MESSAGE_"):
            return bool(session.intents & (DIRECT_MESSAGES if guild_id is None else GUILD_MESSAGES))
        if event.startswith("GUILD_MEMBER_"):
            return bool(session.intents & MEMBERS)
        if event.startswith("GUILD_BAN_"):
            return bool(session.intents & MODERATION)
        if event.startswith("GUILD_SCHEDULED_EVENT_"):
            return bool(session.intents & SCHEDULED_EVENTS)
        if event.startswith("VOICE_"):
            return bool(session.intents & VOICE_STATES)
        if event.startswith(("GUILD_", "CHANNEL_", "THREAD_")):
            return bool(session.intents & GUILDS)
        return True

    def _visible(self, session: Session, event: str, data: dict[str, Any], guild_id: int | None) -> dict[str, Any]:
        """Without the privileged intent other people's words in guilds are empty, also those that are replied to."""
        if event not in {"MESSAGE_CREATE", "MESSAGE_UPDATE"} or guild_id is None or session.intents & MESSAGE_CONTENT:
            return data
        about = data.get("referenced_message")
        return self._read(data) | ({"referenced_message": self._read(about)} if about else {})

    def _read(self, message: dict[str, Any]) -> dict[str, Any]:
        me = str(self.state.bot.id)
        named = any(user["id"] == me for user in message.get("mentions", ()))
        if message.get("author", {}).get("id") == me or named or f"<@{me}>" in message.get("content", ""):
            return message
        return message | {"content": "", "embeds": [], "components": [], "attachments": []}
