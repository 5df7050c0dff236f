"""Every period of the delivery algorithm, in one value, so that tests can scale them all."""

from dataclasses import dataclass, fields
from datetime import timedelta


@dataclass(frozen=True)
class Timings:
    """Periods of `docs/delivery.md`; the defaults are the ones that the model is run with.

    key_life: a key is kept for an hour, and a request may be ten minutes late. stuck_after: so that
    people are told within two minutes, a round of the tending loop included.
    """

    commit_deadline: timedelta = timedelta(seconds=60)
    prepare_deadline: timedelta = timedelta(minutes=5)
    read_deadline: timedelta = timedelta(seconds=20)
    verify_after: timedelta = timedelta(seconds=2)
    verify_within: timedelta = timedelta(seconds=60)
    verify_give_up: timedelta = timedelta(hours=24)
    settle: timedelta = timedelta(minutes=15)
    second_look: timedelta = timedelta(minutes=30)
    key_life: timedelta = timedelta(minutes=50)
    probe_within: timedelta = timedelta(minutes=60)
    missed_window: timedelta = timedelta(minutes=15)
    backoff_base: timedelta = timedelta(seconds=5)
    backoff_cap: timedelta = timedelta(minutes=5)
    stuck_after: timedelta = timedelta(seconds=110)
    token_warning: timedelta = timedelta(days=7)
    circuit_window: timedelta = timedelta(minutes=10)
    circuit_pause: timedelta = timedelta(minutes=1)
    circuit_pause_cap: timedelta = timedelta(minutes=10)
    clock_skew: timedelta = timedelta(seconds=5)
    clock_jump: timedelta = timedelta(seconds=30)
    poll: timedelta = timedelta(milliseconds=500)
    group: timedelta = timedelta(milliseconds=50)

    @property
    def takeover(self) -> timedelta:
        """Age after which a row of a worker that is gone may be taken over."""
        return 2 * self.commit_deadline

    def scaled(self, by: float) -> "Timings":
        """All periods divided by `by`, except how often a loop wakes and groups its writes, and
        what two clocks may differ by: clocks are as good as they are."""
        kept = {"poll", "group", "clock_skew", "clock_jump"}
        return Timings(
            **{f.name: getattr(self, f.name) / (1 if f.name in kept else by) for f in fields(self)}
        )
