"""`comments:analyze` as tools that used Perspective ask it."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings
from tests.people import make_member, make_person

from breakwater.api.tests.conftest import make_token, member
from breakwater.core import clock
from breakwater.domain.scoring.scores import Item
from breakwater.people.models import ApiToken, Membership, Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import access
from breakwater.scoring.models import SecondOpinion
from breakwater.scoring.services import score
from breakwater.scoring.services.setups import Wish, set_up

pytestmark = pytest.mark.django_db
PATH = "/api/perspective/v1alpha1/comments:analyze"
SO_SO = (
    "What a silly thing to say", "This is dumb", "Shut up already", "You are a bit of a clown",
    "Your service is garbage", "Get lost", "Not very clever, are you", "You fool", "Nonsense",
)  # fmt: skip
"""Of some of them any model is unsure."""
ALL = ("TOXICITY", "SEVERE_TOXICITY", "INSULT", "THREAT", "IDENTITY_ATTACK", "PROFANITY")


@pytest.fixture
def key(desk: Workspace) -> str:
    return make_token(member(desk, "ann"), desk, ["see"])


def _ask(question: Any, key: str = "", *, bearer: str = "") -> HttpResponse:
    client = Client(raise_request_exception=False)
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    body = question if isinstance(question, str) else json.dumps(question)
    query = f"?key={key}" if key else ""
    return client.post(PATH + query, body, content_type="application/json", headers=headers)  # type: ignore[return-value]


def _question(text: str, *names: str, **more: Any) -> dict[str, Any]:
    wanted: dict[str, Any] = {name: {} for name in names or ("TOXICITY",)}
    return {"comment": {"text": text}, "requestedAttributes": wanted, **more}


def _error(answer: HttpResponse) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer.content)["error"]
    assert found["code"] == answer.status_code
    return found


def test_a_comment_is_scored_in_their_shape(key: str) -> None:
    text = "You idiot"
    answer = _ask(
        _question(text, *ALL, languages=["en"], doNotStore=True, clientToken="c1"), key
    )  # a field that is not used here is taken, as there

    found = json.loads(answer.content)
    assert answer.status_code == 200
    assert found.keys() == {"attributeScores", "languages", "detectedLanguages", "clientToken"}
    assert (found["languages"], found["detectedLanguages"]) == (["en"], ["en"])
    assert found["attributeScores"].keys() == set(ALL)
    toxic = found["attributeScores"]["TOXICITY"]
    assert toxic["summaryScore"]["type"] == "PROBABILITY"
    assert toxic["summaryScore"]["value"] > 0.5
    assert toxic["spanScores"] == [{"begin": 0, "end": len(text), "score": toxic["summaryScore"]}]
    severe = found["attributeScores"]["SEVERE_TOXICITY"]["summaryScore"]["value"]
    assert severe < toxic["summaryScore"]["value"]


def test_the_token_may_come_as_a_bearer(key: str) -> None:
    assert _ask(_question("Good day"), bearer=key).status_code == 200


def test_spans_are_sentences(key: str) -> None:
    text = "Good day to you. You idiot! "
    answer = _ask(_question(text, spanAnnotations=True), key)

    spans = json.loads(answer.content)["attributeScores"]["TOXICITY"]["spanScores"]
    assert [text[one["begin"] : one["end"]] for one in spans] == [
        "Good day to you. ",
        "You idiot! ",
    ]
    assert spans[0]["score"]["value"] < spans[1]["score"]["value"]


def test_only_what_reaches_its_threshold_is_told(key: str) -> None:
    question = _question("Good day")
    question["requestedAttributes"]["TOXICITY"] = {"scoreThreshold": 0.99}

    assert json.loads(_ask(question, key).content)["attributeScores"] == {}


def test_a_language_that_is_not_scored_is_refused_as_there(key: str) -> None:
    answer = _ask(_question("hola, ¿dónde está mi pedido? Lo espero desde hace tres semanas"), key)

    error = _error(answer)
    assert error["message"] == "Attribute TOXICITY does not support request languages: es"
    assert error["status"] == "INVALID_ARGUMENT"
    assert error["details"] == [
        {
            "@type": "type.googleapis.com/google.commentanalyzer.v1alpha1.Error",
            "errorType": "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
            "languageNotSupportedByAttributeError": {
                "detectedLanguages": ["es"],
                "attribute": "TOXICITY",
            },
        }
    ]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("{", "The request was not understood."),
        ("", "Invalid value at 'body'."),
        ([], "Invalid value at 'body'."),
        ({"comment": {"text": "a"}}, "Invalid value at 'requestedAttributes'."),
        ({"requestedAttributes": {"TOXICITY": {}}}, "Invalid value at 'comment'."),
        (_question("a", "FLIRTATION"), "Unknown requested attribute: FLIRTATION"),
        (_question(" "), "Comment must be non-empty."),
        (_question("é" * 10_241), "Comment text too long."),
        (_question("a" * 200_000), "The request was not understood."),
        ({**_question("a"), "comment": {"text": "a", "type": "HTML"}},
         "Only comments of the type PLAIN_TEXT are scored."),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_in_their_shape(
    key: str, question: Any, said: str
) -> None:
    error = _error(_ask(question, key))

    assert (error["code"], error["message"]) == (400, said)


@pytest.mark.parametrize("body", ["{", '{"comment": {"text": "\\ud800"}}', "[" * 50_000, "NaN"])
@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data", "text/plain"])
def test_a_body_is_read_strictly_whatever_kind_it_says_it_is(
    key: str, body: str, kind: str
) -> None:
    client = Client(raise_request_exception=False)

    error = _error(client.post(f"{PATH}?key={key}", body, content_type=kind))  # type: ignore[arg-type]

    assert (error["code"], error["message"]) == (400, "The request was not understood.")


def test_a_comment_and_its_sentences_are_kept_nowhere_even_where_a_second_opinion_is_asked(
    desk: Workspace, key: str, settings: Settings, tmp_path: Path
) -> None:
    settings.SEALING_KEYS = tmp_path
    make_member(desk, mia := make_person("mia"), Role.MANAGER)
    values = {"address": "https://scorer.example/v1", "model": "m"}
    by = access(mia, desk.slug, Right.SEE)
    set_up(by, Wish(scorer="chat", values=values), now=clock.now())
    texts = [f"{one} {two}" for one in SO_SO for two in ("", "I say.", "as we all know", "really!")]
    score(desk, [Item(one) for one in texts], now=clock.now())
    unsure = SecondOpinion.objects.count()
    SecondOpinion.objects.all().delete()

    for text in texts:
        assert _ask(_question(text, spanAnnotations=True), key).status_code == 200

    assert unsure > 0
    assert not SecondOpinion.objects.exists()


def test_only_a_living_token_with_the_right_gets_in(desk: Workspace, settings: Settings) -> None:
    make_member(desk, kim := make_person("kim"), Role.VIEWER)
    sees, writes = make_token(kim, desk, ["see"]), make_token(kim, desk, ["write"])

    missing, wrong, scope = (_ask(_question("a"), one) for one in ("", "bw_a_b", writes))
    before = _ask(_question("a"), sees)
    Membership.objects.filter(person=kim).delete()
    removed = _ask(_question("a"), sees)
    ApiToken.objects.update(revoked_at=desk.created_at)
    revoked = _ask(_question("a"), sees)
    read = Client().get(PATH)

    codes = [one.status_code for one in (missing, wrong, scope, before, removed, revoked, read)]
    assert codes == [403, 400, 403, 200, 403, 400, 400]
    assert _error(wrong)["message"].startswith("API key not valid.")


def test_a_token_that_asks_too_often_is_told_when(key: str, settings: Settings) -> None:
    settings.API_RATE = 1
    _ask(_question("a"), key)

    answer = _ask(_question("a"), key)

    assert _error(answer)["status"] == "RESOURCE_EXHAUSTED"
    assert int(answer["Retry-After"]) <= 60
