"""The control API of the fake in its own process: let people act, add faults, read what happened."""

from __future__ import annotations

import time
from dataclasses import asdict
from functools import partial
from typing import Any

import msgspec
from aiohttp import web

from tests.wire.faults import rule_from_json, rules_as_json
from tests.wire.telegram.site import Site
from tests.wire.telegram.world import Json

ACTS = frozenset(
    (
        "say", "say_as_anonymous_admin", "say_as_channel", "forward_from_linked_channel", "whisper", "edit", "press",
        "press_private", "vote", "forward", "react", "start", "block", "set_bot", "set_member", "open_topic",
        "close_topic", "delete_topic", "migrate",
    )
)  # fmt: skip

AT_THE_DOOR = frozenset(("join", "leave", "knock", "promote", "demote"))


async def handle(server: Site, request: web.BaseRequest) -> web.Response:
    """Answer one request under /control/; a mistake in it is a 400 with the reason."""
    what = request.path.removeprefix("/control/")
    body = await request.read()
    data = msgspec.json.decode(body) if body else {}
    try:
        result = _read(server, what, request) if request.method == "GET" else _write(server, what, data)
    except (KeyError, TypeError, ValueError, LookupError) as error:
        return web.json_response({"error": repr(error)}, status=400)
    return web.Response(body=msgspec.json.encode(result), content_type="application/json")


def _read(server: Site, what: str, request: web.BaseRequest) -> Any:
    world = server.world
    match what:
        case "truth":
            return server.truth.as_json(int(request.query.get("since", 0)))
        case "violations":
            return server.truth.violations
        case "faults":
            return rules_as_json(server.faults.rules)
        case "messages":
            return list(world.chats[int(request.query["chat"])].messages.values())
        case "private_views":
            return list(world.chats[int(request.query["chat"])].private_views.values())
        case "presses":
            return [asdict(press) for press in world.presses.values()]
        case "menus":
            return [{"scope": scope, "language": lang, "commands": menu} for (scope, lang), menu in world.menus.items()]
        case "state":
            return {
                "waiting": len(server.updates.waiting),
                "hammering": server.limits.hammering,
                "limited": server.limits.refused,
                "calls": server.calls,
                "unanswered": sum(not press.answers for press in world.presses.values()),
            }
        case _:
            raise LookupError(what)


def _write(server: Site, what: str, data: Any) -> Any:
    match what:
        case "people":
            return asdict(server.world.add_person(data.pop("first_name"), **data))
        case "chats":
            return _add_chat(server, data)
        case "act":
            return _act(server, data)
        case "acts":
            return [_act(server, each) for each in data]
        case "update":
            server.updates.emit_raw(data)
            return {}
        case "faults":
            rule = server.faults.add(*rule_from_json(data))
            return {"number": rule.number}
        case "faults/clear":
            server.faults.clear()
            return {}
        case "settings":
            return _set(server, data)
        case _:
            raise LookupError(what)


def _add_chat(server: Site, data: Json) -> Json:
    people = server.world.people
    for role in ("members", "admins"):
        data[role] = tuple(people[number] for number in data.get(role, ()))
    if "owner" in data:
        data["owner"] = people[data["owner"]]
    data["bot_rights"] = tuple(data.get("bot_rights", ()))
    return {"id": server.world.add_chat(data.pop("title"), **data).id}


def _act(server: Site, data: Json) -> Any:
    act = data.pop("act")
    if act not in ACTS | AT_THE_DOOR:
        raise LookupError(act)
    for name in ("person", "by"):
        if name in data:
            data[name] = server.world.people[data[name]]
    for name in ("chat", "to"):
        if isinstance(data.get(name), int):
            data[name] = server.world.chats[data[name]]
    for name in ("rights", "signals"):
        if name in data:
            data[name] = tuple(data[name])
    result = getattr(server.doors if act in AT_THE_DOOR else server.people, act)(**data)
    return {"id": result.id} if hasattr(result, "__dataclass_fields__") else result


def _set(server: Site, data: Json) -> Json:
    for name, value in data.items():
        match name:
            case "latency":
                server.latency = value
            case "validate":
                server.validate = value
            case "keep_truth":
                server.truth.keep = value
            case "privacy_mode":
                server.world.privacy_mode = value
            case "limits":
                server.limits.on = value
            case "limits_factor":
                server.limits.factor = value
            case "clock_offset":
                server.world.now = partial(_shifted, float(value))
            case _:
                raise LookupError(name)
    return {}


def _shifted(offset: float) -> float:
    return time.time() + offset
