"""The control calls: what drills, pages and tests do to the harbour, and what is true there."""

from collections.abc import Callable
from typing import Any

from breakwater.networks.base import Fault
from breakwater.networks.sandbox.asked import Asked, Handler
from breakwater.networks.sandbox.chances import chances_of
from breakwater.networks.sandbox.faults import Refusal
from breakwater.networks.sandbox.harbour import Happened, Harbour
from breakwater.networks.sandbox.posts import Done


def _control(deed: Callable[[Harbour, str, Asked], Any]) -> Handler:
    """Control calls meet no faults and take dead tokens too, or nobody could mend things."""

    def handler(harbour: Harbour, asked: Asked) -> Happened:
        return Happened(Done(content=deed(harbour, harbour.owner(asked.token), asked)))

    return handler


def _faults(harbour: Harbour, account: str, asked: Asked) -> Any:
    del asked
    return [
        {"kind": f.kind, "call": f.call, "sticky": f.sticky, "detail": dict(f.detail)}
        for f in harbour.faults(account)
    ]


def _plan(harbour: Harbour, account: str, asked: Asked) -> Any:
    wish = asked.json()
    detail = wish.get("detail", {})
    if not isinstance(detail, dict):
        raise Refusal(422, "bad_detail")
    harbour.plan(
        account,
        Fault(
            str(wish.get("kind", "")),
            str(wish.get("call", "")),
            bool(wish.get("sticky", False)),
            {str(name): str(value) for name, value in detail.items()},
        ),
    )
    return {}


def _clear(harbour: Harbour, account: str, asked: Asked) -> Any:
    del asked
    harbour.clear(account)
    return {}


def _take_chances(harbour: Harbour, account: str, asked: Asked) -> Any:
    del account
    harbour.take_chances(chances_of(asked.json()))
    return {}


def _leave_chances(harbour: Harbour, account: str, asked: Asked) -> Any:
    del account, asked
    harbour.take_chances(None)
    return {}


def _say(harbour: Harbour, account: str, asked: Asked) -> Any:
    wish = asked.json()
    author = str(wish.get("author", ""))
    return harbour.say(account, str(wish.get("id", "")), str(wish.get("text", "")), author)


def _arrive(harbour: Harbour, account: str, asked: Asked) -> Any:
    return harbour.arrive(account, **asked.json())


def _staged(what: str) -> Handler:
    def deed(harbour: Harbour, account: str, asked: Asked) -> Any:
        return harbour.staged(account, what, **asked.json())

    return _control(deed)


def _play(harbour: Harbour, account: str, asked: Asked) -> Any:
    return harbour.play(account, str(asked.json().get("scene", "")))


def _push(harbour: Harbour, account: str, asked: Asked) -> Any:
    del asked
    return harbour.push(account)


def _as_class(harbour: Harbour, account: str, asked: Asked) -> Any:
    wish = asked.json()
    return harbour.as_class(account, str(wish.pop("class", "")), **wish)


def _truth(harbour: Harbour, account: str, asked: Asked) -> Any:
    del asked
    return list(harbour.posts(account))


def _calls(harbour: Harbour, account: str, asked: Asked) -> Any:
    del asked
    return [
        {"call": c.call, "what": c.what, "fault": c.fault, "at": c.at.isoformat()}
        for c in harbour.calls(account)
    ]


CONTROLS: tuple[tuple[str, str, Handler], ...] = (
    ("GET", r"/control/faults", _control(_faults)),
    ("POST", r"/control/faults", _control(_plan)),
    ("DELETE", r"/control/faults", _control(_clear)),
    ("PUT", r"/control/chances", _control(_take_chances)),
    ("DELETE", r"/control/chances", _control(_leave_chances)),
    ("POST", r"/control/comments", _control(_say)),
    ("POST", r"/control/arrivals", _control(_arrive)),
    ("POST", r"/control/scenes", _control(_play)),
    ("POST", r"/control/pushes", _control(_push)),
    ("PUT", r"/control/class", _control(_as_class)),
    ("POST", r"/control/intrusions", _staged("intrude")),
    ("POST", r"/control/tampering", _staged("tamper")),
    ("POST", r"/control/vanishing", _staged("vanish")),
    ("PUT", r"/control/profile", _staged("set_profile")),
    ("PUT", r"/control/followers", _staged("set_followers")),
    ("GET", r"/control/posts", _control(_truth)),
    ("GET", r"/control/calls", _control(_calls)),
)
