"""Who is in which voice channel at this moment; nothing of it is kept anywhere else."""

from collections.abc import Iterable, Sequence

from adapters.discord.guild import Guild
from adapters.discord.wire import Voice


class Voices:
    """Follows the gateway, which tells everything anew after each new session; bots are nobody."""

    def __init__(self) -> None:
        self._guilds: dict[str, dict[str, str]] = {}

    def begin(self, guild: Guild) -> None:
        """A guild is told of whole."""
        bots = {member.user.id for member in guild.members if member.user and member.user.bot}
        seen = {voice.user_id: voice.channel_id for voice in guild.voice_states if voice.user_id not in bots}
        self._guilds[guild.id] = {who: channel for who, channel in seen.items() if channel}

    def move(self, voice: Voice) -> None:
        """Somebody came into a channel, went to another one, or left."""
        voices = self._guilds.setdefault(voice.guild_id, {})
        voices.pop(voice.user_id, None)
        is_bot = bool(voice.member and voice.member.user and voice.member.user.bot)
        if voice.channel_id and not is_bot:
            voices[voice.user_id] = voice.channel_id

    def forget(self, guilds: Iterable[str]) -> None:
        """What was known of these is too old."""
        for guild in guilds:
            self._guilds.pop(guild, None)

    def within(self, guild: str, channel: str) -> Sequence[str]:
        """The accounts in a channel of a guild, none where nothing is known."""
        return sorted(who for who, where in self._guilds.get(guild, {}).items() if where == channel)
