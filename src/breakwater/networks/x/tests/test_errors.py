"""What answers of X mean, by their type, their words, their status."""

import httpx
import pytest

from breakwater.domain.errors import NetworkError, OutcomeUnknown, Reconnect, Refused, TryLater
from breakwater.networks.x.errors import door, partly, refusal
from breakwater.networks.x.manifest import MANIFEST

PROBLEMS = "https://api.x.com/2/problems"


def _answer(status: int, /, **body: object) -> httpx.Response:
    return httpx.Response(status, json=body)


def _told(error: NetworkError) -> str:
    return error.reason if isinstance(error, Refused) else error.code


@pytest.mark.parametrize(
    ("answer", "means"),
    [
        (_answer(403, detail="You are not allowed to create a Tweet with duplicate content.",
                 type="about:blank", title="Forbidden", status=403), "duplicate"),
        (_answer(403, errors=[{"code": 187, "message": "Status is a duplicate."}]), "duplicate"),
        (_answer(403, detail="Reply to this conversation is not allowed because you have not been "
                 "mentioned or otherwise engaged by the author of the post."), "not_summoned"),
        (_answer(403, detail="This user is not allowed to post a video longer than 20 minutes."),
         "video_too_long"),
        (_answer(400, detail="One or more parameters to your request was invalid.",
                 errors=[{"message": "Your media IDs are invalid."}],
                 type=f"{PROBLEMS}/invalid-request"), "media_gone"),
        (_answer(403, detail="To protect our users from spam and other malicious activity, this "
                 "account is temporarily locked."), "account_locked"),
        (_answer(403, detail="Your account is suspended."), "account_suspended"),
        (_answer(403, detail="You are not permitted to perform this action."), "not_allowed"),
        (_answer(403, type=f"{PROBLEMS}/client-forbidden", reason="client-not-enrolled"),
         "plan_needed"),
        (_answer(402, title="CreditsDepleted", type="https://api.twitter.com/2/problems/credits"),
         "credits_gone"),
        (_answer(403, title="SpendCapReached", type="https://api.twitter.com/2/problems/credits"),
         "credits_gone"),
        (_answer(429, type=f"{PROBLEMS}/usage-capped", title="UsageCapExceeded"), "credits_gone"),
        (_answer(400, type=f"{PROBLEMS}/invalid-request", detail="text"), "not_accepted"),
        (_answer(403, type=f"{PROBLEMS}/unsupported-authentication"), "reconnect"),
        (_answer(401, title="Unauthorized", type="about:blank"), "reconnect"),
        (_answer(403, errors=[{"code": 88, "message": "Rate limit exceeded"}]), "try_later"),
        (_answer(429, title="Too Many Requests"), "try_later"),
        (_answer(404, type=f"{PROBLEMS}/resource-not-found"), "not_there"),
        (_answer(500, type=f"{PROBLEMS}/internal-error"), "outcome_unknown"),
        (_answer(503), "outcome_unknown"),
        (httpx.Response(502, text="<h1>Bad Gateway</h1>"), "outcome_unknown"),
        (httpx.Response(400, json=["odd"]), "not_accepted"),
    ],
)  # fmt: skip
def test_a_refusal_of_the_call_that_publishes(answer: httpx.Response, means: str) -> None:
    assert _told(refusal(answer)) == means


def test_a_duplicate_is_out_and_never_a_plain_no() -> None:
    answer = _answer(403, detail="You are not allowed to create a Tweet with duplicate content.")

    assert isinstance(refusal(answer), OutcomeUnknown)


@pytest.mark.parametrize("status", [500, 503])
def test_a_read_in_trouble_is_tried_later(status: int) -> None:
    assert isinstance(refusal(_answer(status, type="about:blank"), safe=True), TryLater)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (_answer(400, error="invalid_request", error_description="Value passed …"), Reconnect),
        (_answer(400, error="invalid_grant"), Reconnect),
        (_answer(401, error="unauthorized_client"), Reconnect),
        (_answer(503), TryLater),
        (_answer(429), TryLater),
    ],
)
def test_a_refusal_at_the_door(answer: httpx.Response, kind: type[NetworkError]) -> None:
    assert isinstance(door(answer), kind)


@pytest.mark.parametrize(
    ("problem", "means"),
    [
        ({"type": f"{PROBLEMS}/resource-not-found"}, "not_there"),
        ({"type": f"{PROBLEMS}/not-authorized-for-resource"}, "not_allowed"),
        ({"type": f"{PROBLEMS}/internal-error"}, "try_later"),
        ({"type": "about:blank"}, "try_later"),
    ],
)
def test_a_success_without_data_says_why(problem: dict[str, str], means: str) -> None:
    error = partly({"errors": [problem]})

    assert error is not None
    assert _told(error) == means
    assert partly({"data": {}}) is None


def test_each_reason_of_its_own_has_a_sentence_that_says_what_to_do() -> None:
    for reason, sentence in MANIFEST.reasons.items():
        assert sentence.count(".") >= 2, reason
