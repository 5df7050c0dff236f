"""The whole road by the API: connect, picture, write, submit, approve, and it waits to leave."""

from breakwater.api.tests.conftest import Caller, picture, said
from breakwater.delivery.models import Delivery


def test_a_post_goes_its_whole_way(
    ann_calls: Caller, bob_calls: Caller, channel_id: str, wall: str
) -> None:
    asset = said(ann_calls.upload("/w/harbour/media", picture()))
    content = {
        "text": "Fog on the pier.",
        "language": "en",
        "media": [{"asset_id": asset["id"], "alt": "Fog"}],
        "targets": {channel_id: {}},
        "wall": wall,
        "zone": "Europe/Paris",
    }

    made = said(ann_calls.post("/w/harbour/posts", {}))
    saved = said(
        ann_calls.put(f"/w/harbour/posts/{made['id']}/draft", {"revision": 1, "content": content})
    )
    shown = said(ann_calls.post(f"/w/harbour/posts/{made['id']}/preview"))
    submitted = said(ann_calls.post(f"/w/harbour/posts/{made['id']}/submit", {}))
    waiting = said(bob_calls.get("/w/harbour/waiting"))["to_approve"]
    version = waiting[0]["version"]
    yes = {"approved": True, "digest": version["digest"]}
    decided = said(bob_calls.post(f"/w/harbour/versions/{version['id']}/decision", yes))

    assert (saved["revision"], saved["title"], saved["status"]) == (2, "Fog on the pier.", "draft")
    assert (shown["stops"], shown["digest"]) == (False, submitted["version"]["digest"])
    assert submitted["state"] == "in_review"
    assert waiting[0]["parts"][0]["payload"]["text"] == "Fog on the pier."
    assert (decided["state"], decided["status"]) == ("scheduled", "scheduled")
    assert [one["person"] for one in decided["decisions"]] == ["Bob"]
    delivery = Delivery.objects.get()
    assert delivery.state == "queued"
    row = said(ann_calls.get(f"/w/harbour/deliveries/{delivery.pk}"))
    assert (row["state"], row["attempts"], row["channel_id"]) == ("queued", [], channel_id)
    assert len(row["digest"]) == 64
    verified = said(bob_calls.get("/w/harbour/audit/verify"))
    assert verified == {"holds": True, "number": None, "what": None}


def test_the_month_and_the_list_agree(ann_calls: Caller, channel_id: str, wall: str) -> None:
    content = {"text": "Ebb.", "targets": {channel_id: {}}, "wall": wall, "zone": "Europe/Paris"}
    ann_calls.post("/w/harbour/posts", {"content": content})

    listed = said(ann_calls.get("/w/harbour/posts?status=draft&text=EBB"))
    month = said(ann_calls.get(f"/w/harbour/calendar/{int(wall[:4])}/{int(wall[5:7])}"))

    day = next(day for day in month["days"] if day["date"] == wall[:10])
    assert day["items"] == listed["items"]
    assert listed["items"][0]["wall"] == wall
    assert listed["next"] == ""


def test_pages_of_the_list_follow_each_other(ann_calls: Caller) -> None:
    ids = [said(ann_calls.post("/w/harbour/posts", {}))["id"] for _ in range(3)]

    first = said(ann_calls.get("/w/harbour/posts?limit=2"))
    second = said(ann_calls.get(f"/w/harbour/posts?limit=2&cursor={_quoted(first['next'])}"))

    assert [one["id"] for one in first["items"] + second["items"]] == ids[::-1]
    assert second["next"] == ""


def test_a_draft_that_changed_meanwhile_says_who_and_when(
    ann_calls: Caller, bob_calls: Caller
) -> None:
    post = said(ann_calls.post("/w/harbour/posts", {}))
    path = f"/w/harbour/posts/{post['id']}/draft"
    bob_calls.put(path, {"revision": 1, "content": {"text": "Bob's."}})

    refused = ann_calls.put(path, {"revision": 1, "content": {"text": "Ann's."}})

    assert refused.status_code == 409
    problem = said(refused)
    assert (problem["code"], problem["data"]["who"], problem["data"]["revision"]) == (
        "edited_elsewhere", "Bob", 2,
    )  # fmt: skip
    assert problem["data"]["when"].startswith("20")
    assert said(ann_calls.get(f"/w/harbour/posts/{post['id']}"))["content"]["text"] == "Bob's."


def test_findings_are_said_in_words(ann_calls: Caller) -> None:
    post = said(ann_calls.post("/w/harbour/posts", {}))

    refused = ann_calls.post(f"/w/harbour/posts/{post['id']}/submit", {})

    problem = said(refused)
    assert (refused.status_code, problem["code"]) == (422, "findings_stop")
    assert [(one["code"], one["message"]) for one in problem["data"]["findings"]] == [
        ("no_channel", "Choose at least one channel."),
        ("no_time", "Choose a day and a time."),
    ]


def test_nobody_approves_their_own_post_by_a_token(
    bob_calls: Caller, channel_id: str, wall: str
) -> None:
    content = {"text": "Ebb.", "targets": {channel_id: {}}, "wall": wall, "zone": "Europe/Paris"}
    post = said(bob_calls.post("/w/harbour/posts", {"content": content}))
    version = said(bob_calls.post(f"/w/harbour/posts/{post['id']}/submit", {}))["version"]

    refused = bob_calls.post(
        f"/w/harbour/versions/{version['id']}/decision",
        {"approved": True, "digest": version["digest"]},
    )

    assert (refused.status_code, said(refused)["code"]) == (403, "own_post")
    assert not Delivery.objects.exists()


def test_a_picture_comes_back_clean_and_caged(ann_calls: Caller) -> None:
    asset = said(ann_calls.upload("/w/harbour/media", picture(), name="../fog.png"))

    shown = ann_calls.get(f"/w/harbour/media/{asset['id']}/bytes")

    assert asset["file_name"] == "fog.png"
    assert (shown.status_code, shown["Content-Type"]) == (200, asset["mime"])
    assert len(shown.content) == asset["size"]
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert shown["Cache-Control"] == "no-store"


def test_notices_of_this_workspace_alone_are_read(
    ann_calls: Caller, bob_calls: Caller, channel_id: str, wall: str
) -> None:
    content = {"text": "Ebb.", "targets": {channel_id: {}}, "wall": wall, "zone": "Europe/Paris"}
    post = said(ann_calls.post("/w/harbour/posts", {"content": content}))
    ann_calls.post(f"/w/harbour/posts/{post['id']}/submit", {})

    told = said(bob_calls.get("/w/harbour/notices"))["items"]
    read = said(bob_calls.post("/w/harbour/notices/read", {"ids": None}))

    assert [(one["code"], one["read"]) for one in told] == [("asked_to_approve", False)]
    assert read == {"read": 1}


def _quoted(text: str) -> str:
    return text.replace("+", "%2B")
