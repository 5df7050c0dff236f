"""Where a worker dies: the named function is wrapped so that SIGKILL comes at one exact step.

Nothing of this is in the product. `arm` runs in the forked child before it begins to work; the
child claims and looks at its `targets` only, so that it dies of what it was sent for.
"""

import contextvars
import json
import os
import signal
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from typing import Any

import httpcore

from breakwater.delivery.services import claims
from breakwater.workers import calls, deliver, ledger, run

STEPS = (
    "claimed", "prepared", "begun", "written", "answered",
    "unstored", "stored", "looked", "verified", "taken_over",
)  # fmt: skip
"""After: the claim's commit, the kept handle, the commit of `sending`, the last byte of the request,
the whole answer; before and after its outcome is stored; in a look, in the proof that it is there,
in the transaction that takes over from the dead."""

_committing: contextvars.ContextVar[str] = contextvars.ContextVar("committing", default="")


class _Nobody:
    """A tending loop that does nothing: another worker's duty must not come before the death."""

    async def run(self) -> None:
        return

    def stop(self) -> None:
        return


def arm(plan: dict[str, Any]) -> None:
    """plan: step; targets, ids of deliveries; note, the file where the death is written down."""
    targets = set(plan["targets"])
    death = Death(plan["step"], targets, plan["note"])
    _only(targets)
    if plan["step"] != "taken_over":
        run._tend = _Nobody
    _WRAPS[plan["step"]](death)


class Death:
    """`meet(keys)` does not return if one of them is a target."""

    def __init__(self, step: str, targets: Collection[str], note: str) -> None:
        self._step = step
        self._targets = targets
        self._note = note

    def meet(self, keys: Iterable[Any]) -> None:
        met = sorted(self._targets & {str(key) for key in keys})
        if not met:
            return
        line = json.dumps({"step": self._step, "deliveries": met}) + "\n"
        file = os.open(self._note, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.write(file, line.encode())
        os.kill(os.getpid(), signal.SIGKILL)


def _only(targets: Collection[str]) -> None:
    """What is not a target is left to others."""
    due, lease = claims._due, deliver.lease_looks

    def own_due(*args: Any, **kwargs: Any) -> Sequence[Any]:
        return [row for row in due(*args, **kwargs) if str(row.pk) in targets]

    def own_looks(**kwargs: Any) -> Sequence[Any]:
        return [row for row in lease(**kwargs) if str(row.pk) in targets]

    claims._due = own_due
    deliver.lease_looks = own_looks


def _after(owner: Any, name: str, death: Death, keys: Callable[..., Iterable[Any]]) -> None:
    """keys: of (what it gave, its arguments), the deliveries that it was about."""
    original = getattr(owner, name)

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        given = original(*args, **kwargs)
        death.meet(keys(given, args))
        return given

    setattr(owner, name, wrapped)


def _claimed(death: Death) -> None:
    _after(claims, "claim", death, lambda given, _args: [row.pk for row in given.taken])


def _prepared(death: Death) -> None:
    _after(claims, "keep_handle", death, lambda given, args: [args[0].pk] if given else [])


def _begun(death: Death) -> None:
    _after(claims, "begin", death, lambda given, _args: [row.pk for row in given])


def _written(death: Death) -> None:
    """The request of a commit call has left for the kernel; nobody waits for its answer."""
    http, commit = httpcore._async.http11.AsyncHTTP11Connection, calls.commit
    send = http._send_request_body

    async def committing(connector: Any, row: Any, *rest: Any) -> Any:
        _committing.set(str(row.pk))
        return await commit(connector, row, *rest)

    async def sent(self: Any, *args: Any, **kwargs: Any) -> None:
        await send(self, *args, **kwargs)
        death.meet([_committing.get()])

    calls.commit = committing
    http._send_request_body = sent


def _answered(death: Death) -> None:
    _awaited("commit", death)


def _looked(death: Death) -> None:
    _awaited("look", death)


def _verified(death: Death) -> None:
    _awaited("verify", death)


def _awaited(name: str, death: Death) -> None:
    original: Callable[..., Awaitable[Any]] = getattr(calls, name)

    async def wrapped(connector: Any, row: Any, *rest: Any) -> Any:
        given = await original(connector, row, *rest)
        death.meet([row.pk])
        return given

    setattr(calls, name, wrapped)


def _unstored(death: Death) -> None:
    settle = ledger._settle_now

    def wrapped(group: Sequence[Any], *rest: Any) -> None:
        death.meet(_commits(group))
        settle(group, *rest)

    ledger._settle_now = wrapped


def _stored(death: Death) -> None:
    _after(ledger, "_settle_now", death, lambda _given, args: _commits(args[0]))


def _commits(group: Sequence[Any]) -> list[Any]:
    return [result.delivery_id for result in group if result.step == "commit"]


def _taken_over(death: Death) -> None:
    """The rows of the dead are moved, and the transaction that moves them is not committed yet."""
    _after(claims, "_doubt", death, lambda given, _args: [row.pk for row in given])


_WRAPS: dict[str, Callable[[Death], None]] = {
    "claimed": _claimed,
    "prepared": _prepared,
    "begun": _begun,
    "written": _written,
    "answered": _answered,
    "unstored": _unstored,
    "stored": _stored,
    "looked": _looked,
    "verified": _verified,
    "taken_over": _taken_over,
}
