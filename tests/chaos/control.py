"""The control: workers that resend whatever is not certain, on the class that nothing protects.

What they send twice must be found, or the zeros of the other scenes would prove nothing.
"""

from breakwater.core import clock
from breakwater.networks.base import Fault
from tests.chaos.stage import Stage
from tests.chaos.truth import Tally

_END_S = 120.0


def run(stage: Stage, tally: Tally, counts: dict[str, int]) -> None:
    """counts: deliveries; kills, of workers while they send."""
    stage.furnish(1, only=("none",))
    account = stage.quays[0].account
    for _ in range(counts["deliveries"] // 2):
        stage.harbour.plan(account, Fault("dropped_after"))
    stage.order([stage.quays[0]] * counts["deliveries"], [clock.now()] * counts["deliveries"])
    for _ in range(counts["kills"]):
        stage.hire(naive={})
        stage.wait(lambda: bool(stage.harbour.calls(account)), 20, every=0.05)
        stage.dismiss()
    stage.hire(naive={})
    tally.faults |= {"answers lost": counts["deliveries"] // 2, "kill -9": counts["kills"]}
    tally.seconds = stage.settle(_END_S) or _END_S
