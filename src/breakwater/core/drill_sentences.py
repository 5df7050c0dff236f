"""Sentences about drills."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DRILLS: dict[str, str | Promise] = {
    "drill_scenario": _("Choose one of the scenarios."),
    "drill_speed": _("The clock goes from once to %(most)s times as fast. Nothing was begun."),
    "drill_people": _(
        "Choose among the members of this workspace. Whoever begins the drill owns it and is not "
        "chosen again. Nothing was begun."
    ),
    "drill_within": _("This is a drill already. Begin another one from your own workspace."),
    "drill_practice": _(
        "This workspace is for practice: no real account can be connected here. Nothing was changed."
    ),
}
