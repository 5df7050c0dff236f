"""What a network asks of one post: which fields, which of them now, and what was decided, in words."""

from typing import Any

import pytest

from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.people.models import Person, Workspace
from breakwater.publishing.content import FORM, TargetOf, parse
from breakwater.publishing.parts import parts_for
from breakwater.publishing.tests.conftest import make_channel
from breakwater.web.options import asked, decided
from breakwater.web.tests.drafts import draft
from breakwater.web.tests.quay import at_desk
from breakwater.web.tests.typed import TYPED, edit, form


def at(workspace: Workspace, network: str, **facts: Any) -> Channel:
    origin = f"https://{network}.example"
    return make_channel(
        workspace, f"@{network}", clock.now(), network=network, origin=origin, **facts
    )


def test_what_is_needed_comes_first_and_says_for_which_kind_of_post(
    harbour_workspace: Workspace,
) -> None:
    fields = asked(at(harbour_workspace, "youtube"), {})

    assert [one.name for one in fields[:4]] == [FORM, "title", "kids", "starts"]
    starts = fields[3]
    assert (starts.forms, starts.wanted_for) == ("live", "Live event")
    assert (fields[1].forms, fields[1].boxed) == ("", False)


def test_options_of_answers_alone_are_not_asked_of_a_post(harbour_workspace: Workspace) -> None:
    names = {one.name for one in asked(at(harbour_workspace, "facebook"), {})}

    assert "starts" in names
    assert "human_agent" not in names


def test_the_accounts_own_choices_stand_in_place_of_the_networks(
    harbour_workspace: Workspace,
) -> None:
    channel = at(
        harbour_workspace, "tiktok", choices={"privacy": [["SELF_ONLY", "Only you"]], "duet": []}
    )

    by_name = {one.name: one for one in asked(channel, {})}

    assert [value for value, _label in by_name["privacy"].choices] == ["", "SELF_ONLY"]
    assert (by_name["duet"].shut, by_name["stitch"].shut) == (True, False)


def test_what_was_decided_is_said_of_the_form_at_hand_alone(harbour_workspace: Workspace) -> None:
    channel = at(harbour_workspace, "youtube")
    options = {"title": "Low tide", "kids": "no", "notify": False, "starts": "2026-12-24T18:00"}

    said = dict(decided(channel, "video", options))
    live = dict(decided(channel, "live", options))

    assert said == {
        "Title": "Low tide", "Made for children?": "No, not made for children",
        "Tell the subscribers": "no",
    }  # fmt: skip
    assert "24 Dec 2026" in live["Starts at"]
    assert "Tell the subscribers" not in live


def test_an_instant_is_said_on_the_wall_of_the_posts_zone(harbour_workspace: Workspace) -> None:
    options = {"starts": "2026-12-24T17:00:00+00:00"}

    said = dict(decided(at(harbour_workspace, "youtube"), "live", options, "Europe/Paris"))

    assert "18:00" in said["Starts at"]


def test_what_another_form_asks_or_nobody_said_does_not_leave_with_the_post(
    harbour_workspace: Workspace,
) -> None:
    channel = at(harbour_workspace, "facebook")
    options = {"starts": "2026-12-24T18:00", "countries": "FR", "place": None, "nonsense": "1"}
    content = parse({"text": "Fog.", "targets": {str(channel.pk): {"options": options}}})

    (post,) = parts_for(channel, content, {}, clock.now())

    assert (post.payload["form"], post.payload["options"]) == ("text", {"countries": "FR"})


@pytest.mark.parametrize(("wanted", "becomes"), [("", "text"), ("live", "live")])
def test_a_save_says_which_form_the_post_has_now(
    ann: Person, harbour_workspace: Workspace, wanted: str, becomes: str
) -> None:
    channel = at(harbour_workspace, "facebook")
    post = draft(
        ann, channel, targets={channel.pk: TargetOf(None, {FORM: wanted} if wanted else {})}
    )

    typed = form(channel=str(channel.pk))
    answer = at_desk(ann).post(edit(post), typed, headers=TYPED)

    said = answer.content.decode()
    assert f'data-into="#form-{channel.pk}"' in said
    assert f'<bw-form data-form="{becomes}">' in said
