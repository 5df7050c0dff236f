"""Pictures of strangers: fetched by the server, drawn anew, and only for those who may see them."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path

from breakwater.channels.services import fetch_picture
from breakwater.domain.errors import NotFound, Problem
from breakwater.inbox.reading import Message
from breakwater.inbox.selectors import item_of
from breakwater.inbox.services.revealing import may_see_media
from breakwater.media.cleaning import THUMB_MIME, clean
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.page import page

MOST = 10
_SHORTLY_S = 600


@dataclass(frozen=True)
class Pictures:
    """places: of those that are shown; veiled: how many are not."""

    places: range
    veiled: int


def pictures_of(message: Message) -> Pictures:
    shown = len(message.media or ())
    return Pictures(range(min(shown, MOST)), message.veiled_media)


@page(right=Right.SEE)
def picture(request: HttpRequest, access: Access, item_id: int, place: int) -> HttpResponse:
    """A picture as a small one of ours. The stranger's server learns nothing of who looks, and
    nothing of it is kept here: a browser has it for ten minutes. One that is not to be had, or is
    none (a film), is drawn as missing. 404 while it is veiled for this person."""
    del request
    item = item_of(access.workspace.pk, item_id)
    if place >= MOST or not may_see_media(access, item):
        raise NotFound(what="picture")
    try:
        url = str(item.arrival.media[place]["url"])
    except (IndexError, KeyError, TypeError) as error:
        raise NotFound(what="picture") from error
    try:
        there = fetch_picture(
            workspace_id=access.workspace.pk, channel_id=item.arrival.channel_id, url=url
        )
        _whole, small = clean(there)
    except Problem:
        return redirect(static("picture-away.svg"))
    answer = HttpResponse(small.data, content_type=THUMB_MIME)
    answer["Cache-Control"] = f"private, max-age={_SHORTLY_S}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


urlpatterns = [
    path("items/<int:item_id>/media/<int:place>/", picture, name="inbox-picture"),
]
