"""A network that is a stand-in of ours."""

from typing import Any

from tests.standins.base.tricks import Tricky
from tests.worlds.gate import Gate
from tests.worlds.world import World


class Behind(World):
    standin: Any

    def before(self, standin: Tricky) -> Gate:
        def moved(origin: str) -> None:
            standin.origin = origin

        self.standin = standin
        return Gate(standin.answer, moved)

    def violations(self) -> list[str]:
        return list(self.standin.violations)
