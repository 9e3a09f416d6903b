"""Where events go over to the core, and what is said when it can take none."""

import structlog

from adapters.discord.change import opened
from bot.app import App
from bot.chat.errors import Unavailable
from bot.chat.events import Incoming, Typed
from bot.chat.message import say
from bot.chat.places import Account
from bot.chat.text import T
from bot.said import Answerer, Said
from bot.speech import Speech, choose_language

MOST_OPENED = 10_000
"""Private conversations that are known to be open; beyond, all are asked about again."""

log = structlog.get_logger()


class Desk:
    """Hands events to the core."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._opened: set[Account] = set()

    async def settle(self, event: Incoming, answer: Answerer) -> None:
        """Hand the event on; when the store takes nothing, the person is told so."""
        await self._hand(event, answer)
        if event.private and event.sender.account and event.sender.account not in self._opened:
            # After the event itself, because that makes us acquainted.
            if len(self._opened) >= MOST_OPENED:
                self._opened.clear()
            self._opened.add(event.sender.account)
            await self._hand(opened(event), answer)

    async def note(self, event: Incoming) -> None:
        """Hand on what nobody waits for an answer to."""
        try:
            await self._app.handle(event, _silence)
        except Unavailable as error:
            log.warning("store_unavailable", error=str(error))

    async def _hand(self, event: Incoming, answer: Answerer) -> None:
        try:
            await self._app.handle(event, answer)
        except Unavailable as error:
            log.warning("store_unavailable", error=str(error))
            if isinstance(event, Typed) and event.aside:
                return  # nobody waits for an answer to what was said to others
            speech = Speech(choose_language(event.sender.language))
            text = T("I can't save anything right now. Nothing changed; try again soon.")
            await answer(Said(speech.message(say(text))))


async def _silence(said: Said) -> None:
    log.info("unheard_answer", replaces=said.replaces)
