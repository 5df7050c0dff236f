"""Rules of an inbox: the list in order, the form, the dry run, on and off, and what they did."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now

from breakwater.core import clock
from breakwater.core.messages import say
from breakwater.domain.automation import conditions_of
from breakwater.domain.automation_deeds import actions_of
from breakwater.domain.errors import Invalid
from breakwater.domain.shield import Shield
from breakwater.inbox import automation, desk, reading, saved
from breakwater.inbox.automation import DAYS, MOST, Tried
from breakwater.inbox.models import Item, Rule, RuleRun
from breakwater.inbox.services import automation_setup as services
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, with_right
from breakwater.web.forms import attempt
from breakwater.web.inbox_rule_form import RuleForm, typed_of
from breakwater.web.inbox_rule_words import (
    DOES,
    action_words,
    condition_words,
    done_words,
    stopped_words,
    why_words,
)
from breakwater.web.inbox_words import CATEGORIES
from breakwater.web.numbers import number
from breakwater.web.page import FORM, POST, go, page, show
from breakwater.wellbeing.selectors import shield_of

LIST, ONE, EDIT = "inbox/rules.html", "inbox/rule.html", "inbox/rule-edit.html"


@page(right=Right.ANSWER)
def rules(request: HttpRequest, access: Access) -> HttpResponse:
    names = _names(access)
    rows = automation.rules_of(access.workspace.pk)
    said = [_said(row, names) for row in rows]
    return show(request, LIST, {"rules": said, **_frame(access)})


@page(right=Right.INVITE, methods=FORM)
def add(request: HttpRequest, access: Access) -> HttpResponse:
    form = RuleForm(access, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: services.add_rule(access, form.wording(), now=clock.now()))
        if made is not None:
            messages.success(request, _now("The rule is there, and off. Try it first."))
            return go(request, "inbox-rule", access.workspace.slug, made.pk)
    status = 400 if form.errors else 200
    return show(request, EDIT, {"form": form, **_frame(access)}, status=status)


@page(right=Right.INVITE, methods=FORM)
def change(request: HttpRequest, access: Access, rule_id: UUID) -> HttpResponse:
    row = automation.rule_of(access.workspace.pk, rule_id)
    form = RuleForm(access, request.POST or None, initial=typed_of(row))
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["revision"] or 0
        changed = attempt(
            form,
            lambda: services.change_rule(
                access, rule_id, form.wording(), revision=seen, now=clock.now()
            ),
        )
        if changed is not None:
            messages.success(request, _now("Saved."))
            return go(request, "inbox-rule", access.workspace.slug, rule_id)
    context = {"form": form, "rule": row, **_frame(access)}
    return show(request, EDIT, context, status=400 if form.errors else 200)


@page(right=Right.ANSWER)
def rule(request: HttpRequest, access: Access, rule_id: UUID) -> HttpResponse:
    row = automation.rule_of(access.workspace.pk, rule_id)
    return show(request, ONE, _one(access, row))


@page(right=Right.INVITE, methods=POST)
def try_it(request: HttpRequest, access: Access, rule_id: UUID) -> HttpResponse:
    tried = services.try_rule(access, rule_id, now=clock.now())
    row = automation.rule_of(access.workspace.pk, rule_id)
    return show(request, ONE, {**_one(access, row), "tried": _tried(access, tried)})


@page(right=Right.INVITE, methods=POST)
def switch(request: HttpRequest, access: Access, rule_id: UUID) -> HttpResponse:
    """on: "1" to switch it on, which needs the revision that was seen."""
    if request.POST.get("on") != "1":
        services.switch_off(access, rule_id, now=clock.now())
        messages.success(request, _now("The rule is off."))
        return go(request, "inbox-rule", access.workspace.slug, rule_id)
    seen = number(request.POST.get("revision", "")) or 0
    try:
        services.switch_on(access, rule_id, revision=seen, now=clock.now())
    except Invalid as error:
        messages.error(request, say(error))
    else:
        messages.success(request, _now("The rule acts on what comes from now on."))
    return go(request, "inbox-rule", access.workspace.slug, rule_id)


@page(right=Right.INVITE, methods=POST)
def move(request: HttpRequest, access: Access, rule_id: UUID) -> HttpResponse:
    up = request.POST.get("way") == "up"
    services.move_rule(access, rule_id, up=up, now=clock.now())
    return go(request, "inbox-rules", access.workspace.slug)


@page(right=Right.INVITE, methods=POST)
def remove(request: HttpRequest, access: Access, rule_id: UUID) -> HttpResponse:
    services.remove_rule(access, rule_id, now=clock.now())
    messages.success(request, _now("The rule is gone. What it did stays done."))
    return go(request, "inbox-rules", access.workspace.slug)


def _frame(access: Access) -> dict[str, Any]:
    return {"area": "inbox", "may_change": access.may(Right.INVITE)}


def _names(access: Access) -> dict[str, str]:
    """Id -> name of what rules may name. Three queries."""
    workspace_id = access.workspace.pk
    able = with_right(workspace_id, Right.ANSWER)
    return {
        **{str(one.pk): one.name for one in desk.labels_of(workspace_id)},
        **{str(one.pk): one.name for one in saved.saved_replies(workspace_id)},
        **{str(one.pk): one.name for one in able},
    }


def _said(row: Rule, names: Mapping[str, str]) -> dict[str, Any]:
    try:
        conditions = [condition_words(one) for one in conditions_of(row.conditions)]
        actions = [action_words(one, names) for one in actions_of(row.actions)]
    except Invalid:
        conditions, actions = [], []
    return {
        "row": row, "conditions": conditions, "actions": actions, "stopped": stopped_words(row),
        "ready": row.tried == row.revision,
    }  # fmt: skip


def _one(access: Access, row: Rule) -> dict[str, Any]:
    runs = automation.runs_of(row)
    return {
        "rule": _said(row, _names(access)), "runs": [_run(one) for one in runs], "days": DAYS,
        **_frame(access),
    }  # fmt: skip


def _run(run: RuleRun) -> dict[str, Any]:
    return {
        "at": run.created_at, "thread_id": run.item.thread_id, "line": reading.line(run.item),
        "done": done_words(run.done),
    }  # fmt: skip


def _tried(access: Access, tried: Tried) -> dict[str, Any]:
    """Counts, and samples as this reader is shown them."""
    shield = shield_of(access.person, access.workspace.pk)
    return {
        "looked": tried.looked, "capped": tried.capped, "matched": tried.matched,
        "busiest": tried.busiest, "most": MOST,
        "actions": [(DOES[do], n) for do, n in tried.actions.most_common()],
        "spared": [(DOES[do], why_words(why), n) for (do, why), n in tried.spared.most_common()],
        "categories": [
            {
                "name": CATEGORIES[category], "count": n,
                "samples": [_sample(item, shield) for item in tried.samples[category]],
            }
            for category, n in tried.categories.most_common()
        ],
    }  # fmt: skip


def _sample(item: Item, shield: Shield) -> dict[str, Any]:
    return {"message": reading.message(item, shield), "thread_id": item.thread_id}


urlpatterns = [
    path("", rules, name="inbox-rules"),
    path("add/", add, name="inbox-rule-add"),
    path("<uuid:rule_id>/", rule, name="inbox-rule"),
    path("<uuid:rule_id>/change/", change, name="inbox-rule-change"),
    path("<uuid:rule_id>/try/", try_it, name="inbox-rule-try"),
    path("<uuid:rule_id>/switch/", switch, name="inbox-rule-switch"),
    path("<uuid:rule_id>/move/", move, name="inbox-rule-move"),
    path("<uuid:rule_id>/remove/", remove, name="inbox-rule-remove"),
]
