"""The fake's control API over HTTP, for tests and benchmarks that run it as its own process."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from tests.wire.discord import shapes
from tests.wire.discord.interactions import Interaction
from tests.wire.discord.people import answered
from tests.wire.discord.server import FakeDiscord
from tests.wire.discord.state import MEMBER, TEXT, Channel, Message, Person
from tests.wire.faults import rule_from_json, rules_as_json

Json = dict[str, Any]
Act = Callable[[Json], Awaitable[Any]]


class Control:
    """`POST /control/<act>` with a JSON body; each act is a method of this class, ids are text."""

    def __init__(self, server: FakeDiscord) -> None:
        self.server = server
        self.state, self.people = server.state, server.people
        server.app.router.add_post("/control/{act}", self.handle)

    async def handle(self, request: web.Request) -> web.Response:
        """Run one act; LookupError and ValueError become 400 with their words."""
        act: Act | None = getattr(self, "do_" + request.match_info["act"], None)
        if act is None:
            return web.json_response({"error": "unknown act"}, status=404)
        try:
            return web.json_response(await act(await request.json() if request.can_read_body else {}))
        except (LookupError, ValueError, PermissionError, TypeError) as error:
            return web.json_response({"error": f"{type(error).__name__}: {error}"}, status=400)
        except TimeoutError:
            return web.json_response({"error": "no answer in time"}, status=504)

    async def do_person(self, data: Json) -> Json:
        """{name, locale?, display?, guild?, permissions?} -> {id}"""
        person = self.state.add_person(data["name"], locale=data.get("locale", "en-US"), display=data.get("display"))
        if "guild" in data:
            self.state.join(self.state.guilds[int(data["guild"])], person, permissions=data.get("permissions", MEMBER))
        return {"id": str(person.id)}

    async def do_guild(self, data: Json) -> Json:
        """{name, owner?, locale?, channels?: [name, ...], join?} -> {id, channels}; the first is the system channel."""
        owner = self.state.people[int(data["owner"])] if "owner" in data else None
        guild = self.state.add_guild(data["name"], owner, locale=data.get("locale", "en-US"))
        names = data.get("channels", [])
        channels = [self.state.add_channel(guild, name, system=number == 0) for number, name in enumerate(names)]
        if data.get("join"):
            await self.people.add_bot(guild)
        return {"id": str(guild.id), "channels": [str(channel.id) for channel in channels]}

    async def do_channel(self, data: Json) -> Json:
        """{guild, name, type?, system?} -> {id}"""
        guild = self.state.guilds[int(data["guild"])]
        channel = self.state.add_channel(
            guild, data["name"], kind=data.get("type", TEXT), system=data.get("system", False)
        )
        return {"id": str(channel.id)}

    async def do_join(self, data: Json) -> Json:
        """{guild}: tell the bot that it was added."""
        await self.people.add_bot(self.state.guilds[int(data["guild"])])
        return {}

    async def do_slash(self, data: Json) -> Json:
        """{person, channel, command, options?, focused?, wait?} -> the interaction."""
        item = await self.people.slash(
            self._person(data), self._channel(data), data["command"], data.get("options"), focused=data.get("focused")
        )
        return await self._shown(item, data)

    async def do_press(self, data: Json) -> Json:
        """{person, message, button, values?, forged?, wait?} -> the interaction."""
        item = await self.people.press(
            self._person(data),
            self._message(data),
            data["button"],
            data.get("values"),
            forged=data.get("forged", False),
        )
        return await self._shown(item, data)

    async def do_submit(self, data: Json) -> Json:
        """{token, answers, forged?, wait?} -> the interaction."""
        opened = self.server.interactions.by_token[data["token"]]
        item = await self.people.submit(opened, data["answers"], forged=data.get("forged", False))
        return await self._shown(item, data)

    async def do_menu(self, data: Json) -> Json:
        """{person, channel, name, message, wait?} -> the interaction."""
        item = await self.people.menu(self._person(data), self._channel(data), data["name"], self._message(data))
        return await self._shown(item, data)

    async def do_say(self, data: Json) -> Json:
        """{person, channel, text} -> the message."""
        return self._seen(await self.people.say(self._person(data), self._channel(data), data["text"]))

    async def do_presses(self, data: Json) -> Json:
        """{presses: [{person, message, button}], in_flight?, per_second?} -> seconds to each answer or None."""
        gate = asyncio.Semaphore(data.get("in_flight", 64))
        rate = data.get("per_second")
        start = time.perf_counter()

        async def one(number: int, press: Json) -> float | None:
            if rate:
                await asyncio.sleep(max(0.0, start + number / rate - time.perf_counter()))
            async with gate:
                begun = time.perf_counter()
                item = await self.people.press(self._person(press), self._message(press), press["button"])
                try:
                    await answered(item, data.get("wait", 10.0))
                except TimeoutError:
                    return None
                return time.perf_counter() - begun

        seconds = await asyncio.gather(*(one(number, press) for number, press in enumerate(data["presses"])))
        return {"seconds": seconds, "total": time.perf_counter() - start}

    async def do_messages(self, data: Json) -> list[Json]:
        """{channel, person?} -> what stands there."""
        person = self._person(data) if "person" in data else None
        return [self._seen(message) for message in self.state.messages_in(self._channel(data), person)]

    async def do_truth(self, data: Json) -> Json:
        """{since?} -> entries, violations, and the fake's own mistakes."""
        server = self.server
        return {
            "entries": server.truth.as_json(data.get("since", 0)),
            "violations": server.truth.violations,
            "own_mistakes": server.rest.own_mistakes,
            "hammering": server.limits.hammering,
            "invalid": server.rest.invalid,
            "refused": server.limits.refused,
        }

    async def do_fault(self, data: Json) -> Json:
        """{fault, match?, times?} -> {number}"""
        return {"number": self.server.faults.add(*rule_from_json(data)).number}

    async def do_faults(self, data: Json) -> list[Json]:
        """{clear?: true} -> the rules with their counters."""
        if data.get("clear"):
            self.server.faults.clear()
        return rules_as_json(self.server.faults.rules)

    async def do_settings(self, data: Json) -> Json:
        """{validate?, log?, limits?, heartbeat_ms?, ack?, nonce_window?, advance?}: turn the knobs."""
        server = self.server
        server.rest.validate = data.get("validate", server.rest.validate)
        server.truth.keep = data.get("log", server.truth.keep)
        server.limits.enforce = data.get("limits", server.limits.enforce)
        server.gateway.heartbeat_ms = data.get("heartbeat_ms", server.gateway.heartbeat_ms)
        server.gateway.ack = data.get("ack", server.gateway.ack)
        server.messages.nonce_window = data.get("nonce_window", server.messages.nonce_window)
        self.state.clock.advance(data.get("advance", 0.0))
        return {}

    async def do_gateway(self, data: Json) -> Json:
        """{reconnect?, invalidate?: resumable, close?: code, raw?: text} -> how the gateway stands."""
        gateway = self.server.gateway
        if data.get("reconnect"):
            await gateway.ask_reconnect()
        if "invalidate" in data:
            await gateway.invalidate(resumable=data["invalidate"])
        if "close" in data:
            await gateway.disconnect(data["close"])
        if "raw" in data:
            await gateway.send_raw(data["raw"])
        return {"connected": len(gateway.connected), "identified": gateway.identified, "resumed": gateway.resumed}

    async def do_commands(self, data: Json) -> list[Json]:
        """The registered global commands."""
        return self.state.commands.get(None, [])

    async def _shown(self, item: Interaction, data: Json) -> Json:
        if data.get("wait"):
            await answered(item, data["wait"])
        return {
            "id": str(item.id),
            "token": item.token,
            "acknowledged": item.acknowledged,
            "modal": item.modal,
            "choices": item.choices,
            "answered_after": item.answered_after,
            "messages": [self._seen(message) for message in item.messages],
            "original": self._seen(item.original) if item.original else None,
        }

    def _seen(self, message: Message) -> Json:
        return {
            **json.loads(json.dumps(shapes.message(self.state, message))),
            "text": message.text,
            "only_for": str(message.only_for) if message.only_for else None,
            "edits": message.edits,
            "buttons": [button.get("label") or button.get("placeholder") for button in message.buttons],
        }

    def _person(self, data: Json) -> Person:
        return self.state.people[int(data["person"])]

    def _channel(self, data: Json) -> Channel:
        return self.state.channels[int(data["channel"])]

    def _message(self, data: Json) -> Message:
        return self.state.messages[int(data["message"])]
