"""List, check, connect and try channels; seal what opens them with a new key.

A network on whose own page you sign in is connected in the browser, not here.
"""

import argparse
import getpass
import sys
from datetime import datetime
from pathlib import Path
from uuid import UUID

from breakwater.channels import selectors, services
from breakwater.channels.models import Channel
from breakwater.channels.selectors import Health
from breakwater.config import checks, probe_report
from breakwater.config.terminal import complain, say, table
from breakwater.core import clock, crypto
from breakwater.core.messages import knows, sentence
from breakwater.delivery import probing
from breakwater.domain.errors import Misconfigured
from breakwater.evidence.services.sealing import reseal as reseal_captures
from breakwater.inbox.services.sealing import reseal as reseal_evidence
from breakwater.networks.base import AuthKind, Field, Manifest
from breakwater.people.models import Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import access, person_at, workspace_at
from breakwater.scoring.services.sealing import reseal as reseal_texts

_WELL = (Health.OK, Health.EXPIRING, Health.DISCONNECTED)


def arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True)
    listing = what.add_parser("list", help="all channels and how they are")
    check = what.add_parser("check", help="ask the networks now; exit 1 when one is not well")
    check.add_argument("channel", nargs="*", type=UUID, help="only these ids")
    connect = what.add_parser(
        "connect", help="connect an account; secrets are asked for, or one a line on stdin"
    )
    connect.add_argument("network", help="as `breakwater check` names it")
    connect.add_argument("--as", dest="person", required=True, help="your e-mail address here")
    connect.add_argument("--origin", default="", help="address of the server")
    connect.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="a field that is no secret"
    )
    probe = what.add_parser(
        "probe", help="try which lines of the manifest hold on an account; exit 1 when one does not"
    )
    probe.add_argument("channel", type=UUID, help="its id, as `breakwater channel list` prints it")
    probe.add_argument(
        "--write", action="store_true", help="publish a marked post too, and delete it again"
    )
    probe.add_argument(
        "--public", action="store_true", help="… even where everybody can see it meanwhile"
    )
    probe.add_argument("--paid", action="store_true", help="make calls that cost money")
    probe.add_argument("--json", metavar="FILE", help="write the report there too (- for stdout)")
    what.add_parser("rotate-keys", help="make a new key and seal everything with it")
    for one in (listing, check, connect):
        one.add_argument(
            "--workspace", required=one is connect, help="its short name, as in /w/<name>/"
        )


def run(options: argparse.Namespace) -> int:
    checks.stop_on_trouble(clock.now)
    deeds = {
        "list": _list, "check": _check, "connect": _connect, "probe": _probe, "rotate-keys": _rotate,
    }  # fmt: skip
    return deeds[options.what](options, clock.now())


def _list(options: argparse.Namespace, now: datetime) -> int:
    rows = [_row(one, now) for one in _chosen(options)]
    say(table(rows) if rows else "No channel is connected.")
    return 0


def _check(options: argparse.Namespace, now: datetime) -> int:
    wanted = set(options.channel)
    there = [one for one in _chosen(options) if not wanted or one.pk in wanted]
    if missing := wanted - {one.pk for one in there}:
        raise Misconfigured("channel", f"There is no channel {', '.join(map(str, missing))}.")
    asked = [
        services.check_channel(workspace_id=one.workspace_id, channel_id=one.pk, now=now)
        for one in there
        if one.state != "disconnected"
    ]
    say(table([_row(one, now) for one in asked]) if asked else "No channel is connected.")
    return 0 if all(selectors.health(one, now) in _WELL for one in asked) else 1


def _connect(options: argparse.Namespace, now: datetime) -> int:
    manifest = _manifest(options.network)
    by = access(person_at(options.person), options.workspace, Right.CONNECT)
    given = _given(options.set)
    if unknown := set(given) - {field.name for field in manifest.fields}:
        raise Misconfigured("--set", f"{manifest.name} has no field {', '.join(sorted(unknown))}.")
    origin = options.origin or given.get("origin", "")
    typed = {field.name: _value(field, given, origin) for field in manifest.fields}
    made = services.connect_with_fields(
        workspace_id=by.workspace.pk,
        network=manifest.slug,
        origin=origin,
        fields=typed,
        by=by.person.pk,
        now=now,
    )
    say(f"{made} is connected: {made.pk}")
    return 0


def _probe(options: argparse.Namespace, now: datetime) -> int:
    channel = selectors.everywhere().filter(pk=options.channel).first()
    if channel is None:
        raise Misconfigured("channel", f"There is no channel {options.channel}.")
    report = probing.probe(
        workspace_id=channel.workspace_id,
        channel_id=channel.pk,
        now=now,
        write=options.write,
        public=options.public,
        paid=options.paid,
    )
    if options.json == "-":
        say(probe_report.as_json(report))
        return 0 if report.sound else 1
    if options.json:
        Path(options.json).write_text(probe_report.as_json(report) + "\n", encoding="utf-8")
    say(probe_report.as_text(report))
    return 0 if report.sound else 1


def _rotate(_options: argparse.Namespace, now: datetime) -> int:
    key = crypto.new_key()
    done = services.rotate_credentials(by=None, now=now)
    others = (reseal_texts(), reseal_evidence(), reseal_captures())
    resealed, broken = sum(one[0] for one in others), sum(one[1] for one in others)
    say(f"Sealed with the new key {key}: {done.resealed + resealed} values.")
    if done.broken or broken:
        complain(
            f"{done.broken + broken} values do not open with any key that is here: those channels "
            "have to be reconnected. Keep the older keys until then."
        )
        return 1
    say("Copy the new key to where you keep the others. Older ones still open older backups.")
    return 0


def _chosen(options: argparse.Namespace) -> list[Channel]:
    if not options.workspace:
        return list(selectors.everywhere())
    workspace: Workspace = workspace_at(options.workspace)
    return list(selectors.everywhere().filter(workspace=workspace))


def _row(channel: Channel, now: datetime) -> tuple[str, ...]:
    health = selectors.health(channel, now)
    trouble = sentence(channel.trouble) if channel.trouble and knows(channel.trouble) else ""
    return (
        str(channel.pk), channel.workspace.slug, channel.network, channel.handle, health.value,
        trouble if health not in _WELL else "",
    )  # fmt: skip


def _manifest(network: str) -> Manifest:
    there = selectors.networks()
    if network not in there:
        raise Misconfigured("network", f"Installed networks: {', '.join(sorted(there))}.")
    manifest = there[network]
    if manifest.auth is AuthKind.OAUTH:
        raise Misconfigured(
            "network", f"{manifest.name} is connected in the browser: you sign in on its own page."
        )
    return manifest


def _given(pairs: list[str]) -> dict[str, str]:
    given = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise Misconfigured("--set", f"“{pair}” is not of the form NAME=VALUE.")
        given[name] = value
    return given


def _value(field: Field, given: dict[str, str], origin: str) -> str:
    """What was given; a secret only ever from the prompt or the standard input."""
    if field.secret:
        if field.name in given:
            raise Misconfigured("--set", f"“{field.name}” is a secret: it is asked for.")
        if sys.stdin.isatty():
            return getpass.getpass(f"{field.label}: ")
        return sys.stdin.readline().rstrip("\n")
    if field.name == "origin" and origin:
        return origin
    return given.get(field.name, field.default)
