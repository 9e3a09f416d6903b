"""The content of files that people sent, never more of it than was asked for."""

from telegram import Bot
from telegram.error import NetworkError

from adapters.telegram.request import AiohttpRequest
from bot.chat.errors import Refused
from bot.chat.file import File


async def download(bot: Bot, request: AiohttpRequest, file: File, most: int) -> bytes:
    """Ask where the file stands and read it; raises Refused where it has more than `most` bytes, and library errors.

    The address holds the bot's token, so it is in no error and no log.
    """
    if file.size > most:
        raise Refused("too large, says its sender")
    found = await bot.get_file(file.id)
    size = found.file_size or 0
    if size > most:
        raise Refused("too large, says Telegram")
    if not (found.file_path or "").startswith(("https://", "http://")):
        raise Refused("no address to fetch it from")
    content = await request.download(found.file_path or "", most)
    if content is None:
        raise Refused("too large, as it turned out")
    if len(content) < size:
        raise NetworkError("cut short")
    return content
