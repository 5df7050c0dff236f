"""Print the address by which a person pauses everything from the duty phone, without a sign-in. An
earlier one of theirs ends."""

import argparse

from django.conf import settings

from breakwater.config import checks
from breakwater.config.terminal import say
from breakwater.core import clock
from breakwater.domain.errors import Misconfigured
from breakwater.people import links
from breakwater.people.models import Person
from breakwater.people.roles import Right
from breakwater.people.selectors import accesses, person_at
from breakwater.people.services.links import make_pause_link


def arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True)
    pause = what.add_parser("pause", help="a new link for this person; an earlier one ends")
    pause.add_argument("email")
    pause.add_argument("--workspace", help="short name; needed where they may pause several")


def run(options: argparse.Namespace) -> int:
    checks.stop_on_trouble(clock.now)
    person = person_at(options.email)
    slug = options.workspace or _only(person)
    link = make_pause_link(person, slug, by=None, now=clock.now())
    say(f"{settings.PUBLIC_URL}{links.address(link)}")
    say(
        f"It pauses {link.workspace.name} in the name of {person} until {link.expires_at:%Y-%m-%d}."
    )
    return 0


def _only(person: Person) -> str:
    """Raises: Misconfigured where there is none, or several."""
    slugs = [one.workspace.slug for one in accesses(person) if one.may(Right.PAUSE)]
    if len(slugs) == 1:
        return slugs[0]
    mend = (
        f"Say which workspace: --workspace {' | '.join(slugs)}."
        if slugs
        else f"{person.email} may not pause any workspace."
    )
    raise Misconfigured("--workspace", mend)
