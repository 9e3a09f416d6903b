"""Linking: a group's second place, by a code from the one side that is used on the other."""

from bot.command import Feature
from bot.features.link import code, place

FEATURE = Feature(
    commands=(code.link,),
    actions=(code.issue, place.choose, place.look, place.agree, place.refuse, place.part),
    jobs=(place.asked, place.told),
)
