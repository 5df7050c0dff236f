"""The control: workers that do what a usual job queue does, so that the harness is seen to fail."""

from dataclasses import replace
from typing import Any

from breakwater.domain import resolution
from breakwater.domain.guarantees import Outcome
from breakwater.workers import carry


def arm(_plan: dict[str, Any]) -> None:
    """Whatever is not certain is sent again, with nobody looking first."""

    def after_call(outcome: Outcome, story: Any, **rest: Any) -> resolution.Next:
        following = resolution.after_call(outcome, story, **rest)
        if following.state != "unknown":
            return following
        return replace(following, state="retry_wait", at=rest["now"])

    carry.after_call = after_call
