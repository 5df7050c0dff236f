"""`comments:analyze` as Perspective had it, so that tools which lose it go on with another address.

Shapes as in its reference (github.com/conversationai/perspectiveapi, and the discovery document of
commentanalyzer v1alpha1, read 2026-11-28); error bodies as tools met them. The figures are ours: what
docs/scoring/README.md says of them.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from pydantic import BaseModel, Field, ValidationError

from breakwater.api.limits import TooMany, check_size, count_call
from breakwater.api.parsing import json_of
from breakwater.core import clock
from breakwater.domain.errors import BreakwaterError, Forbidden, NotFound
from breakwater.domain.scoring.scores import Head, Item
from breakwater.people.models import Workspace
from breakwater.people.roles import Right
from breakwater.people.services import bearer_access, proved_token
from breakwater.scoring.services import score
from breakwater.scoring.verdicts import Verdict

MOST_BYTES = 100_000
LONGEST = 20_480
"""Bytes of a comment, as there."""
MOST_SPANS = 100
ATTRIBUTES: dict[str, Head] = {
    "TOXICITY": Head.TOXIC,
    "SEVERE_TOXICITY": Head.TOXIC,
    "INSULT": Head.INSULT,
    "THREAT": Head.THREAT,
    "IDENTITY_ATTACK": Head.IDENTITY_HATE,
    "PROFANITY": Head.PROFANITY,
    "SEXUALLY_EXPLICIT": Head.SEXUAL,
}
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…\n]*\s*|[.!?…\n]+\s*")
_STATUS = {400: "INVALID_ARGUMENT", 403: "PERMISSION_DENIED", 429: "RESOURCE_EXHAUSTED"}
_ERROR = "type.googleapis.com/google.commentanalyzer.v1alpha1.Error"


class Comment(BaseModel):
    text: str
    type: str = "PLAIN_TEXT"


class Wanted(BaseModel):
    scoreType: str = "PROBABILITY"  # noqa: N815 - their names
    scoreThreshold: float = 0.0  # noqa: N815


class Question(BaseModel):
    """What is not named here is not used, as there: nothing is ever stored, nor handed on to be
    asked about. A second opinion that is known already counts."""

    comment: Comment
    requestedAttributes: dict[str, Wanted] = Field(min_length=1, max_length=50)  # noqa: N815
    languages: list[str] = Field(default=[], max_length=20)
    spanAnnotations: bool = False  # noqa: N815
    clientToken: str = ""  # noqa: N815


class Unanswerable(Exception):
    """What is said instead of scores. details: what their clients read besides the message."""

    def __init__(self, code: int, message: str, **details: object) -> None:
        super().__init__(message)
        self.code, self.message, self.details = code, message, details


@csrf_exempt
def analyze(request: HttpRequest) -> JsonResponse:
    """Scores of one comment. The token comes as `?key=` or as a bearer, and needs the right to see."""
    try:
        if request.method != "POST":
            raise Unanswerable(400, "Only POST is answered here.")
        workspace = _workspace(request)
        return JsonResponse(_answer(workspace, _question(request)))
    except Unanswerable as error:
        return _refused(error)
    except TooMany as error:
        refused = _refused(Unanswerable(429, "Quota exceeded for this token."))
        refused["Retry-After"] = str(error.after_s)
        return refused
    except BreakwaterError:
        return _refused(Unanswerable(400, "The request was not understood."))


def _workspace(request: HttpRequest) -> Workspace:
    """The token's own. Raises: Unanswerable; TooMany."""
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    key = bearer.strip() if scheme.lower() == "bearer" else request.GET.get("key", "")
    if not key:
        raise Unanswerable(403, "The request is missing a valid API key.")
    now = clock.now()
    try:
        token = proved_token(key, now=now)
    except Forbidden as error:
        raise Unanswerable(400, "API key not valid. Please pass a valid API key.") from error
    count_call(token.pk, now)
    try:
        return bearer_access(token, Right.SEE, now=now).workspace
    except (Forbidden, NotFound) as error:
        raise Unanswerable(403, "This API key may not score comments.") from error


def _question(request: HttpRequest) -> Question:
    """Raises: Unanswerable; TooLarge, Invalid."""
    check_size(request, MOST_BYTES)
    try:
        asked = Question.model_validate(json_of(request))
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"]) or "body"
        raise Unanswerable(400, f"Invalid value at '{where[:100]}'.") from error
    _check(asked)
    return asked


def _check(asked: Question) -> None:
    for name, wanted in asked.requestedAttributes.items():
        if name not in ATTRIBUTES:
            raise Unanswerable(400, f"Unknown requested attribute: {name[:100]}")
        if wanted.scoreType not in ("PROBABILITY", "SCORE_TYPE_UNSPECIFIED"):
            raise Unanswerable(400, f"Unknown score type: {wanted.scoreType[:100]}")
    if asked.comment.type not in ("PLAIN_TEXT", "TEXT_TYPE_UNSPECIFIED"):
        raise Unanswerable(400, "Only comments of the type PLAIN_TEXT are scored.")
    if not asked.comment.text.strip():
        raise Unanswerable(400, "Comment must be non-empty.", errorType="COMMENT_EMPTY")
    if len(asked.comment.text.encode()) > LONGEST:
        raise Unanswerable(400, "Comment text too long.", errorType="COMMENT_TOO_LONG")


def _answer(workspace: Workspace, asked: Question) -> dict[str, Any]:
    text = asked.comment.text
    hint = asked.languages[0][:2].lower() if asked.languages else ""
    places = _places(text) if asked.spanAnnotations else [(0, len(text))]
    parts = [text[begin:end] for begin, end in places] if asked.spanAnnotations else []
    items = [Item(one, hint) for one in (text, *parts)]
    whole, *found = score(workspace, items, now=clock.now(), asks=False)
    found = found or [whole]
    spoken = whole.score.language
    scores = {}
    for name, wanted in asked.requestedAttributes.items():
        value = _value(name, whole)
        if value is None:
            raise _unspoken(name, spoken)
        if value >= wanted.scoreThreshold:
            scores[name] = {
                "spanScores": _spans(name, places, found),
                "summaryScore": _score(value),
            }
    said: dict[str, Any] = {
        "attributeScores": scores,
        "languages": asked.languages or [spoken],
        "detectedLanguages": [spoken],
    }
    return {**said, "clientToken": asked.clientToken} if asked.clientToken else said


def _places(text: str) -> list[tuple[int, int]]:
    """Its sentences; the last of very many reaches to the end."""
    found = [one.span() for one in _SENTENCE.finditer(text)][:MOST_SPANS] or [(0, len(text))]
    return [*found[:-1], (found[-1][0], len(text))]


def _spans(
    name: str, places: Sequence[tuple[int, int]], found: Sequence[Verdict]
) -> list[dict[str, Any]]:
    values = [(place, _value(name, one)) for place, one in zip(places, found, strict=True)]
    return [
        {"begin": begin, "end": end, "score": _score(value)}
        for (begin, end), value in values
        if value is not None
    ]


def _value(name: str, verdict: Verdict) -> float | None:
    """None where the model has no such head in the text's language. What is severe is not a head:
    its value is that of toxic, squared, so that only what is nearly certain stays high."""
    chance = verdict.score.chances.get(ATTRIBUTES[name])
    return chance**2 if name == "SEVERE_TOXICITY" and chance is not None else chance


def _score(value: float) -> dict[str, Any]:
    return {"value": round(value, 6), "type": "PROBABILITY"}


def _unspoken(name: str, language: str) -> Unanswerable:
    inside = {"detectedLanguages": [language], "attribute": name}
    return Unanswerable(
        400,
        f"Attribute {name} does not support request languages: {language}",
        errorType="LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
        languageNotSupportedByAttributeError=inside,
    )


def _refused(error: Unanswerable) -> JsonResponse:
    said: dict[str, Any] = {
        "code": error.code,
        "message": error.message,
        "status": _STATUS[error.code],
    }
    if error.details:
        details: Mapping[str, object] = {"@type": _ERROR, **error.details}
        said["details"] = [details]
    return JsonResponse({"error": said}, status=error.code)
