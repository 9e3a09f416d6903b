"""How hypothesis runs here: no deadline, because a busy machine is no defect."""

from hypothesis import settings

settings.register_profile("bareng", deadline=None, max_examples=60)
settings.load_profile("bareng")
