"""Messages that wait: the queue of them, what moderators hear of it, and what makes a message wait."""

from bot.command import Feature
from bot.features.moderation import alarm, queue, switch, waiting

FEATURE = Feature(
    commands=(queue.held, switch.watch),
    actions=(
        queue.look,
        queue.show,
        queue.stand,
        queue.drop,
        queue.drop_all,
        queue.drop_and_warn,
        queue.lock_down,
        switch.change,
    ),
    jobs=(
        alarm.news,
        alarm.told,
        alarm.raid,
        alarm.alarm,
        alarm.expire,
        waiting.waits,
        waiting.judged,
        waiting.again,
        waiting.dropping,
        waiting.stays,
    ),
)
