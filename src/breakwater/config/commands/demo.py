"""Fill a practice harbour: a brand, people with roles, a month of calendar. Prints passwords.

Nothing of it leaves this machine: its channels are of the practice network. Run it once;
a second run says so and changes nothing.
"""

import argparse
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction

from breakwater.channels.installed import practice
from breakwater.channels.models import Channel
from breakwater.channels.services import connect_with_fields
from breakwater.config import checks
from breakwater.config.demo.scenes import draw
from breakwater.config.demo.texts import BRANDS, Brand, Story
from breakwater.config.terminal import say, table
from breakwater.core import clock
from breakwater.domain.errors import Misconfigured
from breakwater.domain.walltime import local
from breakwater.media.services import upload
from breakwater.people.models import Person, Policy, Workspace
from breakwater.people.selectors import workspace_named
from breakwater.people.services import add_member, add_person, set_administrator
from breakwater.people.services.workspaces import found
from breakwater.publishing.content import Content, MediumOf, TargetOf
from breakwater.publishing.services import decide, new_post, send_now, submit

ZONE = "Europe/Paris"


@dataclass(frozen=True)
class Crew:
    """Those who act in the demo: role -> person."""

    workspace: Workspace
    by_role: dict[str, Person]
    channels: Sequence[Channel]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--language", choices=sorted(BRANDS), default="en", help="of the brand")


def run(options: argparse.Namespace) -> int:
    checks.stop_on_trouble(clock.now)
    brand = BRANDS[options.language]
    if workspace_named(brand.name):
        raise Misconfigured(
            "demo", f"The demo brand “{brand.name}” is there already; nothing was changed."
        )
    now = clock.now()
    crew, passwords = _crew(brand, options.language, now)
    for story in brand.stories:
        _post(story, crew, now)
    say(f"“{brand.name}” is ready: {len(brand.stories)} posts on {len(crew.channels)} channels.")
    say(f"Sign in at {settings.PUBLIC_URL} as one of these (passwords are shown once):\n")
    say(table(passwords))
    say(f"\nThe owner also sets up networks for real accounts: {settings.PUBLIC_URL}/networks/")
    return 0


def _crew(brand: Brand, language: str, now: datetime) -> tuple[Crew, list[tuple[str, ...]]]:
    people: dict[str, Person] = {}
    printed: list[tuple[str, ...]] = []
    for name, address, role in brand.people:
        password = _password()
        people[role] = add_person(
            email=f"{address}@harbour.example",
            name=name,
            password=password,
            language=language,
            zone=ZONE,
            now=now,
        )
        printed.append((f"  {people[role].email}", role, password))
    set_administrator(people["owner"], yes=True, by=None, now=now)
    with transaction.atomic():
        workspace = found(
            name=brand.name, zone=ZONE, language=language, policy=Policy.ONE,
            owner=people["owner"], now=now,
        )  # fmt: skip
    for role, person in people.items():
        if role != "owner":
            add_member(workspace, person, role, by=people["owner"].pk, now=now)
    kinds = ("hour_key", "lasting_key", "none")
    channels = [
        _channel(workspace, people["owner"], name, kind, language, now)
        for name, kind in zip(brand.quays, kinds, strict=True)
    ]
    return Crew(workspace, people, channels), printed


def _channel(
    workspace: Workspace, by: Person, name: str, kind: str, language: str, now: datetime
) -> Channel:
    fields = {"name": name, "class": kind, "language": language}
    return connect_with_fields(
        workspace_id=workspace.pk, network=practice(), origin="", fields=fields, by=by.pk, now=now
    )


def _post(story: Story, crew: Crew, now: datetime) -> None:
    author, approver = crew.by_role["author"], crew.by_role["approver"]
    content = _content(story, crew, author, now)
    post = new_post(crew.workspace.pk, by=author.pk, now=now, content=content)
    if story.fate == "draft":
        return
    version = submit(post, by=author.pk, now=now)
    if story.fate == "review":
        return
    decide(version, by=approver.pk, approved=True, digest=version.digest, now=now)
    if story.fate == "now":
        post.refresh_from_db()
        send_now(post, by=approver.pk, now=now)


def _content(story: Story, crew: Crew, author: Person, now: datetime) -> Content:
    media: tuple[MediumOf, ...] = ()
    if story.scene:
        asset = upload(
            crew.workspace.pk, draw(story.scene), file_name=f"{story.scene}.png",
            by=author.pk, now=now,
        )  # fmt: skip
        media = (MediumOf(asset.pk, story.alt),)
    return Content(
        text=story.text,
        language=crew.workspace.language,
        media=media,
        targets={channel.pk: TargetOf() for channel in crew.channels[: story.quays]},
        wall=_wall(story, now),
        zone=ZONE,
    )


def _wall(story: Story, now: datetime) -> str:
    """Its day and hour on the brand's wall; what leaves today is planned an hour from now."""
    today = local(now, ZONE)
    if story.day == 0:
        return (today + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    day = today.date() + timedelta(days=story.day)
    return datetime.combine(day, time(story.hour)).strftime("%Y-%m-%dT%H:%M")


def _password() -> str:
    """96 random bits in 16 characters."""
    return secrets.token_urlsafe(12)
