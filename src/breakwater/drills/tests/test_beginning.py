"""A drill is begun: in a workspace of its own, with chosen people, and no real account near it."""

from datetime import datetime
from typing import Any

import pytest
from tests.people import make_person

from breakwater.channels.models import Channel
from breakwater.channels.services import connect_with_fields, start_oauth
from breakwater.domain.errors import BreakwaterError, Forbidden, Invalid, Problem
from breakwater.drills.models import Beat, Drill
from breakwater.drills.services import Wish, begin
from breakwater.notices.models import Notice
from breakwater.people.models import Membership, Person, Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, access


def wish(**changes: object) -> Wish:
    values: dict[str, object] = {
        "scenario": "hijack", "language": "en", "speed": 60, "people": {}, **changes,
    }  # fmt: skip
    return Wish(**values)  # type: ignore[arg-type]


def test_a_drill_is_played_in_a_workspace_of_its_own(
    by_mia: Access, ann: Person, today: datetime
) -> None:
    drill = begin(by_mia, wish(people={ann.pk: "approver"}), now=today)

    own = drill.workspace
    assert (own.name, own.drill, drill.home) == ("Drill: Embergrove Grill", True, by_mia.workspace)
    members = Membership.objects.filter(workspace=own).values_list("person__name", "role")
    assert sorted(members) == [("Ann", "approver"), ("Mia", "owner")]
    assert (drill.state, drill.began_at, drill.policy) == ("preparing", None, "one")
    assert drill.beats.filter(what="post").count() == 55
    assert not Channel.objects.exists()


def test_its_name_and_its_words_are_in_its_language(by_mia: Access, today: datetime) -> None:
    drill = begin(by_mia, wish(language="fr"), now=today)

    assert drill.workspace.name == "Exercice : La Braise du Bosquet"
    assert drill.beats.get(what="profile").data["text"] == "La Cantine du Macareux"


def test_those_who_take_part_are_told_that_it_is_one(
    by_mia: Access, ann: Person, bob: Person, today: datetime
) -> None:
    drill = begin(by_mia, wish(people={ann.pk: "author"}), now=today)

    told = Notice.objects.get()
    assert (told.person, told.code) == (ann, "drill_begins")
    assert told.path == f"/w/{drill.workspace.slug}/drills/{drill.pk}/"


def test_whoever_practises_alone_needs_nobody_s_yes(by_mia: Access, today: datetime) -> None:
    assert begin(by_mia, wish(), now=today).policy == "none"


def test_an_author_begins_none(ann: Person, harbour_workspace: Workspace, today: datetime) -> None:
    by = access(ann, harbour_workspace.slug, Right.SEE)

    with pytest.raises(Forbidden):
        begin(by, wish(), now=today)

    assert (Drill.objects.count(), Workspace.objects.count()) == (0, 1)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"scenario": "flood"}, "drill_scenario"),
        ({"speed": 0}, "drill_speed"),
        ({"speed": 61}, "drill_speed"),
        ({"language": "de"}, "unknown_language"),
    ],
)
def test_what_cannot_be_played_is_refused(
    changes: dict[str, object], code: str, by_mia: Access, today: datetime
) -> None:
    with pytest.raises(Invalid) as refused:
        begin(by_mia, wish(**changes), now=today)

    assert refused.value.code == code
    assert (Drill.objects.count(), Beat.objects.count(), Workspace.objects.count()) == (0, 0, 1)


def test_nobody_from_outside_takes_part(by_mia: Access, mia: Person, today: datetime) -> None:
    eve = make_person("eve")

    for person in (eve, mia):
        with pytest.raises(Invalid) as refused:
            begin(by_mia, wish(people={person.pk: "author"}), now=today)
        assert refused.value.code == "drill_people"

    assert Workspace.objects.count() == 1


def test_a_drill_holds_no_other_drill(by_mia: Access, mia: Person, today: datetime) -> None:
    drill = begin(by_mia, wish(), now=today)

    with pytest.raises(Problem) as refused:
        begin(access(mia, drill.workspace.slug, Right.INVITE), wish(), now=today)

    assert refused.value.code == "drill_within"
    assert Drill.objects.count() == 1


def test_no_real_account_is_connected_in_it(by_mia: Access, mia: Person, today: datetime) -> None:
    own = begin(by_mia, wish(), now=today).workspace
    asked: dict[str, Any] = {"workspace_id": own.pk, "by": mia.pk, "now": today}

    with pytest.raises(BreakwaterError) as by_fields:
        connect_with_fields(
            network="bluesky", origin="", fields={"identifier": "a", "password": "b"}, **asked
        )
    with pytest.raises(BreakwaterError) as by_consent:
        start_oauth(
            network="mastodon", origin="https://social.example", session_key="s",
            redirect_uri="http://localhost/channels/callback", **asked,
        )  # fmt: skip

    assert [by_fields.value.code, by_consent.value.code] == ["drill_practice"] * 2
    assert not Channel.objects.filter(workspace=own).exists()
