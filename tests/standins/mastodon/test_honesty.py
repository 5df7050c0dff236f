"""The stand-in is held against the description and against a real one's recorded answers."""

import httpx
import pytest

from breakwater.domain.errors import NetworkError
from breakwater.networks.base import Account
from tests.standins.base.exchange import Request, as_json
from tests.standins.mastodon import MastodonStandin, api, entities, shapes
from tests.standins.mastodon.calling import PICTURE, PNG, Calling, parcel
from tests.standins.mastodon.described import description, operation, violations
from tests.standins.mastodon.recorded import ORIGIN, names, recorded
from tests.standins.mastodon.shape import differences
from tests.standins.mastodon.state import App, Media, Report

OURS = [
    name
    for name in names()
    if operation(recorded(name)["request"]["method"], recorded(name)["request"]["path"])
    and not isinstance(recorded(name)["response"]["body"], str)
]
"""All but the stream, which is no JSON."""
APP = App("i", "s", "Breakwater", ("https://us.example/back",), ("read",))


def _ours(standin: MastodonStandin) -> dict[str, object]:
    """What the stand-in gives, by the name of the recorded answer."""
    state, origin = standin.state, standin.origin
    person = standin.person("harbour")
    post = standin.post("harbour", "Toot!")
    status = shapes.status(post, origin, state)
    standin.post("bob", "@harbour hello")
    standin.post("bob", "@harbour psst", visibility="direct")
    post_of = standin.state.notifications[0]
    report = Report("1", person.id, person.id, (post.id,), "spam", "spam", False)
    return {
        "notifications": [entities.notification(post_of, origin, state)],
        "conversations": [entities.conversation("7", person, [post], origin, state)],
        "relationships": [entities.relationship(person, person, state)],
        "mute": entities.relationship(person, person, state),
        "report": entities.report(report, origin, state),
        "favourite": status,
        "status_edited": status,
        "verify_credentials": shapes.credential_account(person, origin, state),
        "instance_v1": shapes.instance("v1", origin),
        "instance_v2": shapes.instance("v2", origin),
        "app_create": shapes.application(APP, "1"),
        "status_post": status,
        "status_with_warning": status,
        "status_delete": shapes.deleted_status(post, origin, state),
        "account_statuses": [status],
        "context": {"ancestors": [], "descendants": []},
        "status_missing": {"error": "Record not found"},
        "status_empty": {"error": "Validation failed: Text can't be blank"},
        "unauthorized": {"error": "The access token is invalid"},
        "media_image": shapes.media(Media("1", person, PNG, "image/png", "x"), origin),
    }


@pytest.mark.parametrize("name", sorted(_ours(MastodonStandin())))
def test_its_answers_have_the_shape_of_recorded_ones(name: str) -> None:
    ours = _ours(MastodonStandin())[name]

    assert differences(ours, recorded(name)["response"]["body"]) == []


def test_a_wrong_shape_would_be_seen() -> None:
    theirs = recorded("status_post")["response"]["body"]

    assert differences({**theirs, "id": 5, "extra": 1}, theirs) == [
        "$.extra: only ours",
        "$.id: number and not str",
    ]


@pytest.mark.parametrize("name", OURS)
def test_the_recorded_answers_agree_with_the_description(name: str) -> None:
    """The fixture that we hold ourselves against is one that a real server keeps."""
    request, response = recorded(name)["request"], recorded(name)["response"]
    asked = Request(request["method"], request["path"], "", {"authorization": "Bearer t"})
    answered = as_json(response["body"], response["status"], response["headers"])

    found = violations(asked, answered, ORIGIN)

    assert [why for why in found if "reply" in why] == []


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        (Request("GET", "/api/v1/timelines/home"), "not described"),
        (Request("GET", "/api/v1/statuses/1", "fields=all"), "unknown query fields"),
        (Request("GET", "/api/v1/statuses/1/context"), "SecurityValidationError"),
        (
            Request(
                "GET", "/api/v1/accounts/1/statuses", "limit=many", {"authorization": "Bearer t"}
            ),
            "ParameterValidationError(name='limit'",
        ),
        (
            Request(
                "POST",
                "/api/v1/statuses",
                "",
                {"authorization": "Bearer t", "content-type": "application/json"},
                b'{"status": "x", "cw": "y"}',
            ),
            "'cw' was unexpected",
        ),
        (
            Request(
                "POST",
                "/api/v1/apps",
                "",
                {"content-type": "application/x-www-form-urlencoded"},
                b"client_name=x&redirect_uri=https://x.example",
            ),
            "redirect_uris",
        ),
    ],
)
def test_a_request_that_is_not_described_is_seen(request_: Request, why: str) -> None:
    found = violations(request_, as_json({"error": "no"}, 404), ORIGIN)

    assert any(why in sentence for sentence in found)


def test_an_answer_that_is_not_described_is_seen() -> None:
    asked = Request("GET", "/api/v1/statuses/1", "", {"authorization": "Bearer t"})
    body = recorded("status_post")["response"]["body"]

    assert violations(asked, as_json(body), ORIGIN) == []
    assert violations(asked, as_json({**body, "id": 5}), ORIGIN) != []
    assert violations(asked, as_json({"id": "5"}), ORIGIN) != []


def test_each_operation_that_is_kept_is_one_that_we_call() -> None:
    assert len(description()["paths"]) == 30


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("x" * 500, 500),
        ("https://example.org/" + "x" * 300, 23),
        ("@bob@far.example hi", 7),
        ("👩‍👩‍👧‍👦é", 2),
    ],
)
def test_it_counts_as_a_real_one(text: str, length: int) -> None:
    assert api.length(text) == length


def test_it_refuses_what_a_real_one_refuses(mastodon_in_process: MastodonStandin) -> None:
    standin = mastodon_in_process
    calling = _calling(standin)

    for refused in (parcel(" "), parcel("x" * 501), parcel("x", options={"visibility": "direct"})):
        with pytest.raises(NetworkError):
            calling.run(lambda c, refused=refused: c.commit(refused, {}))
    unknown = {"media": [{"sha256": PICTURE.sha256, "id": "9", "ready": True}]}
    with pytest.raises(NetworkError):
        calling.run(lambda c: c.commit(parcel(media=(PICTURE,)), unknown))

    assert standin.statuses == []


def test_a_token_opens_only_what_it_was_given_for(mastodon_in_process: MastodonStandin) -> None:
    standin = mastodon_in_process
    calling = _calling(standin, scopes=("read:accounts", "read:statuses"))

    with pytest.raises(NetworkError) as caught:
        calling.publish(parcel())

    assert caught.value.code == "reconnect"
    assert standin.statuses == []


def _calling(standin: MastodonStandin, scopes: tuple[str, ...] | None = None) -> Calling:
    secrets = standin.connected(scopes=scopes) if scopes else standin.connected()
    account = Account(standin.person("harbour").id, "@harbour@x", standin.origin, secrets)
    return Calling(account, standin.transport())


def test_the_transport_of_a_fast_test_ends_calls_as_a_socket_does() -> None:
    standin = MastodonStandin()
    standin.drop_before_accept()

    with (
        httpx.Client(transport=standin.transport()) as client,
        pytest.raises(httpx.RemoteProtocolError),
    ):
        client.post(f"{standin.origin}/api/v1/statuses", json={"status": "x"})
