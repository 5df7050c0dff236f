"""The language switch in the foot of every page."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from breakwater.people.models import Language
from breakwater.people.services import update_profile
from breakwater.web.middleware import keep_language
from breakwater.web.page import POST, open_page, safe_next


@open_page(POST)
def set_language(request: HttpRequest) -> HttpResponse:
    """The page again in the other language; a person who is signed in keeps it, a stranger's
    browser does."""
    wanted = request.POST.get("language", "")
    response = HttpResponseRedirect(safe_next(request))
    if wanted in Language.values:
        if request.user.is_authenticated:
            update_profile(request.user, language=wanted)
        keep_language(response, wanted)
    return response
