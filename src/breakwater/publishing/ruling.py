"""A draft, and what is about to leave, held against the workspace's guidelines."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from breakwater.delivery.models import Delivery
from breakwater.domain.guidelines import Draft, Effect, Hit, blocked, findings
from breakwater.domain.kinds import EDIT, PUBLISH
from breakwater.guidelines.selectors import rules_on
from breakwater.publishing.content import Content
from breakwater.publishing.finding import STOP, WARN, Finding, Report

GUIDELINE = "guideline"
"""Why the door holds something back."""
STATEMENT = "statement"
"""The purpose of a post, and the tag of its deliveries, that says what an incident is answered with:
whoever speaks in a crisis is warned, never stopped."""


def with_guidelines(
    report: Report, workspace_id: UUID, content: Content, *, statement: bool = False, now: datetime
) -> Report:
    """The report, and what the guidelines that are on have against the draft. One query.

    statement: it is one, so that nothing of it is a stop.
    """
    zone, rules = rules_on([workspace_id]).get(workspace_id, (None, []))
    if zone is None:
        return report
    hits = findings(draft_of(content, zone), rules, now=now)
    found = [_finding(hit, statement=statement) for hit in hits]
    return replace(report, findings=(*report.findings, *found))


def draft_of(content: Content, zone: ZoneInfo) -> Draft:
    planned = content.planned()
    return Draft(texts_of(content), planned.instant.astimezone(zone) if planned else None)


def texts_of(content: Content) -> tuple[str, ...]:
    """All that would be read, each text once."""
    card = content.card
    return tuple(
        dict.fromkeys(
            text
            for text in (
                content.text,
                *(target.text or "" for target in content.targets.values()),
                *content.thread,
                content.comment,
                *(medium.alt for medium in content.media),
                *((card.url, card.title, card.description) if card else ()),
            )
            if text.strip()
        )
    )


def refused(rows: Sequence[Delivery]) -> dict[UUID, str]:
    """Of posts and changes of posts that are about to leave, those that a guideline blocks: -> the
    reason. Statements are let through. One query at most."""
    asked = [row for row in rows if row.kind in (PUBLISH, EDIT) and STATEMENT not in row.tags]
    rules = rules_on(row.workspace_id for row in asked) if asked else {}
    found = {}
    for row in asked:
        zone, own = rules.get(row.workspace_id, (None, []))
        blocks = [rule for rule in own if rule.effect is Effect.BLOCK]
        if zone is None or not blocks:
            continue
        draft = Draft(_texts_of_payload(row.payload), row.due_at.astimezone(zone))
        if blocked(draft, blocks, now=row.due_at):
            found[row.pk] = GUIDELINE
    return found


def _texts_of_payload(payload: Any) -> tuple[str, ...]:
    """As `texts_of`, of what one delivery carries (domain.parcels)."""
    if not isinstance(payload, dict):
        return ()
    card = payload.get("card") or {}
    texts = [
        payload.get("text", ""),
        *(medium.get("alt", "") for medium in payload.get("media", ())),
        *(card.get(name, "") for name in ("url", "title", "description")),
    ]
    return tuple(dict.fromkeys(str(text) for text in texts if str(text).strip()))


def _finding(hit: Hit, *, statement: bool) -> Finding:
    stops = hit.rule.effect is Effect.BLOCK and not statement
    code = "guideline_block" if stops else "guideline_warn"
    if not hit.found:
        code = f"{code}_unread"
    data = {"clause": hit.rule.clause, "found": hit.found, "guideline": str(hit.rule.id)}
    return Finding(STOP if stops else WARN, code, data=data)
