"""A story told in process, and told again over a socket."""

import asyncio
from pathlib import Path

import pytest

from breakwater.domain.guarantees import Guarantee
from breakwater.networks.sandbox.tests.world import Runner, Story, world


@pytest.fixture(params=[False, True], ids=["in_process", "socket"])
def tell(request: pytest.FixtureRequest, tmp_path: Path) -> Runner:
    def runner(story: Story, kind: str = Guarantee.NONE) -> None:
        async def told() -> None:
            async with world(tmp_path, kind, socket=request.param) as w:
                await story(w)

        asyncio.run(told())

    return runner
