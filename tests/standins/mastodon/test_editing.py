"""Videos in pieces, covers and focus; edits that leave media as they are."""

import pytest

from breakwater.domain.errors import OutcomeUnknown, Refused
from breakwater.networks.mastodon.manifest import MANIFEST
from tests.standins.mastodon import MastodonStandin
from tests.standins.mastodon.calling import JPEG, MP4, PICTURE, VIDEO, in_process, parcel
from tests.standins.mastodon.state import STATUSES


def test_a_video_goes_up_in_pieces_with_its_cover(mastodon_in_process: MastodonStandin) -> None:
    standin, calling = mastodon_in_process, in_process(mastodon_in_process)

    remote_id = calling.publish(parcel(media=(VIDEO,)))

    [media] = standin.statuses[0].media
    assert (media.data, media.mime, media.cover) == (MP4, "video/mp4", JPEG)
    assert (media.description, media.focus) == ("The quay at dawn", "0.0,-0.5")
    [call] = standin.calls("POST", "/api/v2/media")
    assert int(call.headers["content-length"]) == len(call.body)
    assert "transfer-encoding" not in call.headers
    seen = calling.run(lambda c: c.read(remote_id))
    assert seen is not None
    assert [one.alt for one in seen.media] == ["The quay at dawn"]


@pytest.mark.parametrize(
    ("media", "form"),
    [
        ((), "text"),
        ((PICTURE,) * 4, "pictures"),
        ((VIDEO,), "video"),
        ((PICTURE,) * 5, None),
        ((VIDEO, PICTURE), None),
    ],
)
def test_forms(media: tuple[object, ...], form: str | None) -> None:
    found = MANIFEST.form_of(media)  # type: ignore[arg-type]

    assert (found.name if found else None) == form


def test_an_edit_changes_words_and_keeps_pictures(mastodon_in_process: MastodonStandin) -> None:
    standin, calling = mastodon_in_process, in_process(mastodon_in_process)
    remote_id = calling.publish(parcel("Mussles", media=(PICTURE,), options={"warning": "Food"}))
    [before] = standin.statuses[0].media
    what = parcel("Mussels", media=(type(PICTURE)(**{**vars(PICTURE), "alt": "A darker dot"}),))

    edited = calling.run(lambda c: c.edit(remote_id, what))
    again = calling.run(lambda c: c.edit(remote_id, what))

    [post] = standin.statuses
    assert edited.remote_id == again.remote_id == remote_id
    assert (post.text, post.warning, post.edits[0]) == ("Mussels", "", "Mussles")
    assert post.media == (before,)
    assert before.description == "A darker dot"


def test_an_edited_answer_still_names_whom_it_answers(
    mastodon_in_process: MastodonStandin,
) -> None:
    standin, calling = mastodon_in_process, in_process(mastodon_in_process)
    asked = standin.post("bob", "@harbour until when?")
    remote_id = calling.publish(parcel("Until ten.", reply_to=asked.id))

    calling.run(lambda c: c.edit(remote_id, parcel("Until eleven.", reply_to=asked.id)))

    assert standin.statuses[-1].text == "@bob Until eleven."


def test_media_are_not_exchanged_by_an_edit(mastodon_in_process: MastodonStandin) -> None:
    standin, calling = mastodon_in_process, in_process(mastodon_in_process)
    remote_id = calling.publish(parcel("Mussels", media=(PICTURE,)))

    with pytest.raises(Refused) as caught:
        calling.run(lambda c: c.edit(remote_id, parcel("Mussels!")))

    assert caught.value.reason == "media_stays"
    assert standin.calls("PUT", f"{STATUSES}/{remote_id}") == []


@pytest.mark.parametrize("lie", ["lost", "page", "no id"])
def test_an_edit_that_is_not_told_is_unknown(
    mastodon_in_process: MastodonStandin, lie: str
) -> None:
    standin, calling = mastodon_in_process, in_process(mastodon_in_process)
    remote_id, path = calling.publish(parcel("Mussles")), STATUSES
    if lie == "lost":
        standin.fail_next(503, accepted=True, method="PUT", path=path)
    elif lie == "page":
        standin.html_200(method="PUT", path=path)
    else:
        standin.fail_next(200, accepted=True, method="PUT", path=path)

    with pytest.raises(OutcomeUnknown):
        calling.run(lambda c: c.edit(remote_id, parcel("Mussels")))

    assert standin.statuses[0].text == "Mussels"
