"""What a person does at X when somebody else was in the account, in X's own order."""

from breakwater.networks.base import Step
from breakwater.networks.x.words import gettext_noop

_SOURCE = "https://help.x.com/en/safety-and-security/x-account-compromised"
_READ_ON = "2026-11-28"

RUNBOOK = (
    Step(
        gettext_noop("Change the password, from a device that nobody else had."),
        _SOURCE, _READ_ON, "https://x.com/settings/password",
    ),
    Step(
        gettext_noop("Make sure that the e-mail account behind it is yours alone."),
        _SOURCE, _READ_ON, "https://x.com/settings/email",
    ),
    Step(
        gettext_noop("Revoke every connected application that you do not recognise."),
        _SOURCE, _READ_ON, "https://x.com/settings/connected_apps",
    ),
    Step(
        gettext_noop("Give the new password to the applications that you trust."),
        _SOURCE, _READ_ON,
    ),
)  # fmt: skip
