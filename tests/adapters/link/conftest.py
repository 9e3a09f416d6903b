"""A school's web site, the names under which it is found, and a probe that may go there."""

from collections.abc import AsyncIterator

import pytest

from adapters.link.probe import Probe
from tests.adapters.link.site import Names, Site, only_here, site


@pytest.fixture
async def school() -> AsyncIterator[Site]:
    async with site() as made:
        made.says("/", 200)
        yield made


@pytest.fixture
def names(school: Site) -> Names:
    return Names(school.port)


@pytest.fixture
def probe(names: Names) -> Probe:
    return Probe(names, only_here)
