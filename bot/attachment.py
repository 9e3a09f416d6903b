"""The file that came with a command: fetched and read before any unit of work, because no unit waits on a network."""

import asyncio
from collections.abc import Mapping

from bot.chat.errors import PlatformError, Refusal, Refused
from bot.chat.file import Document, File
from bot.chat.text import T
from bot.command import Command
from bot.ports import Platform


async def read_file(file: File | None, command: Command, platforms: Mapping[str, Platform]) -> object:
    """The value for the command's file parameter, None where there is no such parameter or no file.

    Raises Refusal for a file that cannot be fetched, is too large, or is refused by the parameter's own reading.
    """
    param = command.file
    if file is None or param is None or param.arg.read is None:
        return None
    too_large = T("This file is too large: at most {most} kB.", most=param.arg.most // 1024)
    if file.size > param.arg.most:
        raise Refusal(too_large)
    try:
        content = await platforms[file.platform].fetch(file, param.arg.most)
    except Refused as error:
        raise Refusal(too_large) from error
    except PlatformError as error:
        raise Refusal(T("I couldn't fetch your file just now. Please send it once more.")) from error
    return await asyncio.to_thread(param.arg.read, Document(file.name, content, file.kind))
