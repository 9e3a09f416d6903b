"""Calendars as routes of the bot's web server: for whoever knows the address."""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.chat.errors import Unavailable
from bot.domain.feed import LENGTH
from bot.features.session.calendar import PATH
from bot.features.session.feed import content
from bot.ports import Store

FRESH = 900
"""Seconds for which an app need not ask again."""

_SECRET = re.compile(rf"[a-z0-9]{{{LENGTH}}}", re.ASCII)


def calendar_route(store: Store, now: Callable[[], datetime]) -> Route:
    """The route of all calendars. One that is void answers like one that never was."""

    async def give(request: Request) -> Response:
        secret = request.path_params["secret"]
        if not _SECRET.fullmatch(secret):
            return Response(status_code=404)
        try:
            async with store.read() as unit:
                found = await content(unit, secret, now())
        except Unavailable:
            return Response(status_code=503, headers={"Retry-After": "60"})
        return _answer(request, found) if found is not None else Response(status_code=404)

    return Route(f"/{PATH}/{{secret}}.ics", give, methods=["GET"])


def _answer(request: Request, found: bytes) -> Response:
    tag = f'"{hashlib.sha256(found).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": f"private, max-age={FRESH}", "X-Content-Type-Options": "nosniff"}
    known = [each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")]
    if tag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    named = {"Content-Disposition": 'inline; filename="bareng.ics"'}
    return Response(found, headers={**headers, **named}, media_type="text/calendar")
