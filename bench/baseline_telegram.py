"""The bare python-telegram-bot: as installed, with the ORM; and tuned as far as we could get it."""

import asyncio
from typing import Any

import aiohttp
import orjson
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, BaseUpdateProcessor, CallbackQueryHandler
from telegram.request import BaseRequest, RequestData

from bench.contender import Stay, Task, perform
from bench.rows import ByOrm, BySharedCommits, Tap, opened
from bench.workload import CARD, OPTIONS, REPLY, label, payload

AT_ONCE = 64


class AiohttpRequest(BaseRequest):
    """Requests over aiohttp, answers read by orjson."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds."""
        return 30.0

    async def initialize(self) -> None:
        """Open the session."""
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=256))

    async def shutdown(self) -> None:
        """Close it."""
        if self._session:
            await self._session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """Decode an answer."""
        return orjson.loads(payload)

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        """Send it."""
        if self._session is None:
            raise RuntimeError("not initialised")
        parameters = request_data.json_parameters if request_data else None
        async with self._session.request(method, url, data=parameters) as answer:
            return answer.status, await answer.read()


class InOrder(BaseUpdateProcessor):
    """Many updates at once, but one after the other for one person in one chat."""

    def __init__(self) -> None:
        super().__init__(AT_ONCE)
        self._last: dict[Any, asyncio.Task[None]] = {}

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to end."""

    async def do_process_update(self, update: object, coroutine: Any) -> None:
        """Wait for the one before."""
        who = None
        if isinstance(update, Update) and update.effective_chat and update.effective_user:
            who = update.effective_chat.id, update.effective_user.id
        before, mine = self._last.get(who), asyncio.current_task()
        if mine is not None:
            self._last[who] = mine
        if before is not None:
            await asyncio.wait((before,))
        try:
            await coroutine
        finally:
            if self._last.get(who) is mine:
                del self._last[who]


async def main(task: Task, stay: Stay) -> None:
    """Post the card, then store and answer every tap."""
    tuned = task.way == "tuned"
    engine, writer = await opened(task, BySharedCommits if tuned else ByOrm)

    async def tapped(update: Update, _: Any) -> None:
        query = update.callback_query
        if query is None or query.data is None:
            return
        position, option = map(int, query.data.split(":")[1:3])
        last = position == task.items - 1
        if await writer.store(Tap("telegram", query.id, query.from_user.id, position, option, last)):
            await query.answer(REPLY, show_alert=True)

    builder = Application.builder().token(task.token).base_url(f"{task.address}/bot")
    if tuned:
        builder = builder.request(AiohttpRequest()).get_updates_request(AiohttpRequest())
        builder = builder.concurrent_updates(InOrder())
    application = builder.build()
    application.add_handler(CallbackQueryHandler(tapped))
    async with application:
        keyboard = [
            [
                InlineKeyboardButton(label(item, option), callback_data=payload(item, option))
                for option in range(OPTIONS)
            ]
            for item in range(task.items)
        ]
        card = await application.bot.send_message(task.chat, CARD, reply_markup=InlineKeyboardMarkup(keyboard))
        await application.start()
        if application.updater is None:
            raise RuntimeError("no updater")
        await application.updater.start_polling(allowed_updates=["callback_query"])
        await stay(str(card.message_id))
        await application.updater.stop()
        await application.stop()
    await engine.dispose()


if __name__ == "__main__":
    perform(main)
