"""All parts of one fake Bot API server, put together."""

from __future__ import annotations

from tests.wire.faults import Faults
from tests.wire.telegram.chats import Chats
from tests.wire.telegram.doors import Doors
from tests.wire.telegram.files import Files
from tests.wire.telegram.limits import Limits
from tests.wire.telegram.members import Members
from tests.wire.telegram.messages import Messages
from tests.wire.telegram.people import People
from tests.wire.telegram.polls import Polls
from tests.wire.telegram.reactions import Reactions
from tests.wire.telegram.spec import Spec
from tests.wire.telegram.standing import Standing
from tests.wire.telegram.topics import Topics
from tests.wire.telegram.updates import Updates
from tests.wire.telegram.webhook import Webhook
from tests.wire.telegram.world import Person, World
from tests.wire.truth import TruthLog

TOKEN = "123456789:CANARY-fake-token-that-must-never-be-logged"  # a canary, secret of nobody


class Site:
    """The parts by name; `latency` is in seconds and spares getUpdates; it and `validate` can change at any time."""

    def __init__(
        self,
        token: str = TOKEN,
        *,
        username: str = "bareng_bot",
        ephemeral: bool = False,
        seed: int = 0,
    ) -> None:
        self.token = token
        self.validate = True
        self.latency = 0.0
        self.calls = 0
        self.spec = Spec(ephemeral=ephemeral)
        self.truth = TruthLog(secrets=(token, token.partition(":")[2]))
        self.faults = Faults(seed)
        self.world = World(Person(int(token.partition(":")[0]), "Bareng", username, is_bot=True))
        self.updates = Updates(self.world, self.faults, self.truth, seed)
        self.files = Files(self.world)
        self.messages = Messages(self.world, self.files)
        self.standing = Standing(self.world, self.messages, self.updates)
        self.chats = Chats(self.world, self.messages)
        self.doors = Doors(self.world, self.chats, self.updates)
        self.members = Members(self.world, self.messages, self.doors)
        self.polls = Polls(self.world, self.messages, self.updates)
        self.topics = Topics(self.world, self.messages, self.updates)
        self.reactions = Reactions(self.world, self.messages, self.updates)
        self.people = People(
            self.world, self.updates, self.chats, self.files, self.polls, self.topics, self.reactions, self.doors
        )
        self.limits = Limits(self.world)
        self.webhook = Webhook(self.updates, self.truth)
