"""Writing in the browser: saved as typed, pictures, findings."""

import resource
import signal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import Settings
from tests.people import make_member

from breakwater.channels.models import Channel
from breakwater.media.models import Asset
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role
from breakwater.publishing.content import Content, MediumOf, TargetOf
from breakwater.publishing.models import Post
from breakwater.web.tests.drafts import ZONE, channel, draft, picture, png, submitted, wall
from breakwater.web.tests.quay import at_desk
from breakwater.web.tests.typed import TYPED, edit, form, saved

NEW = "/w/harbour/posts/new/"


@pytest.fixture
def quay(harbour_workspace: Workspace) -> Channel:
    return channel(harbour_workspace, "@quay")


@pytest.fixture
def pier(harbour_workspace: Workspace) -> Channel:
    return channel(harbour_workspace, "@pier")


@pytest.fixture(autouse=True)
def _own_blobs(tmp_path: Path, settings: Settings) -> None:
    settings.BLOBS = tmp_path / "blobs"


def test_a_new_post_begins_at_its_day_with_the_only_channel(ann: Person, quay: Channel) -> None:
    page = at_desk(ann).get(f"{NEW}?day=2099-03-05").content.decode()

    assert 'value="2099-03-05T09:00"' in page
    assert "Paris time, the time zone of Harbour." in page
    assert f'value="{quay.pk}" checked' in page
    assert not Post.objects.exists()


def test_what_a_new_post_lacks_is_a_hint_until_somebody_writes(ann: Person, quay: Channel) -> None:
    client = at_desk(ann)

    fresh = client.get(NEW).content.decode()
    typed = client.post(NEW, form(revision="0"), headers=TYPED).content.decode()

    hint, stop = '<li data-tone="idle">', '<li data-tone="stop">'
    assert (fresh.count(hint), fresh.count(stop)) == (2, 0)
    assert fresh.count('<span class="unseen">Still missing:</span>') == 2
    assert "Choose a day and a time." in fresh
    assert "Nothing stands in its way" not in fresh
    assert (typed.count(hint), typed.count(stop)) == (0, 2)
    assert typed.count('<span class="unseen">Has to be mended:</span>') == 2


def test_a_hint_is_none_for_who_tried_to_save_nothing(ann: Person, quay: Channel) -> None:
    client = at_desk(ann)

    tried = client.post(NEW, form(text="", wall="soon", revision="0")).content.decode()

    assert "Still missing:" not in tried
    assert '<li data-tone="stop">' in tried
    assert not Post.objects.exists()


@pytest.mark.parametrize("day", ["", "yesterday", "2026-13-40", "<b>"])
def test_a_day_that_is_none_is_left_out(ann: Person, quay: Channel, day: str) -> None:
    answer = at_desk(ann).get(NEW, {"day": day})

    assert answer.status_code == 200
    assert "T09:00" not in answer.content.decode()


def test_the_first_key_makes_the_post_and_says_where_it_lives(ann: Person, quay: Channel) -> None:
    typed = form(channel=str(quay.pk), revision="0", wall=wall())

    answer = at_desk(ann).post(NEW, typed, headers=TYPED)

    post = Post.objects.get()
    assert answer.status_code == 200
    assert answer["X-Autosave-Url"] == edit(post)
    assert answer["X-Revision"] == "1"
    assert saved(post) == Content("Fog.", "en", (), {quay.pk: TargetOf()}, wall(), ZONE)
    assert (post.author, post.edited_by) == (ann, ann)


def test_what_is_typed_is_saved_and_counted_as_the_network_counts(
    ann: Person, quay: Channel, pier: Channel
) -> None:
    post = draft(ann, quay)
    own = "🙂" * 501
    typed = form(
        channel=[str(quay.pk), str(pier.pk)],
        **{f"own-{pier.pk}": "1", f"text-{pier.pk}": own, f"text-{quay.pk}": "not ticked"},
    )

    answer = at_desk(ann).post(edit(post), typed, headers=TYPED)

    page = answer.content.decode()
    assert answer["X-Revision"] == "2"
    assert saved(post).targets == {quay.pk: TargetOf(), pier.pk: TargetOf(own)}
    assert "496 left" in page
    assert "1 too many" in page
    assert "<strong>@pier</strong> The text is 1 too long (501 of 500)." in page
    assert "Choose a day and a time." in page
    assert f'data-for="text-{pier.pk}"' in page
    assert "<form" not in page


def test_without_script_the_button_saves(ann: Person, quay: Channel) -> None:
    post = draft(ann, quay)
    client = at_desk(ann)

    answer = client.post(edit(post), form(channel=str(quay.pk), text="Sun.\r\nAnd wind."))

    assert (answer.status_code, answer["Location"]) == (303, edit(post))
    assert saved(post).text == "Sun.\nAnd wind."
    on = client.post(edit(post), form(channel=str(quay.pk), revision="2", then="check"))
    assert on["Location"] == f"/w/harbour/posts/{post.pk}/check/"


def test_what_the_form_does_not_show_stays(ann: Person, quay: Channel) -> None:
    options = {"visibility": "unlisted"}
    post = draft(ann, quay, targets={quay.pk: TargetOf(None, options)})

    at_desk(ann).post(edit(post), form(channel=str(quay.pk)))

    assert saved(post).targets[quay.pk].options == options


def test_a_gap_of_the_clocks_is_said(ann: Person, quay: Channel) -> None:
    post = draft(ann, quay)
    typed = form(channel=str(quay.pk), wall="2099-03-29T02:30")

    page = at_desk(ann).post(edit(post), typed, headers=TYPED).content.decode()

    assert "the clocks go forward" in page
    assert "does not exist in Paris time" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"wall": "tomorrow"}, "This is not a day and a time"),
        ({"text": "bell \x07"}, "characters that cannot be kept"),
        ({"zone": "Mars/Base"}, "There is no time zone"),
        ({"channel": "x"}, "is not an id"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_stays_in_the_form(
    ann: Person, quay: Channel, typed: dict[str, str], said: str
) -> None:
    post = draft(ann, quay)
    client = at_desk(ann)
    sent = form(text="My long thoughts.") | typed

    page = client.post(edit(post), sent)
    part = client.post(edit(post), sent, headers=TYPED)

    assert (page.status_code, part.status_code) == (400, 400)
    assert said in page.content.decode()
    assert said in part.content.decode()
    assert "X-Revision" not in part
    if "text" not in typed:
        assert "My long thoughts." in page.content.decode()
    assert saved(post).text == "Fog on the pier."


def test_only_a_draft_is_written_on(ann: Person, quay: Channel) -> None:
    post = submitted(ann, quay).post

    answer = at_desk(ann).get(edit(post))

    assert (answer.status_code, answer["Location"]) == (303, f"/w/harbour/posts/{post.pk}/")


def test_a_picture_is_taken_in_and_becomes_a_line(
    ann: Person, harbour_workspace: Workspace
) -> None:
    client = at_desk(ann)
    file = SimpleUploadedFile("sea.png", png(), content_type="text/html")

    answer = client.post("/w/harbour/media/", {"picture": file}, headers={"HX-Request": "true"})

    asset = Asset.objects.get()
    page = answer.content.decode()
    assert answer.status_code == 201
    assert f'data-picture="{asset.pk}"' in page
    assert f'name="alt-{asset.pk}"' in page
    assert client.get(f"/w/harbour/media/{asset.pk}/?thumb=1").status_code == 200


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG drawings are not taken"),
        (b"%PDF-1.4", "This PDF is not whole"),
        (b"GIF87b", "not a picture of a kind"),
    ],
)
def test_what_is_not_a_picture_is_refused_in_words(
    ann: Person, harbour_workspace: Workspace, data: bytes, said: str
) -> None:
    file = SimpleUploadedFile("x.png", data)

    answer = at_desk(ann).post(
        "/w/harbour/media/", {"picture": file}, headers={"HX-Request": "true"}
    )

    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert 'class="notice"' in answer.content.decode()
    assert not Asset.objects.exists()


def test_pictures_keep_their_order_and_words(
    ann: Person, harbour_workspace: Workspace, quay: Channel
) -> None:
    one, two = (picture(harbour_workspace, ann, colour).pk for colour in ("navy", "teal"))
    post = draft(ann, quay)
    client = at_desk(ann)
    lines = {"picture": [str(one), str(two)], f"alt-{one}": "Sea.", f"alt-{two}": "Sky."}

    client.post(edit(post), form(channel=str(quay.pk), **lines))
    assert saved(post).media == (MediumOf(one, "Sea."), MediumOf(two, "Sky."))

    client.post(edit(post), form(channel=str(quay.pk), revision="2", down="0", **lines))
    assert saved(post).media == (MediumOf(two, "Sky."), MediumOf(one, "Sea."))

    client.post(edit(post), form(channel=str(quay.pk), revision="3", remove="0", **lines))
    assert saved(post).media == (MediumOf(two, "Sky."),)


def test_without_script_files_come_with_the_form(ann: Person, quay: Channel) -> None:
    post = draft(ann, quay)
    files = [SimpleUploadedFile("a.png", png("navy")), SimpleUploadedFile("b.png", png("teal"))]

    answer = at_desk(ann).post(edit(post), form(channel=str(quay.pk), files=files))

    assert answer.status_code == 303
    names = [Asset.objects.get(pk=one.asset_id).file_name for one in saved(post).media]
    assert names == ["a.png", "b.png"]


def test_a_picture_without_words_is_warned_of(
    ann: Person, harbour_workspace: Workspace, quay: Channel
) -> None:
    asset = picture(harbour_workspace, ann)
    post = draft(ann, quay, media=(MediumOf(asset.pk),))

    page = at_desk(ann).get(edit(post)).content.decode()

    assert "Picture 1 has no description" in page
    assert "no description" in page


def test_a_full_disk_is_a_sentence(ann: Person, harbour_workspace: Workspace) -> None:
    client = at_desk(ann)
    noise = Image.effect_noise((64, 64), 90)
    data = BytesIO()
    noise.save(data, "PNG")
    file = SimpleUploadedFile("noise.png", data.getvalue())
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    told = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        answer = client.post("/w/harbour/media/", {"picture": file}, headers=TYPED)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, told)

    assert answer.status_code == 400
    assert "The disk of the server is full, so nothing was stored." in answer.content.decode()
    assert not Asset.objects.exists()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("role", Role.values)
def test_it_is_shown_to_those_who_write(
    harbour_workspace: Workspace, ann: Person, eve: Person, quay: Channel, role: str, language: str
) -> None:
    make_member(harbour_workspace, eve, role)
    Person.objects.filter(pk=eve.pk).update(language=language)
    post = draft(ann, quay)
    eve.refresh_from_db()

    answers = [at_desk(eve).get(path) for path in (NEW, edit(post))]

    expected = 403 if role == Role.VIEWER else 200
    assert [answer.status_code for answer in answers] == [expected] * 2
    assert all(f'<html lang="{language}"' in answer.content.decode() for answer in answers)


def test_nothing_is_saved_without_the_token(ann: Person, quay: Channel) -> None:
    post = draft(ann, quay)
    client = Client(enforce_csrf_checks=True)
    client.force_login(ann)

    answer = client.post(edit(post), form(text="forged"), headers=TYPED)

    assert answer.status_code == 403
    assert saved(post).text == "Fog on the pier."


def test_another_workspaces_post_is_not_found(
    eve: Person, other_workspace: Workspace, ann: Person, quay: Channel
) -> None:
    post = draft(ann, quay)

    answer = at_desk(eve).post(f"/w/elsewhere/posts/{post.pk}/edit/", form(text="theirs"))

    assert answer.status_code == 404
    assert saved(post).text == "Fog on the pier."


def test_an_edit_needs_few_queries(
    ann: Person, quay: Channel, pier: Channel, django_assert_max_num_queries: Any
) -> None:
    post = draft(ann, quay, pier)
    client = at_desk(ann)

    with django_assert_max_num_queries(11):
        client.get(edit(post))
