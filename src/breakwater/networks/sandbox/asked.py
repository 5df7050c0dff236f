"""One request to the harbour, and what answers it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from breakwater.networks.sandbox.faults import Refusal
from breakwater.networks.sandbox.harbour import Happened, Harbour


@dataclass(frozen=True)
class Asked:
    """One request. parts: from the path; query and headers: last value wins, lower-case names."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def token(self) -> str:
        return self.headers.get("authorization", "").removeprefix("Bearer ")

    def json(self) -> dict[str, Any]:
        """The JSON object of the body ({} without one). Raises: Refusal(400)."""
        try:
            value = json.loads(self.body or b"{}")
        except ValueError as error:
            raise Refusal(400, "not_json") from error
        if not isinstance(value, dict):
            raise Refusal(400, "not_an_object")
        return value


Handler = Callable[[Harbour, Asked], Happened]
