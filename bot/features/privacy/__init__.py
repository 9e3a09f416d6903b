"""A person's data: what is stored, taking it along, having it erased, joining two accounts, groups of minors."""

from bot.command import Feature
from bot.features.privacy import account, erase, export, group, minor, page

FEATURE = Feature(
    commands=(page.privacy, erase.forgetme, account.account, minor.minors),
    actions=(
        export.give,
        erase.ask,
        erase.confirm,
        erase.stay,
        account.look,
        account.agree,
        account.join,
        account.refuse,
        account.part,
        minor.switch,
    ),
    jobs=(erase.erase, account.asked, account.joined, group.forget),
)
