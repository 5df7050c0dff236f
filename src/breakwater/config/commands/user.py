"""Make persons, list them, set a password, say who looks after the installation. Passwords are asked for, never given as an argument."""

import argparse
import getpass
import secrets
import sys
from datetime import datetime

from breakwater.config import checks
from breakwater.config.terminal import say, table
from breakwater.core import clock
from breakwater.domain.errors import Misconfigured
from breakwater.people import selectors, services
from breakwater.people.models import Language, Person
from breakwater.people.roles import Role


def arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True)
    what.add_parser("list", help="everybody, with workspaces and roles")
    create = what.add_parser("create", help="a new person; the first one owns a new workspace")
    create.add_argument("email")
    create.add_argument("--name", required=True)
    create.add_argument("--language", choices=Language.values, default=Language.ENGLISH)
    create.add_argument("--zone", default="Europe/Paris", help="as in Europe/Paris")
    create.add_argument(
        "--workspace", help="short name of an existing one; for the first person, a new name"
    )
    create.add_argument("--role", choices=Role.values, default=Role.AUTHOR)
    password = what.add_parser("set-password", help="a new password; all sessions end")
    password.add_argument("email")
    keeper = what.add_parser(
        "administrator", help="this person may change the installation's keys at the networks"
    )
    keeper.add_argument("email")
    keeper.add_argument("--no-longer", action="store_true", help="… and now may not any more")
    for one in (create, password):
        one.add_argument(
            "--generate", action="store_true", help="make a password and print it once"
        )


def run(options: argparse.Namespace) -> int:
    checks.stop_on_trouble(clock.now)
    if options.what == "list":
        say(
            _listing()
            or "Nobody yet. The first page, or `breakwater user create`, makes the owner."
        )
        return 0
    now = clock.now()
    if options.what == "administrator":
        return _administrator(options, now)
    if options.what == "create":
        person, password = _create(options, now)
        say(f"{person.email} can sign in.")
    else:
        person, password = _set_password(options, now)
        say(f"{person.email} has a new password. All their sessions have ended.")
    if options.generate:
        say(f"Password, shown once: {password}")
    return 0


def _listing() -> str:
    rows = []
    for person in selectors.everybody():
        roles = (f"{m.workspace.slug}: {m.role}" for m in person.memberships.all())
        keeps = ("administrator",) if person.administrator else ()
        rows.append((person.email, person.name, ", ".join((*keeps, *sorted(roles)))))
    return table(rows) if rows else ""


def _administrator(options: argparse.Namespace, now: datetime) -> int:
    person = selectors.person_at(options.email)
    services.set_administrator(person, yes=not options.no_longer, by=None, now=now)
    does = "no longer looks" if options.no_longer else "looks"
    say(f"{person.email} {does} after this installation.")
    return 0


def _create(options: argparse.Namespace, now: datetime) -> tuple[Person, str]:
    first = not selectors.anybody()
    if first and not options.workspace:
        raise Misconfigured("--workspace", "The first person needs --workspace: its name is yours.")
    workspace = (
        selectors.workspace_at(options.workspace) if options.workspace and not first else None
    )
    password = _password(options)
    who = {
        "email": options.email,
        "name": options.name,
        "password": password,
        "language": options.language,
        "zone": options.zone,
    }
    if first:
        return services.first_owner(**who, workspace=options.workspace, now=now), password
    words = (workspace.name,) if workspace else ()
    person = services.add_person(**who, words=words, now=now)
    if workspace:
        services.add_member(workspace, person, options.role, by=None, now=now)
    return person, password


def _set_password(options: argparse.Namespace, now: datetime) -> tuple[Person, str]:
    person = selectors.person_at(options.email)
    password = _password(options)
    return services.set_password(person, password, by=None, now=now), password


def _password(options: argparse.Namespace) -> str:
    """Made, typed twice, or the first line of what is piped in."""
    if options.generate:
        return secrets.token_urlsafe(18)
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != first:
        raise Misconfigured("password", "The two were not the same. Nothing was changed.")
    return first
