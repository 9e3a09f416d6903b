"""The picture of an item: given as a file, shown on demand, taken away again."""

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.file import Document
from bot.chat.message import Outcome, Paragraph, Reply
from bot.chat.places import Role
from bot.chat.text import T
from bot.command import Example, action, command
from bot.context import Context
from bot.domain.items import Item
from bot.features.bank import page
from bot.features.bank.change import asked_otherwise, store
from bot.param import Arg
from bot.repository import Stored

MOST_BYTES = 500 * 1024
"""Pictures are seen on phones with thin connections."""

_NO_PICTURE = T("I need a picture as PNG, JPEG or WebP. Send it as a photo or a file.")


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of one of the kinds that all platforms show, found by its content and not by its name."""

    kind: str
    content: bytes


def read_image(file: Document) -> Image:
    """The picture that a file is; refuses anything else."""
    content = file.content
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Image("image/png", content)
    if content.startswith(b"\xff\xd8\xff"):
        return Image("image/jpeg", content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Image("image/webp", content)
    raise Refusal(_NO_PICTURE)


@command(
    "quizbank picture",
    right=Role.MEMBER,
    aliases=("banksoal gambar", "quizbank gambar", "banksoal picture"),
    summary=T("Give a question a picture, shown on demand"),
    examples=(
        Example("/quizbank picture 12", T("Then send the picture, or send both together")),
        Example("/quizbank picture", T("Asks for the number and the picture")),
    ),
    role_aware=True,
)
async def set_picture(
    ctx: Context,
    n: Annotated[int, Arg(help=T("The question's number"), ask=T("Which question? Send its number."), most=999_999)],
    image: Annotated[
        Image,
        Arg(
            help=T("PNG, JPEG or WebP, at most 500 kB"),
            ask=T("Send the picture: PNG, JPEG or WebP, at most 500 kB."),
            most=MOST_BYTES,
            read=read_image,
        ),
    ],
) -> Outcome:
    """Keep the picture and show it with the item."""
    item = await page.hold(ctx, n, page.may_edit)
    name = sha256(image.content).hexdigest()
    file = Stored(item.community, name, f"{item.id}.{image.kind.rpartition('/')[2]}", image.kind, image.content)
    await ctx.unit.files.put(file)
    item = await _save(ctx, item, name)
    told = Paragraph((T("The picture is kept. Whoever is asked sees it with one tap."),))
    shown = await page.page(ctx, item, told)
    return Reply(replace(shown, files=(Document(file.name, file.content, file.kind),)), personal=True)


@action("bank-bare", right=Role.MEMBER, role_aware=True)
async def take_away(ctx: Context, number: int) -> Outcome:
    """Let the item have no picture any more."""
    item = await page.hold(ctx, number, page.may_edit)
    if not item.picture:
        raise Refusal(page.TOO_OLD)
    item = await _save(ctx, item, "")
    return Reply(await page.page(ctx, item, Paragraph((T("The picture is gone."),))), replaces=True)


async def _save(ctx: Context, before: Item, name: str) -> Item:
    """Another picture may ask something else: it counts as such an edit."""
    return await store(ctx, before, asked_otherwise(ctx, replace(before, picture=name)))
