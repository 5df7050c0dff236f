"""Every operation of the API, and for each a body that it would take."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from breakwater.api.site import api

DIGEST = "0" * 64
BODIES: Mapping[str, dict[str, Any]] = {
    "rules_switch": {"on": True, "revision": 1},
    "incidents_begin": {"kind": "other", "title": "Ebb."},
    "incidents_add_line": {"text": "Ebb."},
    "incidents_advice": {"origin": "ours"},
    "incidents_verdict": {"decision": "leave", "why": "Ebb."},
    "incidents_statement": {
        "kind": "holding",
        "language": "en",
        "parts": {"what": "Ebb.", "next": "At noon."},
        "channels": [],
    },
    "incidents_measure": {"window": 24},
    "incidents_add_action": {
        "text": "Ebb.",
        "kind": "other",
        "due_at": "2026-03-05T09:30:00Z",
    },
    "incidents_close": {"why": "Ebb."},
    "people_role": {"role": "viewer"},
    "people_create_invitation": {"email": "kim@example.test", "role": "viewer"},
    "channels_connect": {"network": "sandbox", "fields": {"name": "quay"}},
    "networks_save_keys": {"fields": {"client_id": "a"}},
    "networks_review": {"review": "asked"},
    "costs_cap": {"micros": 20_000_000},
    "posts_create": {"content": {"text": "Ebb."}},
    "posts_report": {"content": {"text": "Ebb."}},
    "posts_save": {"revision": 1, "content": {"text": "Ebb."}},
    "posts_submit": {"confirmed_digest": DIGEST},
    "posts_move": {"wall": "2026-03-05T09:30", "zone": "UTC"},
    "reviews_decide": {"approved": True, "digest": DIGEST},
    "deliveries_answer": {"answer": "leave"},
    "talking_answer": {"text": "Yes.", "to_post": "1"},
    "talking_deed": {"deed": "like", "target": "1"},
    "answers_answer": {"item_id": 1, "text": "Yes."},
    "answers_refuse": {"why": "Too long."},
    "piles_refuse": {"why": "Too long."},
    "answers_add_reply": {"name": "Hours", "language": "en", "text": "At ten, {name}."},
    "talking_change": {"text": "Ebb, and flood."},
    "inbox_deeds_do": {"deed": "hide"},
    "inbox_deeds_plan": {"deed": "hide", "items": [1]},
    "inbox_deeds_several": {"deed": "hide", "items": [1]},
    "inbox_deeds_outcome": {"outcome": "upheld", "seen": ""},
    "inbox_work_done": {"talks": [DIGEST[:32]]},
    "inbox_work_reopen": {"talks": [DIGEST[:32]]},
    "inbox_work_snooze": {"talks": [DIGEST[:32]], "until": "2099-03-05T09:30:00Z"},
    "inbox_work_assign": {"talks": [DIGEST[:32]], "person_id": None},
    "inbox_work_label_them": {"talks": [DIGEST[:32]], "label_id": DIGEST[:32]},
    "inbox_work_note_talk": {"text": "Ebb."},
    "inbox_work_note_contact": {"text": "Ebb."},
    "inbox_work_add_label": {"name": "Ebb"},
    "records_read_notices": {"ids": None},
    "opinions_save": {"scorer": "chat", "values": {"address": "https://a.example", "model": "m"}},
    "scoring_score": {"texts": ["Ebb."]},
    "scoring_add_term": {"text": "ebb", "effect": "allow"},
    "shield_reveal": {"what": "text"},
    "shield_correct": {"kind": "insult"},
    "shield_save": {"level": "abuse", "loosest": "held", "unscored": True, "media": True},
    "shield_save_own": {"level": None, "unscored": None, "media": None},
    "corrections_correct": {"text": "ebb", "should": True, "head": "insult"},
    "corrections_move": {"head": "insult", "to": 0.05},
    "corrections_back": {"head": "insult"},
    "learning_use": {"head": "insult", "seen": DIGEST[:32]},
    "learning_back": {"head": "insult"},
    "guarding_say_danger": {"danger": True},
    "evidence_asked": {"channel_id": DIGEST[:32], "remote_id": "1", "why": "Ebb."},
    "evidence_copied": {"why": "Ebb."},
    "evidence_signed": {"why": "Ebb."},
    "guarding_keep": {"why": "threat"},
    "alarms_contain": {"keep_channels": True},
    "doors_add_webhook": {"name": "Pager", "url": "https://hooks.example.org/"},
    "doors_switch_webhook": {"on": False},
    "strays_add": {
        "channel_id": DIGEST[:32],
        "weekdays": [0],
        "begins": "09:00",
        "ends": "18:00",
        "why": "Ebb.",
        "until": "2026-03-05",
    },
    "strays_judge_answers": {"answers": True},
    "pauses_begin": {"why": "A storm."},
    "pauses_close": {"closed": ["replies"]},
    "pauses_narrowed": {"labels": ["ebb"]},
    "guidelines_change": {
        "kind": "words",
        "value": {"words": ["ebb"]},
        "effect": "warn",
        "clause": "Ebb.",
    },
    "hygiene_declare": {"unique_password": "yes", "in_manager": "yes", "mfa": "yes"},
    "hygiene_add_holder": {"name": "Ebb", "kind": "staff"},
    "pauses_resume": {"despite": False},
    "pauses_look": {"at": "2099-03-05T09:30:00Z", "why": "Still stormy."},
    "piles_begin": {"deed": "dismiss"},
    "pause_review_decide": {"decision": "keep", "why": "Ebb.", "lines": [DIGEST[:32]]},
    "pause_review_second": {"lines": [DIGEST[:32]]},
    "pause_review_resume": {"lines": [DIGEST[:32]]},
    "pause_review_accept": {"slots": [DIGEST[:32]]},
    "pause_review_refuse": {"slots": [DIGEST[:32]]},
    "drills_new_drill": {"scenario": "joke", "language": "en", "speed": 60},
    "event_watch_tap": {"what": "Ebb."},
    "event_watch_dismiss": {"why": "Ebb."},
    "event_watch_add_feed": {"url": "https://news.example/feed"},
    "event_watch_switch_feed": {"on": False},
    "event_watch_add_day": {"month": 3, "day": 11, "en": "Ebb."},
    "event_watch_switch_day": {"on": False},
}


@dataclass(frozen=True)
class Operation:
    """path: after /api/v1, with {names}. right: a Right's name, or "own"."""

    id: str
    method: str
    path: str
    right: str

    @property
    def names(self) -> list[str]:
        parts = [part for part in self.path.split("/") if part.startswith("{")]
        return [part.strip("{}") for part in parts if part != "{slug}"]

    def at(self, slug: str, ids: Mapping[str, Any]) -> str:
        """The path in a workspace, with these ids; calendars at a month of this year."""
        values = {"year": 2026, "month": 3, **ids}
        return self.path.format(slug=slug, **{name: values.get(name) for name in self.names})


def operations() -> list[Operation]:
    return [
        Operation(str(one.operation_id), one.methods[0], path, str(one.view_func.breakwater_right))  # type: ignore[attr-defined]
        for bound in api._get_bound_routers()
        for path, view in bound.path_operations.items()
        for one in view.operations
    ]
