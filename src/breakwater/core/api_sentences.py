"""Sentences that only those read who call the API."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

API: dict[str, str | Promise] = {
    "token_missing": _(
        "Send an API token: a header “Authorization: Bearer bw_…”. "
        "Tokens are made in the settings of a workspace."
    ),
    "too_many_requests": _(
        "This token has asked too often in this minute. Ask again in %(after_s)s seconds."
    ),
    "request_too_large": _("The request is larger than what is taken here. Nothing was kept."),
    "not_json": _("The body of the request is not JSON (in UTF-8)."),
    "part_missing": _("“%(field)s” is missing."),
    "part_wrong": _(
        "“%(field)s” is not of the form that the description of the API (openapi.json) asks for."
    ),
    "key_malformed": _("An Idempotency-Key has 1 to 255 characters, letters, digits and signs."),
    "key_for_another": _(
        "This Idempotency-Key was used for another request. Nothing was done. Use a new key."
    ),
    "key_in_use": _(
        "The first request with this Idempotency-Key is still worked on, or broke off in the "
        "middle. Look at what is there before you send it with a new key."
    ),
    "spent": _("%(spent)s are spent. There is no cap."),
    "spent_capped": _("%(spent)s of %(cap)s are spent."),
    "api_broke": _(
        "Something is wrong with this installation. It is in its log under the X-Request-ID "
        "of this answer."
    ),
}
