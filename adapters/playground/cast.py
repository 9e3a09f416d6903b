"""The people who can be played, and the two group chats and the private ones where they talk."""

from dataclasses import dataclass

from bot.chat.places import Account, Place, Role

PLATFORM = "playground"

TELEGRAM = Place(PLATFORM, "telegram")
DISCORD = Place(PLATFORM, "discord")
GROUPS = (TELEGRAM, DISCORD)
"""The two places of the one community: one looks and behaves like Telegram, the other like Discord."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who can be played: `role` is what the platform says, `language` the code of their app.

    Their `id` is also the name by which others mention them. Nobody acts on the `owner` of a group.
    """

    id: str
    name: str
    role: Role = Role.MEMBER
    language: str = "id"
    owner: bool = False

    @property
    def account(self) -> Account:
        """Their account; it is the same in both groups."""
        return Account(PLATFORM, self.id)

    @property
    def private(self) -> Place:
        """Their private chat with the bot."""
        return Place(PLATFORM, self.id)


CAST = (
    Actor("ani", "Ani", Role.ORGANISER, owner=True),
    Actor("budi", "Budi", Role.MODERATOR),
    Actor("citra", "Citra"),
    Actor("dewi", "Dewi"),
    Actor("eko", "Eko", language="en"),
)
"""The five people of the example community."""

NEWCOMERS = (Actor("fani", "Fani"), Actor("gilang", "Gilang"), Actor("hana", "Hana", language="en"))
"""Those who may turn up later, in this order, and are in none of the groups yet."""
