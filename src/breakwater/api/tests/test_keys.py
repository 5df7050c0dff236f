"""The same Idempotency-Key does nothing twice, from one caller or from twenty at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from breakwater.api.tests.conftest import ALL, Caller, make_token, member, picture, said
from breakwater.core import clock
from breakwater.domain.errors import StaleState
from breakwater.media.models import Asset
from breakwater.people.models import ApiToken, Invitation, KeptAnswer, Workspace
from breakwater.people.services import Answer, once
from breakwater.publishing.models import Post

POSTS = "/w/harbour/posts"
EBB = {"content": {"text": "Ebb."}}


def test_the_first_answer_comes_again(ann_calls: Caller) -> None:
    first = ann_calls.post(POSTS, EBB, key="one")
    again = ann_calls.post(POSTS, EBB, key="one")

    assert (first.status_code, again.status_code) == (201, 201)
    assert said(first) == said(again)
    assert not first.has_header("Idempotency-Replayed")
    assert again["Idempotency-Replayed"] == "true"
    assert Post.objects.count() == 1


def test_a_key_belongs_to_one_token(ann_calls: Caller, bob_calls: Caller) -> None:
    ann_calls.post(POSTS, EBB, key="one")

    theirs = bob_calls.post(POSTS, EBB, key="one")

    assert not theirs.has_header("Idempotency-Replayed")
    assert Post.objects.count() == 2


@pytest.mark.parametrize("path", [POSTS, "/w/harbour/posts/report"])
def test_a_key_belongs_to_one_request(ann_calls: Caller, path: str) -> None:
    ann_calls.post(POSTS, EBB, key="one")

    refused = ann_calls.post(path, {"content": {"text": "Flood."}}, key="one")

    assert (refused.status_code, said(refused)["code"]) == (422, "key_for_another")
    assert Post.objects.count() == 1


@pytest.mark.parametrize("key", ["two words", "é", "x" * 256])
def test_a_malformed_key_is_refused(ann_calls: Caller, key: str) -> None:
    refused = ann_calls.post(POSTS, EBB, key=key)

    assert (refused.status_code, said(refused)["code"]) == (422, "key_malformed")
    assert not Post.objects.exists()


def test_a_key_is_free_again_after_a_refusal(ann_calls: Caller) -> None:
    for path in (POSTS, "/w/harbour/media"):  # in one transaction, and apart
        wish = {"content": {"zone": "Mars/Olympus"}}
        refused = (
            ann_calls.post(path, wish, key="one")
            if path == POSTS
            else ann_calls.upload(path, b"no picture", key="one")
        )
        assert refused.status_code == 422

    assert not KeptAnswer.objects.exists()
    assert ann_calls.post(POSTS, EBB, key="one").status_code == 201


def test_a_request_that_is_still_worked_on_is_not_begun_again(
    desk: Workspace, ann_calls: Caller
) -> None:
    ann_calls.post(POSTS, EBB, key="one")
    KeptAnswer.objects.update(status=None)

    refused = ann_calls.post(POSTS, EBB, key="one")

    assert (refused.status_code, said(refused)["code"]) == (409, "key_in_use")
    assert Post.objects.count() == 1


def test_a_deed_that_broke_off_is_not_repeated(desk: Workspace) -> None:
    make_token(member(desk, "ann"), desk)
    token = ApiToken.objects.get()

    def broken() -> Answer:
        raise RuntimeError("the power failed")

    def asked() -> Answer:
        return once(
            broken, token_id=token.pk, key="one", request_hash="a", now=clock.now(), apart=True
        )

    with pytest.raises(RuntimeError):
        asked()
    with pytest.raises(StaleState, match="key_in_use"):
        asked()


def test_a_day_later_the_key_is_new(ann_calls: Caller) -> None:
    ann_calls.post(POSTS, EBB, key="one")
    ann_calls.post(POSTS, EBB, key="two")
    KeptAnswer.objects.update(created_at=clock.now() - timedelta(hours=24))

    again = ann_calls.post(POSTS, EBB, key="one")

    assert not again.has_header("Idempotency-Replayed")
    assert Post.objects.count() == 3
    assert list(KeptAnswer.objects.values_list("key", flat=True)) == ["one"]


def test_an_upload_is_known_again_by_its_bytes(ann_calls: Caller) -> None:
    first = ann_calls.upload("/w/harbour/media", picture("navy"), key="one")
    again = ann_calls.upload("/w/harbour/media", picture("navy"), key="one")
    other = ann_calls.upload("/w/harbour/media", picture("red"), key="one")

    assert said(first) == said(again)
    assert again["Idempotency-Replayed"] == "true"
    assert (other.status_code, said(other)["code"]) == (422, "key_for_another")
    assert Asset.objects.count() == 1


def test_the_link_of_an_invitation_is_kept_nowhere(ann_calls: Caller) -> None:
    wish = {"email": "kim@example.test", "role": "viewer"}

    first = said(ann_calls.post("/w/harbour/invitations", wish, key="one"))
    again = said(ann_calls.post("/w/harbour/invitations", wish, key="one"))
    listed = ann_calls.get("/w/harbour/invitations").content.decode()

    token = first["link"].rstrip("/").rsplit("/", 1)[-1]
    assert len(token) == 43
    assert (again["id"], again["link"]) == (first["id"], None)
    assert token not in listed
    assert token not in str(KeptAnswer.objects.get().body)
    assert Invitation.objects.count() == 1


@pytest.fixture
def racers(transactional_db: None, desk: Workspace) -> list[Caller]:
    """Twenty callers with one token."""
    token = make_token(member(desk, "ann"), desk, ALL)
    return [Caller(token) for _ in range(20)]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_make_one_post(racers: list[Caller]) -> None:
    def ask(caller: Caller) -> tuple[int, str, bool]:
        try:
            answer = caller.post(POSTS, EBB, key="one")
            replayed = answer.has_header("Idempotency-Replayed")
            return answer.status_code, said(answer)["id"], replayed
        finally:
            connection.close()

    with ThreadPoolExecutor(len(racers)) as pool:
        answers = list(pool.map(ask, racers))

    assert Post.objects.count() == 1
    assert {(status, key) for status, key, _ in answers} == {(201, str(Post.objects.get().pk))}
    assert sum(not replayed for _, _, replayed in answers) == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_twenty_uploads_at_once_are_one_or_wait(racers: list[Caller]) -> None:
    def ask(caller: Caller) -> tuple[int, str]:
        try:
            answer = caller.upload("/w/harbour/media", picture(), key="one")
            return answer.status_code, said(answer).get("code", "")
        finally:
            connection.close()

    with ThreadPoolExecutor(len(racers)) as pool:
        answers = set(pool.map(ask, racers))

    assert (201, "") in answers
    assert answers <= {(201, ""), (409, "key_in_use")}
    assert Asset.objects.count() == 1
