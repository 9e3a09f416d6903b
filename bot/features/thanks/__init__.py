"""Thanks: by a command, by a word in reply, or by a mark; all count alike, and each once for a message."""

from bot.command import Feature
from bot.features.thanks import hear, say

FEATURE = Feature(
    commands=(say.thanks,),
    listenings=(hear.WORDS,),
    thanked=hear.marked,
    erased=hear.ERASED,
)
