"""Sentences of signed links, and of the doors by which urgent news comes."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DOORS: dict[str, str | Promise] = {
    "link_gone": _(
        "This link opens nothing any more: it has ended, was taken back, or was not copied whole. "
        "Nothing was changed. Sign in instead, or ask for a new one."
    ),
    "push_wrong": _("The browser did not hand over what is needed to write to it. Try it again."),
    "push_too_many": _(
        "%(limit)s browsers show you urgent news already. Take one off the list first."
    ),
    "doors_no_workspace": _("You are not in any workspace, so there is nothing to try yet."),
    "webhook_wrong": _("A webhook's address begins with https:// and names a public server."),
    "webhook_twice": _("This address is on the list already."),
    "webhook_too_many": _("A workspace has at most %(limit)s webhooks. Remove one first."),
    "webhook_drill": _("This is a drill: nothing is sent to machines outside."),
}
