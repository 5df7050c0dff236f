"""Beginning a drill: a workspace of its own, its people, and all that is to happen in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from breakwater.audit.services import Fact, record
from breakwater.domain.errors import Invalid, Problem
from breakwater.drills.lifecycle import BEAT, DRILL
from breakwater.drills.models import Beat, Drill
from breakwater.drills.script import CHANNELS, Scenario, said, scenario
from breakwater.notices.services import tell
from breakwater.people import checks
from breakwater.people.models import Membership, Policy, Workspace
from breakwater.people.roles import RIGHTS, Right
from breakwater.people.selectors import Access, members
from breakwater.people.services import add_member
from breakwater.people.services.workspaces import found

SLOWEST, FASTEST = 1, 60


@dataclass(frozen=True)
class Wish:
    """people: person id -> role in the drill; whoever begins it owns it and is not named.

    speed: seconds of the scenario in one real second, 1 to 60.
    """

    scenario: str
    language: str
    speed: int
    people: Mapping[UUID, str]


def begin(by: Access, wish: Wish, *, now: datetime) -> Drill:
    """A drill that is being prepared, in a workspace of its own; those who take part are told.

    Nothing of the workspace it is begun from takes part but its people. Raises: Forbidden;
    Invalid ("drill_scenario", "unknown_language", "drill_speed", "drill_people", "unknown_role");
    Problem("drill_within") inside a drill.
    """
    checks.may(by, Right.INVITE)
    if by.workspace.drill:
        raise Problem(code="drill_within")
    script = scenario(wish.scenario)
    language = checks.language(wish.language)
    if not SLOWEST <= wish.speed <= FASTEST:
        raise Invalid(code="drill_speed", field="speed", most=FASTEST)
    chosen = _chosen(by, wish.people)
    with transaction.atomic():
        own = _found(by, said(script.brand, language), language, now)
        for member in chosen:
            role = wish.people[member.person_id]
            add_member(own, member.person, role, by=by.person.pk, now=now)
        drill = Drill.objects.create(
            workspace=own, home=by.workspace, scenario=script.slug, language=language,
            speed=wish.speed, policy=_policy(by.workspace, wish.people), by=by.person,
            state=DRILL.initial, state_at=now, created_at=now,
        )  # fmt: skip
        Beat.objects.bulk_create(_beats(drill, script, now))
        data = {"drill": str(drill.pk), "scenario": script.slug, "speed": wish.speed}
        facts = [Fact(one, "drill.begun", "drill", drill.pk, data) for one in _both(drill)]
        record(facts, by=by.person.pk, now=now)
        _tell(by, drill, chosen, now)
    return drill


def _chosen(by: Access, people: Mapping[UUID, str]) -> list[Membership]:
    """Those named, who are members where the drill is begun from."""
    for role in people.values():
        checks.role(role)
    known = {one.person_id: one for one in members(by.workspace.pk) if one.person.is_active}
    if by.person.pk in people or any(one not in known for one in people):
        raise Invalid(code="drill_people", field="people")
    return [known[one] for one in people]


def _found(by: Access, brand: str, language: str, now: datetime) -> Workspace:
    """Nobody approves yet: what the brand has posted and planned is written for it."""
    with translation.override(language):
        name = _("Drill: %(brand)s") % {"brand": brand}
    return found(
        name=name, zone=by.workspace.zone, language=language, policy=Policy.NONE,
        owner=by.person, now=now, drill=True,
    )  # fmt: skip


def _policy(home: Workspace, people: Mapping[UUID, str]) -> str:
    """As at home, where somebody besides the owner could say yes or ask for it."""
    writes = any(Right.WRITE in RIGHTS[role] for role in people.values())
    return home.policy if writes else Policy.NONE


def _beats(drill: Drill, script: Scenario, now: datetime) -> list[Beat]:
    return [
        Beat(
            drill=drill, number=number, after_s=after_s, what=what, data=data,
            state=BEAT.initial, state_at=now, created_at=now,
        )
        for number, (after_s, what, data) in enumerate(_all(drill, script))
    ]  # fmt: skip


def _all(drill: Drill, script: Scenario) -> Iterator[tuple[int | None, str, dict[str, Any]]]:
    """First the accounts and what is out on them; when the clock starts, what is planned; then
    what happens."""
    language = drill.language
    mark = drill.pk.hex[-4:]
    for place, name in enumerate(script.channels[language][:CHANNELS]):
        yield None, "connect", {"channel": place, "name": f"{name}-{mark}"}
    for one in script.routine:
        if one.after_s is None:
            yield None, "out", {"channels": list(one.channels), "text": said(one.text, language)}
    for one in script.routine:
        if one.after_s is not None:
            text = said(one.text, language)
            data = {"channels": list(one.channels), "text": text, "planned_s": one.after_s}
            yield 0, "plan", data
    yield 0, "policy", {"policy": drill.policy}
    for line in script.lines:
        text = said(line.text, language)
        yield line.after_s, line.what, {"channel": line.channel, "who": line.who, "text": text}


def path_of(drill: Drill) -> str:
    """The drill's page, from "/"."""
    return f"/w/{drill.workspace.slug}/drills/{drill.pk}/"


def _both(drill: Drill) -> list[UUID]:
    return [drill.workspace_id, *([drill.home_id] if drill.home_id else [])]


def _tell(by: Access, drill: Drill, chosen: list[Membership], now: datetime) -> None:
    tell(
        [member.person for member in chosen],
        "drill_begins",
        key=f"drill:{drill.pk}",
        data={"who": str(by.person), "brand": drill.workspace.name},
        path=path_of(drill),
        workspace_id=drill.workspace_id,
        now=now,
    )
