"""The form of a rule: each condition and each action a field of its own, so that no script is needed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from breakwater.channels.selectors import channels, networks
from breakwater.domain.automation import MOST, Clock, conditions_of
from breakwater.domain.automation_deeds import actions_of
from breakwater.domain.errors import Invalid
from breakwater.domain.triage import Category
from breakwater.inbox import desk, saved
from breakwater.inbox.models import Rule
from breakwater.inbox.services.automation_setup import HOURLY_MOST, LONGEST_WHY, Wording
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, with_right
from breakwater.web.composing import language_name
from breakwater.web.inbox_rule_words import HEADS, HOURS, LINKS
from breakwater.web.inbox_setup_rota import WEEKDAYS
from breakwater.web.inbox_views import LANGUAGES, WHAT
from breakwater.web.inbox_words import CATEGORIES, LEVELS
from breakwater.web.shown import network_name

TURN = "turn"
_ANY = ("", _("Whatever"))
_NONE = ("", pgettext_lazy("answer or label", "None"))


def _several(label: object) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,  # type: ignore[arg-type]
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def _choice(label: object, choices: Any = ()) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False)  # type: ignore[arg-type]


def _number(label: object, most: int, least: int = 0) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, required=False)  # type: ignore[arg-type]


def _time(label: object) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        required=False,
        max_length=5,
        widget=forms.TextInput(attrs={"type": "time"}),
    )


class RuleForm(forms.Form):
    """Every condition that is filled in has to hold; one that is left empty asks nothing."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=100)
    category = _several(_("What it is"))
    words = forms.CharField(
        label=_("Words in it"),
        help_text=_("As in the search: late OR tard, -refund, deliv*"),
        max_length=500,
        required=False,
    )
    network = _several(_("Network"))
    kind = _several(_("How it came"))
    score_head = _choice(_("Score of"))
    score = _number(_("Hundredths, at least"), 100, 1)
    veiled = _choice(_("Veiled for who chose to be spared"))
    author = _number(_("Messages of this person so far, at least"), MOST)
    author_most = _number(_("And at most (1: their first)"), MOST, 1)
    author_veiled = _number(_("Abusive messages of this person, at least"), MOST)
    link = _choice(_("Link"), [_ANY, *LINKS.items()])
    language = _several(_("Language"))
    hours = _choice(_("Business hours"), [_ANY, *HOURS.items()])
    time = _time(_("Came from"))
    time_to = _time(_("And before"))
    days = _several(_("On these days"))
    equal = _number(_("Messages of the same words within an hour, at least"), MOST)
    label = _choice(_("Put on a label"))
    assign = _choice(_("Give it to"))
    answer = _choice(_("Answer with"))
    hide = forms.BooleanField(
        label=_("Hide it on the network"),
        help_text=_("Where the network can. Threats are kept before."),
        required=False,
    )
    mute = forms.BooleanField(label=_("Mute whoever wrote it"), required=False)
    aside = forms.BooleanField(
        label=_("Set the conversation aside, unread"),
        help_text=_("Never with what somebody else asks in it."),
        required=False,
    )
    done = forms.BooleanField(label=_("Set it to done"), required=False)
    why = forms.CharField(
        label=_("Why it is hidden or set aside"),
        help_text=_("Needed for both. It stands in the record."),
        max_length=LONGEST_WHY,
        required=False,
    )
    hourly = forms.IntegerField(
        label=_("Messages an hour, at most"),
        help_text=_("Above it the rule stops itself, and says so."),
        min_value=1,
        max_value=HOURLY_MOST,
        initial=60,
    )

    def __init__(self, access: Access, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        replies = saved.saved_replies(access.workspace.pk)
        able = with_right(access.workspace.pk, Right.ANSWER)
        for name, choices in {
            "network": _networks(access, self.initial.get("network", [])),
            "kind": [(one.value, said) for one, said in WHAT.items()],
            "category": [(one.value, CATEGORIES[one]) for one in Category],
            "score_head": [_ANY, *((head.value, said) for head, said in HEADS.items())],
            "veiled": [_ANY, *((str(int(one)), said) for one, said in LEVELS.items())],
            "language": list(LANGUAGES.items()),
            "days": [(str(day), said) for day, said in enumerate(WEEKDAYS)],
            "label": [_NONE, *((str(one.pk), one.name) for one in desk.labels_of(access.workspace.pk))],
            "assign": [
                ("", _("Nobody")), (TURN, _("Whose turn it is")),
                *((str(one.pk), one.name) for one in able),
            ],
            "answer": [
                _NONE,
                *((str(one.pk), f"{one.name} ({language_name(one.language)})") for one in replies),
            ],
        }.items():  # fmt: skip
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def wording(self) -> Wording:
        said = self.cleaned_data
        return Wording(said["name"], _conditions(said), _actions(said), said["why"], said["hourly"])


def _networks(access: Access, named: Sequence[str]) -> list[tuple[str, str]]:
    """Those that the workspace has accounts at, and those that the rule names already."""
    own = {*channels(access.workspace.pk).values_list("network", flat=True), *named}
    return [(slug, network_name(slug)) for slug in networks() if slug in own]


def _conditions(said: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"what": name, "of": said[name]}
        for name in ("network", "kind", "category", "language") if said[name]
    ]  # fmt: skip
    if said["words"]:
        rows.append({"what": "words", "query": said["words"]})
    if said["score_head"] or said["score"]:
        rows.append({"what": "score", "head": said["score_head"], "least": said["score"]})
    if said["veiled"]:
        rows.append({"what": "veiled", "level": int(said["veiled"])})
    if said["author"] is not None or said["author_most"] is not None:
        least = said["author"] or 0
        rows.append({"what": "author", "least": least, "most": said["author_most"]})
    rows += [
        {"what": name, "least": said[name]}
        for name in ("author_veiled", "equal") if said[name] is not None
    ]  # fmt: skip
    if said["link"]:
        rows.append({"what": "link", "there": said["link"] == "yes"})
    if said["hours"]:
        rows.append({"what": "hours", "open": said["hours"] == "open"})
    if said["time"] or said["time_to"] or said["days"]:
        rows.append(_clock(said))
    return rows


def _clock(said: Mapping[str, Any]) -> dict[str, Any]:
    """Days alone are whole days; times alone are of every day."""
    whole = not said["time"] and not said["time_to"]
    begin, end = ("00:00", "00:00") if whole else (said["time"], said["time_to"])
    days = [int(day) for day in said["days"]] or list(range(7))
    return {"what": "time", "from": begin, "to": end, "days": days}


def _actions(said: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"do": name, "of": said[name]} for name in ("label", "answer") if said[name]
    ]
    if said["assign"]:
        rows.append({"do": "assign", "of": None if said["assign"] == TURN else said["assign"]})
    return [*rows, *({"do": name} for name in ("hide", "mute", "aside", "done") if said[name])]


def typed_of(rule: Rule) -> dict[str, Any]:
    """What stands in the form of a rule that is there."""
    typed: dict[str, Any] = {
        "name": rule.name, "why": rule.why, "hourly": rule.hourly, "revision": rule.revision,
    }  # fmt: skip
    try:
        conditions, actions = conditions_of(rule.conditions), actions_of(rule.actions)
    except Invalid:
        return typed
    for one in conditions:
        typed.update(_typed(one.stored()))
    for action in actions:
        typed[action.do] = str(action.of) if action.of else action.do != "assign" or TURN
    return typed


def _typed(row: Mapping[str, Any]) -> dict[str, Any]:
    name = row["what"]
    if name == Clock.name:
        days = [str(day) for day in row["days"]]
        return {"time": row["from"], "time_to": row["to"], "days": days}
    special: dict[str, dict[str, Any]] = {
        "words": {"words": row.get("query")},
        "score": {"score_head": row.get("head"), "score": row.get("least")},
        "veiled": {"veiled": str(row.get("level"))},
        "author": {"author": row.get("least"), "author_most": row.get("most")},
        "link": {"link": "yes" if row.get("there") else "no"},
        "hours": {"hours": "open" if row.get("open") else "closed"},
    }
    return special.get(name) or {name: row.get("of", row.get("least"))}
