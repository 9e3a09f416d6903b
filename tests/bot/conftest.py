"""How hypothesis runs here: the same examples each time, and no deadline, because a busy machine is no defect."""

from hypothesis import settings

settings.register_profile("bareng", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("bareng")
