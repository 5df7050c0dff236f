"""What was chosen in a list, for deeds on many: nothing chosen is said there, too many are refused."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _now

from breakwater.core.messages import sentence
from breakwater.inbox.services.working import not_too_many
from breakwater.people.selectors import Access
from breakwater.web.asked import uuids
from breakwater.web.page import go, safe_next

P = ParamSpec("P")


def of_chosen(
    view: Callable[Concatenate[HttpRequest, Access, list[UUID], P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """The view is handed the conversations that were chosen: one or more, as many as one click may be
    about. Raises: Invalid("too_many_talks")."""

    @wraps(view)
    def shown(
        request: HttpRequest, access: Access, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        talks = uuids(asked_of(request).getlist("thread"))
        if not talks:
            return nothing_chosen(request, access)
        not_too_many(talks)
        return view(request, access, talks, *args, **kwargs)

    return shown


def asked_of(request: HttpRequest) -> QueryDict:
    return request.POST if request.method == "POST" else request.GET


def nothing_chosen(request: HttpRequest, access: Access, *, named: bool = False) -> HttpResponse:
    """Back to the list, which says so. named: something was, but nothing waits in it."""
    messages.info(
        request, sentence("nothing_chosen") if named else _now("Choose conversations first.")
    )
    return go(request, back_of(request, access))


def back_of(request: HttpRequest, access: Access) -> str:
    """The list that it was chosen in, or another page that asked for it."""
    return safe_next(request, reverse("inbox-list", args=[access.workspace.slug]))
