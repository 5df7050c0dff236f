"""The error tree. Each error has a stable `code` and data; `str(e)` is for logs.

    BreakwaterError
    ├── Problem                 a person can mend it: shown in the reader's language
    │   ├── NotFound            none, or not yours (said alike)
    │   ├── Forbidden           yours to see, not to do
    │   ├── Invalid             bad input; `field` says where
    │   ├── StaleState          somebody else was first
    │   └── IllegalMove         the state graph has no such move
    ├── NetworkError            what a network (or the way to it) answered
    │   ├── TryLater            definite: nothing was done; again after `after_s`
    │   ├── Reconnect           definite: the credential no longer opens the door
    │   ├── Refused             definite: the network said no, `reason` says why
    │   ├── Unsupported         this network has no such thing
    │   └── OutcomeUnknown      it may or may not have happened
    ├── EgressRefused           our own guard closed the door before a byte left
    ├── SealBroken              a sealed value is not what we sealed here, or its key is gone
    └── Misconfigured           the start stops; `mend` says what to do

A sixth NetworkError needs an ADR. Sentences for codes: core/messages.py.
"""


class BreakwaterError(Exception):
    """Root. `data` holds plain values that the translated sentence names."""

    code = "error"

    def __init__(self, **data: object) -> None:
        self.data = data
        if isinstance(code := data.get("code"), str):
            self.code = code
        super().__init__(self.code, data)

    def __str__(self) -> str:
        details = ", ".join(f"{k}={v!r}" for k, v in self.data.items() if k != "code")
        return f"{self.code}({details})"


class Problem(BreakwaterError):
    """A person can mend it."""

    code = "problem"


class NotFound(Problem):
    code = "not_found"


class Forbidden(Problem):
    code = "forbidden"


class Invalid(Problem):
    """Bad input. `code=` names the sentence, `field=` the input it belongs to."""

    code = "invalid"

    @property
    def field(self) -> str | None:
        value = self.data.get("field")
        return value if isinstance(value, str) else None


class StaleState(Problem):
    """The row is no longer what the caller saw; nothing was written."""

    code = "stale_state"


class IllegalMove(Problem):
    code = "illegal_move"


class NetworkError(BreakwaterError):
    """What a network answered. `detail` is the network's own word, for the attempt row."""

    code = "network_error"

    def __init__(self, detail: str = "", **data: object) -> None:
        self.detail = detail
        super().__init__(**data)


class TryLater(NetworkError):
    """Nothing was done and it is safe to ask again. `after_s`: the network's own wish, or None.

    `throttled` tells a 429 (the network counts our calls) from a door that did not open;
    `whole_app`: it counts the calls of this installation, not those of one account.
    code="not_ready": the network is well, and what was prepared is not finished yet.
    """

    code = "try_later"

    def __init__(
        self,
        detail: str = "",
        *,
        after_s: float | None = None,
        throttled: bool = False,
        whole_app: bool = False,
        code: str = "try_later",
    ) -> None:
        self.after_s = after_s
        self.throttled = throttled
        self.whole_app = whole_app
        super().__init__(detail, after_s=after_s, throttled=throttled, code=code)


class Reconnect(NetworkError):
    code = "reconnect"


class Refused(NetworkError):
    """The network said no. `reason` is one of our codes (core/messages.py has the sentences)."""

    code = "refused"

    def __init__(self, reason: str, detail: str = "", **data: object) -> None:
        self.reason = reason
        super().__init__(detail, **data, reason=reason)


class Unsupported(NetworkError):
    code = "unsupported"


class OutcomeUnknown(NetworkError):
    """It may have happened. Never answered by sending again without looking.

    code="duplicate": the network says that it has this already; remote_id: which one it names. A
    Refused("duplicate") may say so, too.
    """

    code = "outcome_unknown"


class EgressRefused(BreakwaterError):
    """The address is not one that this installation may call; no connection was made."""

    code = "egress_refused"


class SealBroken(BreakwaterError):
    """A sealed value was altered, moved to another row, or its key is no longer there."""

    code = "seal_broken"


class Misconfigured(BreakwaterError):
    """The start stops. `mend` is the sentence that says what to do."""

    code = "misconfigured"

    def __init__(self, name: str, mend: str) -> None:
        self.mend = mend
        super().__init__(name=name, mend=mend)
