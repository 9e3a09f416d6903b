"""The court on the fake Telegram: a supergroup with a bot that has every right, its administrators, and a channel."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.chat.places import Account, Place, Role
from bot.chat.press import Press
from tests.adapters.rights.court import NOBODY, Court
from tests.adapters.rights.linking import Elsewhere
from tests.adapters.rights.outcome import Effect
from tests.adapters.telegram.circle import Circle, circled
from tests.wire.telegram.world import ALL_RIGHTS, Person
from tests.wire.truth import Entry

WEAK = tuple(
    right
    for right in ALL_RIGHTS
    if right not in ("can_restrict_members", "can_pin_messages", "can_delete_messages", "can_promote_members")
)
EFFECTS = {
    "restrictChatMember": Effect.RESTRICT,
    "banChatMember": Effect.BAN,
    "unbanChatMember": Effect.UNBAN,
    "pinChatMessage": Effect.PIN,
    "unpinChatMessage": Effect.UNPIN,
    "deleteMessage": Effect.REMOVE,
    "setChatPermissions": Effect.LOCK,
}
WORDS = frozenset(
    (
        "sendMessage", "editMessageText", "answerCallbackQuery", "setMessageReaction", "sendChatAction",
        "setMyCommands", "setMyName", "setMyDescription", "setMyShortDescription", "deleteWebhook", "deleteMyCommands",
        "setMyDefaultAdministratorRights",
    )
)  # fmt: skip
"""What only says something, or shows what can be said; calls that begin with get ask."""

CHANNEL = {"id": -1_000_000_009_999, "type": "channel", "title": "Fisika News"}


class TelegramCourt(Court):
    """See Court."""

    platform = "telegram"

    def __init__(self, circle: Circle) -> None:
        self.circle, self.stage = circle, circle.stage
        self.app, self.store = circle.stage.app, circle.stage.store
        self.community = circle.community
        self.people, self.doors, self.world = self.stage.server.people, self.stage.server.doors, self.stage.server.world
        self.cast: dict[str, Any] = {"owner": circle.ani}
        self._commands: set[int] = set()

    async def gather(self) -> None:
        """Everybody takes their seat."""
        names = (
            "admin",
            "weak",
            "moderator",
            "peer",
            "trusted",
            "member",
            "newcomer",
            "demoted",
            "author",
            "gone",
            "left",
        )
        for name in names:
            self.cast[name] = person = self.world.add_person(name.title(), language_code="en", started=True)
            self.doors.add(self.cast["owner"], self.circle.chat, person)
        self.cast["robot"] = self.world.add_person("Robot", username="robot_bot", is_bot=True)
        self.doors.add(self.cast["owner"], self.circle.chat, self.cast["robot"])
        self.cast["us"] = self.world.bot
        await self.enrol("owner", *names)
        self.doors.promote(self.cast["owner"], self.circle.chat, self.cast["admin"])
        self.doors.promote(self.cast["owner"], self.circle.chat, self.cast["weak"], WEAK)
        for name in ("moderator", "peer", "gone"):
            await self.grant(name, Role.MODERATOR)
        self.doors.promote(self.cast["owner"], self.circle.chat, self.cast["demoted"])
        await self.settle()
        await self.writes("demoted", "modlog")
        self.doors.demote(self.cast["owner"], self.circle.chat, self.cast["demoted"])
        for name in ("gone", "left"):
            self.doors.leave(self.cast[name], self.circle.chat)
        self.elsewhere = self._elsewhere()
        await self.set_up()
        await self.settle()

    def _elsewhere(self) -> Elsewhere:
        self.cast["partner"] = partner = self.world.add_person("Partner", language_code="en", started=True)
        chat = self.world.add_chat("Kimia", "supergroup", owner=partner, bot="administrator")
        return Elsewhere(self.store, self.community, Place("telegram", str(chat.id)), self.account("partner"))

    def account(self, name: str) -> Account:
        return Account("telegram", str(self.cast[name].id))

    def place(self) -> Place:
        return Place("telegram", str(self.circle.chat.id))

    async def settle(self) -> None:
        await self.stage.settled()
        await super().settle()

    async def writes(self, name: str, line: str, *, to: str = "", private: bool = False) -> None:
        """In the group, and where their app lets them write nothing there, to the bot alone."""
        chat, text, reply = self.circle.chat, f"/{line}", int(to) if to else None
        match name:
            case "ghost":
                said = self.people.say_as_anonymous_admin(chat, text, reply_to=reply)
            case "channel":
                said = self.people.say_as_channel(chat, CHANNEL, text)
            case _ if private or not self.circle.may_write(self.cast[name]):
                said = self.people.say(self.cast[name], None, text)
            case _:
                said = self.people.say(self.cast[name], chat, text, reply_to=reply)
        self._commands.add(said["message_id"])
        await self.settle()

    async def presses(self, name: str, press: Press) -> None:
        if name in NOBODY:
            return  # a press is always a person's own
        person = self.cast[name]
        chat = self.stage.private(person)
        card = self.world.post(chat, {"from": self.world.bot.as_user(), "text": "A card"})
        pressed = self.people.press(person, chat, card["message_id"], f"data:{self.app.sign(press)}")
        await self.stage.until(lambda: pressed.answers)
        await self.settle()

    async def answers(self, name: str, words: str) -> None:
        self.people.say(self.cast[name], None, words)
        await self.settle()

    async def demote(self, name: str) -> None:
        self.doors.demote(self.cast["owner"], self.circle.chat, self.cast[name])
        await self.grant(name, Role.MEMBER)

    async def disarm(self, *, height: int = 0) -> None:
        assert not height, "nobody is ranked here"
        self.people.set_bot(self.circle.chat, self.cast["owner"], "administrator", ("can_manage_chat",))
        await self.settle()

    async def speaks(self, name: str) -> str:
        match name:
            case "us":
                return str((self.stage.ours(self.circle.chat) or [await self._greeting()])[-1]["message_id"])
            case "channel":
                return str(await self.circle.posts_from_channel("Jadwal"))
            case "left":
                return str(await self.circle.says(self.cast["author"], "Jadwal"))
            case _:
                return str(await self.circle.says(self.cast[name], "Jadwal"))

    async def _greeting(self) -> Any:
        return self.world.post(self.circle.chat, {"from": self.world.bot.as_user(), "text": "Halo."})

    async def newcomer(self) -> str:
        name = f"fresh{len(self.cast)}"
        self.cast[name] = self.world.add_person(name, language_code="en", started=True)
        await self.circle.joins(self.cast[name])
        await self.enrol(name)
        return name

    def heard(self, name: str) -> list[str]:
        if name in NOBODY:
            return []
        person: Person = self.cast[name]
        effects = self.stage.server.truth.find("effect")
        return [str(each.detail.get("text", "")) for each in effects if self._is_for(each, person)]

    def _is_for(self, effect: Entry, person: Person) -> bool:
        if effect.method == "answerCallbackQuery":
            return self.world.presses[effect.detail["callback_query_id"]].person == person.id
        return effect.method in ("sendMessage", "editMessageText") and effect.place == str(person.id)

    def public(self) -> list[str]:
        sends = self.stage.server.truth.find("effect", "sendMessage", str(self.circle.chat.id))
        return [str(each.detail.get("text", "")) for each in sends]

    def effects(self) -> list[Effect]:
        calls = [each for each in self.stage.server.truth.find("call") if not self._is_word(each)]
        return [EFFECTS[each.method] for each in calls]

    def _is_word(self, call: Entry) -> bool:
        """A command is taken away again some time after its answer, which is no act on anybody."""
        tidies = call.method == "deleteMessage" and call.detail["parameters"]["message_id"] in self._commands
        return tidies or call.method.startswith("get") or call.method in WORDS


@asynccontextmanager
async def on_telegram(folder: Path) -> AsyncIterator[TelegramCourt]:
    """The court in session."""
    async with circled(folder, admin=True) as circle:
        court = TelegramCourt(circle)
        await court.gather()
        yield court
