"""Write posts, look at them, submit, approve, send and cancel them, as a named person.

Whatever this does is done in that person's name, with that person's rights. What is approved or
confirmed is bound to a digest: `show` and `submit` print it.
"""

import argparse
import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from breakwater.channels.models import Channel
from breakwater.channels.selectors import connected
from breakwater.config import checks
from breakwater.config.terminal import complain, say, table
from breakwater.core import clock
from breakwater.core.messages import sentence
from breakwater.delivery.places import places
from breakwater.domain.errors import Forbidden, Misconfigured
from breakwater.domain.walltime import local
from breakwater.media.services import upload
from breakwater.people.models import Policy
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, access, person_at
from breakwater.publishing import services
from breakwater.publishing.calendar import Filters, listing
from breakwater.publishing.content import Content, TargetOf, as_json, parse
from breakwater.publishing.finding import Finding
from breakwater.publishing.models import Post
from breakwater.publishing.previews import preview, report
from breakwater.publishing.selectors import deliveries_of, post_of, targets_of
from breakwater.publishing.status import Status, status_of

_RIGHTS = {
    "list": Right.SEE,
    "show": Right.SEE,
    "new": Right.WRITE,
    "submit": Right.WRITE,
    "approve": Right.APPROVE,
    "send-now": Right.SCHEDULE,
    "cancel": Right.SCHEDULE,
}


def arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True)
    listed = what.add_parser("list", help="posts, newest first")
    listed.add_argument("--status", type=Status, choices=list(Status))
    listed.add_argument("--text", default="", help="words that stand in it")
    new = what.add_parser("new", help="write a draft; the text is read from standard input")
    new.add_argument("--text", help="instead of standard input")
    new.add_argument("--channel", action="append", default=[], help="handle or id; may be repeated")
    new.add_argument("--at", default="", metavar="YYYY-MM-DDTHH:MM", help="when it leaves")
    new.add_argument("--zone", default="", help="of that time; else the workspace's")
    new.add_argument("--language", help="of the text, as en or fr; else the workspace's")
    new.add_argument(
        "--picture", action="append", default=[], metavar="FILE=DESCRIPTION", help="may be repeated"
    )
    show = what.add_parser("show", help="what it says, how it stands, and its digest")
    submit = what.add_parser("submit", help="ask for approval; where none is asked, plan it")
    approve = what.add_parser("approve", help="say yes to exactly what `show` printed")
    send = what.add_parser("send-now", help="what still waits leaves at once")
    cancel = what.add_parser("cancel", help="nothing of it will leave")
    submit.add_argument("--confirm", metavar="DIGEST", help="of what was shown")
    approve.add_argument("--digest", required=True, help="of what was shown")
    for one in (show, submit, approve, send, cancel):
        one.add_argument("post", type=UUID, help="its id")
    for one in (listed, new, show, submit, approve, send, cancel):
        one.add_argument("--as", dest="person", required=True, help="your e-mail address here")
        one.add_argument("--workspace", required=True, help="its short name, as in /w/<name>/")


def run(options: argparse.Namespace) -> int:
    checks.stop_on_trouble(clock.now)
    by = access(person_at(options.person), options.workspace, _RIGHTS[options.what])
    deeds = {
        "list": _list,
        "show": _show,
        "new": _new,
        "submit": _submit,
        "approve": _approve,
        "send-now": _send_now,
        "cancel": _cancel,
    }
    return deeds[options.what](options, by, clock.now())


def _list(options: argparse.Namespace, by: Access, _now: datetime) -> int:
    filters = Filters(status=options.status, text=options.text)
    page = listing(by.workspace.pk, filters, zone=by.workspace.zone)
    rows = [
        (
            str(card.id),
            card.wall.isoformat(" ", "minutes") if card.wall else "-",
            card.status.value,
            card.title or "(no text yet)",
        )
        for card in page.cards
    ]
    say(table(rows) if rows else "No post.")
    if page.next:
        say(f"The {len(rows)} newest are shown. Narrow the list with --status or --text.")
    return 0


def _show(options: argparse.Namespace, by: Access, now: datetime) -> int:
    post = post_of(by.workspace.pk, options.post)
    _head(post)
    if post.version is not None and post.state != "draft":
        _parts((target.channel, target.payload) for target in targets_of(post.version.pk))
        say(f"digest   {post.version.digest}")
        rows = deliveries_of(post)
        there = places(rows)
        for row in rows:
            url = there[row.pk].url
            say(f"delivery {row.pk} {row.kind} {row.channel} {row.state} {url}".rstrip())
        return 0
    _preview(post, now)
    return 0


def _new(options: argparse.Namespace, by: Access, now: datetime) -> int:
    workspace = by.workspace
    text = sys.stdin.read().rstrip("\n") if options.text is None else options.text
    content = Content(
        text=text,
        language=workspace.language if options.language is None else options.language,
        targets={one.pk: TargetOf() for one in _channels(by, options.channel)},
        wall=options.at,
        zone=options.zone or workspace.zone,
    )
    checked = as_json(parse(as_json(content)))
    written = parse({**checked, "media": list(_pictures(by, options.picture, now))})
    post = services.new_post(workspace.pk, by=by.person.pk, now=now, content=written)
    say(str(post.pk))
    _findings(report(workspace.pk, written, now=now).findings)
    return 0


def _submit(options: argparse.Namespace, by: Access, now: datetime) -> int:
    post = post_of(by.workspace.pk, options.post)
    alone = by.workspace.policy == Policy.NONE
    if alone and Right.SCHEDULE not in by.rights:
        raise Forbidden(right=Right.SCHEDULE.value, role=by.role)
    if post.state == "draft":
        stops = _preview(post, now)
        if stops or (alone and not options.confirm):
            complain(
                "It is not submitted: something has to be mended first."
                if stops
                else "It is not submitted yet: look at it, then add --confirm with its digest."
            )
            return 1
    services.submit(post, by=by.person.pk, now=now, confirmed_digest=options.confirm)
    say("It leaves by itself at its time." if alone else "Those who may approve it are told.")
    return 0


def _approve(options: argparse.Namespace, by: Access, now: datetime) -> int:
    post = post_of(by.workspace.pk, options.post)
    if post.version is None:
        raise Misconfigured("post", "This post was never submitted.")
    services.decide(post.version, by=by.person.pk, approved=True, digest=options.digest, now=now)
    say("Approved. It leaves by itself at its time.")
    return 0


def _send_now(options: argparse.Namespace, by: Access, now: datetime) -> int:
    rows = services.send_now(post_of(by.workspace.pk, options.post), by=by.person.pk, now=now)
    say(f"On its way to {', '.join(sorted(str(row.channel) for row in rows))}.")
    return 0


def _cancel(options: argparse.Namespace, by: Access, now: datetime) -> int:
    services.cancel(post_of(by.workspace.pk, options.post), by=by.person.pk, now=now)
    say("Cancelled. Nothing of it will leave.")
    return 0


def _head(post: Post) -> None:
    status = status_of(post, deliveries_of(post))
    say(f"post     {post.pk}")
    say(f"status   {status.value}")
    say(f"author   {post.author} <{post.author.email}>")
    if post.planned_at is not None:
        wall = local(post.planned_at, post.planned_zone).isoformat(" ", "minutes")
        say(f"planned  {wall} {post.planned_zone}")
    if post.left_at is not None:
        zone = post.planned_zone or "UTC"
        say(f"left     {local(post.left_at, zone).isoformat(' ', 'minutes')} {zone}")


def _preview(post: Post, now: datetime) -> bool:
    """Exactly what would be sent, on the terminal; whether something stops it."""
    made = preview(post, now=now)
    _findings(made.report.findings)
    if made.parts:
        _parts((part.channel, part.payload) for part in made.parts)
        say(f"digest   {made.digest}")
    elif made.content.text:
        say(made.content.text)
    return bool(made.report.stops)


def _parts(parts: Iterable[tuple[Channel, Mapping[str, Any]]]) -> None:
    for channel, payload in parts:
        say(f"\nto       {channel} ({channel.network})")
        say(str(payload["text"]))
        for picture in payload["media"]:
            size = f"{picture['width']} x {picture['height']}"
            say(f"picture  {picture['mime']} {size}: {picture['alt'] or '(no description)'}")
    say()


def _findings(findings: Iterable[Finding]) -> None:
    for one in findings:
        complain(f"{one.level}: {sentence(one.code, one.data)}")


def _channels(by: Access, names: list[str]) -> list[Channel]:
    there = list(connected(by.workspace.pk))
    found = []
    for name in names:
        mine = [one for one in there if name in (str(one.pk), one.handle, one.name)]
        if len(mine) != 1:
            handles = ", ".join(f"{one.handle} ({one.pk})" for one in there) or "none"
            raise Misconfigured("--channel", f"“{name}” is not one channel. There are: {handles}.")
        found += mine
    return found


def _pictures(by: Access, given: list[str], now: datetime) -> Iterable[dict[str, str]]:
    for one in given:
        name, _, alt = one.partition("=")
        try:
            data = Path(name).read_bytes()
        except OSError as error:
            raise Misconfigured("--picture", f"{name} cannot be read: {error.strerror}.") from error
        asset = upload(by.workspace.pk, data, file_name=name, by=by.person.pk, now=now)
        yield {"asset_id": str(asset.pk), "alt": alt}
