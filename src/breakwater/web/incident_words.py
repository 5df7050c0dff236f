"""Incidents in words: kinds, roles, phases, lines of the timeline, advice with its sources."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from breakwater.incidents.models import Entry

Said = str | Promise

KINDS: Mapping[str, Said] = {
    "hijack": _("somebody else posts as us"),
    "rogue": _("a post that nobody meant to send"),
    "bad_post": _("a post of ours that does harm"),
    "event": _("something happened in the world"),
    "pile_on": _("many against us at once"),
    "false": _("something false"),
    "other": _("something else"),
}
SEVERITIES: Mapping[int, Said] = {
    1: _("small: one post, few people"),
    2: _("middling: people talk about it"),
    3: _("large: many people, or the press"),
    4: _("grave: people may come to harm, or the brand cannot speak"),
}
ROLES: Mapping[str, Said] = {
    "lead": _("leads"),
    "spokesperson": _("speaks"),
    "scribe": _("writes it down"),
}
OF_ROLE: Mapping[str, Said] = {
    "lead": _("whoever leads"),
    "spokesperson": _("whoever speaks"),
    "scribe": _("whoever writes it down"),
    "": _("somebody here"),
}
PHASES: Mapping[str, Said] = {
    "noticed": _("Noticed"),
    "contained": _("Contained"),
    "decided": _("Decided"),
    "said": _("Answered in public"),
    "calm": _("Calm again"),
}
STATES: Mapping[str, Said] = {"open": _("open"), "closed": _("closed")}
DECISIONS: Mapping[str, Said] = {
    "leave": _("Leave it"),
    "delete": _("Delete it"),
    "hide": _("Hide it"),
    "correct": _("Correct it in the same place"),
}
OUTCOMES: Mapping[str, Said] = {
    "leave": _("Leave it where it is"),
    "correct": _("Leave it, and correct it in the same place"),
    "delete": _("Deleting it is accepted, once the evidence is sealed"),
    "delete_fast": _("Delete it as fast as the evidence can be sealed"),
}
SOURCES: Mapping[str, Said] = {
    "playbook": _("from the playbook"),
    "promise": _("promised in public"),
    "review": _("from the review"),
    "runbook": _("from the network’s own help"),
    "hand": _("added here"),
}
STRENGTHS: Mapping[str, Said] = {
    "practice": _("a practitioner’s advice"),
    "theory": _("a tested theory"),
    "studies": _("several studies"),
    "study": _("small studies, weak"),
    "official": _("official"),
    "own": _("our own precaution, no study known"),
}
CAUSES: Mapping[str, Said] = {
    "access": _("who could get in, and how"),
    "approval": _("what was or was not read before it left"),
    "hours": _("the hour, or the day"),
    "tools": _("a tool or a setting"),
    "words": _("words that could be read in another way"),
    "workload": _("too much at once"),
    "outside": _("something outside of our reach"),
    "other": _("something else"),
}
ACTIONS: Mapping[str, Said] = {
    "guideline": _("a written rule that drafts are checked against"),
    "approval": _("another way to approve"),
    "access": _("an access taken away or secured"),
    "drill": _("a drill"),
    "other": _("something else"),
}
ACTION_STATES: Mapping[str, Said] = {
    "open": pgettext_lazy("an action", "open"),
    "closed": pgettext_lazy("an action", "done"),
    "dropped": pgettext_lazy("an action", "dropped"),
}
FROM: Mapping[str, Said] = {
    "hand": _("by hand"),
    "alarm": _("from an alarm"),
    "post": _("from a post"),
    "delivery": _("from a post"),
    "thread": _("from a conversation"),
    "pile": _("from what many said"),
    "signal": _("from the event watch"),
    "pause": _("from a pause"),
}
CONTAINING: Mapping[str, Said] = {
    "asked": _("begins"),
    "walled": _("everything is held; evidence is asked for"),
    "sealing": _("evidence is being sealed"),
    "deleting": _("posts are being removed"),
    "proved": _("the posts are no longer shown to us"),
    "done": _("done"),
    "stuck": _("waits for a person"),
}
_LINES: Mapping[str, Said] = {
    "opened": _("Opened, %(from)s."),
    "reopened": _("Opened again."),
    "closed": _("Closed."),
    "changed": _("Title, kind or weight changed."),
    "role": _("A role changed: %(role)s."),
    "said": _("Note"),
    "task_done": _("Done: %(what)s"),
    "task_given": _("Taken on: %(what)s"),
    "task_open": _("To be done after all: %(what)s"),
    "advice": _("The aid was asked. It said: %(outcome)s."),
    "verdict": _("Decided: %(decision)s."),
    "review": _("The review was written."),
    "action": _("To change: %(what)s"),
    "action_closed": _("Changed: %(what)s"),
    "action_dropped": _("Will not change: %(what)s"),
    "guest": _("A guest was given a link."),
    "guest_ended": _("A guest’s link ended."),
    "fine": _("The alarm was answered: it is us, and fine."),
    "wrong": _("The alarm was answered: ours, but wrong. Nothing is deleted."),
    "contain": _("The alarm was answered: not us. Everything is held and sealed."),
    "joined": _("More posts joined it: %(n)s."),
    "help": _("Help was called."),
    "cut_off": _("Our own keys were taken back. Tokens: %(tokens)s. People who sign in again: %(persons)s."),
    "sealed": _("Posts whose evidence is on disk: %(n)s."),
    "signed": _("Deletion with partial evidence was signed beforehand."),
    "removing": _("Posts being removed: %(n)s."),
    "proved": _("Posts that the network no longer shows to us: %(n)s."),
    "hides": _("A network refused to delete a post: it is taken out of sight instead."),
    "hidden": _("Posts that are hidden there, not deleted: %(n)s."),
    "cannot": _("Posts that cannot be removed from here: %(n)s."),
    "pinned": _("The statement is being pinned to the top of its account: %(channel)s."),
    "unpinned": _("The statement is being unpinned: %(channel)s."),
    "stuck": _("It waits for a person: %(why)s."),
    "disconnected": _("Channels disconnected: %(n)s. A statement needs a new sign-in."),
    "contained": _("Contained."),
    "statement": _("A statement was submitted: %(kind)s."),
    "measured": _("The figures were kept as they are."),
}  # fmt: skip
STATEMENT_KINDS: Mapping[str, Said] = {
    "holding": _("a holding line"),
    "apology": _("an apology"),
    "explanation": _("an explanation"),
}
STUCK: Mapping[str, Said] = {
    "partial": _("the evidence of some posts is partial, and nobody signed for their deletion"),
    "failed": _("the evidence of some posts could not be taken"),
    "refused": _("a network refused to delete"),
}
_VALUES: Mapping[str, Mapping[Any, Said]] = {
    "from": FROM, "role": ROLES, "outcome": OUTCOMES, "decision": DECISIONS, "why": STUCK,
    "kind": {**KINDS, **STATEMENT_KINDS},
}  # fmt: skip


def line(entry: Entry, *, typed: bool = True) -> str:
    """A line of the timeline. typed: with what people typed (its text is shown beside it, not here)."""
    values = {name: _said(name, value) for name, value in entry.data.items()}
    if not typed and "what" in values:
        values["what"] = _now("a task")
    text = str(_LINES.get(entry.code, entry.code))
    try:
        return text % values
    except KeyError:
        return text


def _said(name: str, value: Any) -> str:
    words = _VALUES.get(name, {})
    return str(words.get(value, value) if isinstance(value, str) else value)
