"""The tab of tasks: what is to be done, by whom, until when; done with one tap."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path

from breakwater.core import clock
from breakwater.incidents import selectors
from breakwater.incidents.models import Task
from breakwater.incidents.services import tasks as services
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.forms import attempt
from breakwater.web.incident_forms import TaskForm
from breakwater.web.incident_words import OF_ROLE, SOURCES
from breakwater.web.incidents import frame
from breakwater.web.page import FORM, POST, go, page, show


@page(right=Right.RESPOND, methods=FORM)
def tasks(request: HttpRequest, access: Access, incident_id: UUID) -> HttpResponse:
    """The list; a form adds one."""
    own = selectors.incident_of(access.workspace.pk, incident_id)
    form = TaskForm(access, request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed, now = form.cleaned_data, clock.now()
        who = UUID(typed["who"]) if typed["who"] else None
        made = attempt(
            form,
            lambda: services.add(
                access, own, typed["text"], who=who, due_at=typed["due_at"], now=now
            ),
        )
        if made:
            return go(request, "incident-tasks", access.workspace.slug, own.pk)
    now = clock.now()
    context = {
        **frame(own, "tasks"),
        "form": form,
        "tasks": [
            {
                "row": one,
                "who": one.who.name if one.who else OF_ROLE[one.role],
                "source": SOURCES[one.source],
                "late": bool(one.due_at and one.due_at < now and not one.done_at),
            }
            for one in selectors.tasks(own)
        ],
    }
    return show(request, "incidents/tasks.html", context, status=400 if form.errors else 200)


@page(right=Right.RESPOND, methods=POST)
def done(request: HttpRequest, access: Access, task_id: UUID) -> HttpResponse:
    return _back(request, access, services.done(access, task_id, now=clock.now()))


@page(right=Right.RESPOND, methods=POST)
def again(request: HttpRequest, access: Access, task_id: UUID) -> HttpResponse:
    return _back(request, access, services.reopen(access, task_id, now=clock.now()))


@page(right=Right.RESPOND, methods=POST)
def mine(request: HttpRequest, access: Access, task_id: UUID) -> HttpResponse:
    task = services.give(access, task_id, access.person.pk, now=clock.now())
    return _back(request, access, task)


def _back(request: HttpRequest, access: Access, task: Task) -> HttpResponse:
    return go(request, "incident-tasks", access.workspace.slug, task.incident_id)


urlpatterns = [
    path("<uuid:incident_id>/tasks/", tasks, name="incident-tasks"),
    path("tasks/<uuid:task_id>/done/", done, name="incident-task-done"),
    path("tasks/<uuid:task_id>/again/", again, name="incident-task-again"),
    path("tasks/<uuid:task_id>/mine/", mine, name="incident-task-mine"),
]
