"""What is not all right, in words: what it is, what happens by itself, what a person can do.

Codes and data: delivery.allright. "n" among the data chooses between one and many.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from breakwater.core.money import readable

Text = str | Promise


@dataclass(frozen=True)
class Said:
    """title: what it is, without its time. itself: what Breakwater does; "" for nothing.
    person: what somebody can do; "" for nothing."""

    title: str
    itself: str
    person: str


@dataclass(frozen=True)
class _Trouble:
    title: Text
    itself: Text
    person: Text


_DELIVERIES = {
    "delivery_asks": _Trouble(
        ngettext_lazy("%(n)s delivery needs an answer", "%(n)s deliveries need an answer", "n"),
        _("Nothing more is sent for it before somebody has answered."),
        _("Open it, look at what the network shows, and answer."),
    ),
    "delivery_stuck": _Trouble(
        ngettext_lazy(
            "%(n)s delivery is stuck: its time is past and nothing moves",
            "%(n)s deliveries are stuck: their time is past and nothing moves",
            "n",
        ),
        _("Those who plan are told. What becomes too late asks them; nothing is sent blindly."),
        _("Tell whoever runs this installation: a worker may be frozen, or overrun."),
    ),
    "delivery_missed": _Trouble(
        ngettext_lazy("%(n)s post missed its time", "%(n)s posts missed their time", "n"),
        _("Nothing of it leaves by itself any more."),
        _("Open it: send it after all, or leave it."),
    ),
    "delivery_failed": _Trouble(
        ngettext_lazy("%(n)s post was refused", "%(n)s posts were refused", "n"),
        _("It is kept, and not sent again by itself."),
        _("Open it: the network's reason is there. Send it again, or leave it."),
    ),
    "delivery_held": _Trouble(
        ngettext_lazy(
            "%(n)s post is held without its approval",
            "%(n)s posts are held without their approval",
            "n",
        ),
        _("It is kept, and does not leave by itself."),
        _("Open it: have it approved again, or leave it."),
    ),
    "delivery_behind": _Trouble(
        ngettext_lazy("%(n)s post waits behind a hold", "%(n)s posts wait behind a hold", "n"),
        _("It is kept. When the hold is released it leaves if it is still in time, or else asks."),
        _("An owner or manager can release the hold."),
    ),
    "delivery_late": _Trouble(
        ngettext_lazy("%(n)s post is late", "%(n)s posts are late", "n"),
        _(
            "It leaves by itself when what keeps it is over. What becomes too late asks a person "
            "instead."
        ),
        "",
    ),
    "delivery_unknown": _Trouble(
        ngettext_lazy(
            "%(n)s outcome is not known: the post may be out, or not",
            "%(n)s outcomes are not known: the posts may be out, or not",
            "n",
        ),
        _("Breakwater looks on the network, and sends nothing before it knows."),
        _("Nothing for now. If it cannot be found out, you are asked."),
    ),
}

_BY_BOSS = _("An owner or manager releases it. What is late by then asks first.")
_HELD = _("Nothing of it leaves, and nothing is lost.")

_HOLDS = {
    "hold_pause": _Trouble(_("Everything here is held"), _HELD, _BY_BOSS),
    "hold_pause:aside": _Trouble(
        _("Posts of a past pause are kept back"),
        _HELD,
        _("Whoever may end a pause lets them go from its page, or they are cancelled."),
    ),
    "hold_pause:channel": _Trouble(_("Everything for %(name)s is held"), _HELD, _BY_BOSS),
    "hold_pause:campaign": _Trouble(_("The campaign %(name)s is held"), _HELD, _BY_BOSS),
    "hold_pause:label": _Trouble(_("Posts with the label %(name)s are held"), _HELD, _BY_BOSS),
    "hold_restore": _Trouble(
        _("Everything is held since a backup was restored"),
        _(
            "Nothing leaves, deletes neither: networks may have posts that the backup does not know."
        ),
        _(
            "Compare each channel first (breakwater reconcile). Then an owner or manager releases "
            "it."
        ),
    ),
    "hold_budget": _Trouble(
        _("%(name)s is held: it posted too often within an hour"),
        _("Nothing more leaves for it, and nothing is lost."),
        _("Look whether something repeats itself. Then an owner or manager releases it."),
    ),
}

_CHANNELS = {
    "circuit_open": _Trouble(
        _("%(network)s is in trouble, so it is left in peace"),
        _("It is tried again by itself, with one post at a time. What becomes too late asks."),
        "",
    ),
    "network_quiet": _Trouble(
        _("%(network)s asked this installation to wait"),
        _("Sending goes on by itself afterwards. What becomes too late asks."),
        "",
    ),
    "network_gone": _Trouble(
        _("The network of %(channel)s is not installed any more"),
        _("Posts for it wait. What becomes too late asks."),
        _("Whoever runs this installation puts its package back."),
    ),
    "reconnect": _Trouble(
        _("%(channel)s has to be connected again"),
        _("Posts for it wait. What becomes too late asks."),
        _("An owner or manager connects it again from its page."),
    ),
    "expiring": _Trouble(
        _("The sign-in of %(channel)s ends soon"),
        _("Until then everything leaves as planned."),
        _("An owner or manager connects it again before then, and no post is late."),
    ),
    "channel_trouble": _Trouble(
        _("%(channel)s did not answer well when it was last asked"),
        _("Posts for it are still tried, and it is asked again by itself."),
        _("If it stays like this, connect it again from its page."),
    ),
    "channel_quiet": _Trouble(
        _("The network asked for peace on %(channel)s"),
        _("Posts for it wait until then, and leave by themselves."),
        "",
    ),
    "cap_reached": _Trouble(
        _("%(network)s: %(spent)s of %(cap)s are spent this month"),
        _("Nothing more that costs money is called there before the next month; posts for it ask."),
        _("An owner or manager can raise the cap."),
    ),
    "budget_used": _Trouble(
        _("%(channel)s has used up what its network allows in a while (%(budget)s: %(units)s)"),
        _("What needs it waits until then, and goes on by itself. All else goes on now."),
        "",
    ),
    "budget_used:app": _Trouble(
        _(
            "This installation has used up what a network allows it in a while "
            "(%(network)s, %(budget)s: %(units)s)"
        ),
        _("What needs it waits until then, and goes on by itself. All else goes on now."),
        "",
    ),
    "found_open": _Trouble(
        ngettext_lazy(
            "%(n)s post was found on %(channel)s that the ledger was not told of",
            "%(n)s posts were found on %(channel)s that the ledger was not told of",
            "n",
        ),
        _("By itself nothing changes: a comparison only reads."),
        _("Whoever runs this installation lets the ledger learn it: breakwater reconcile --adopt."),
    ),
}

_MACHINE = {
    "no_worker": _Trouble(
        _("Nothing leaves: no worker is alive"),
        _("No post leaves, nothing is looked for, no alarm is raised. Nothing is lost."),
        _("Whoever runs this installation starts it at once: breakwater run."),
    ),
    "clock_jump": _Trouble(
        _("Nothing leaves from %(host)s: its clock jumped"),
        _("It goes on by itself when the clock is put right."),
        _("If the new time is right, an owner or manager confirms it."),
    ),
    "clock_behind": _Trouble(
        _("Nothing leaves from %(host)s: its clock is earlier than the last record"),
        _("It goes on by itself when the clock is put right."),
        _("If the new time is right, an owner or manager confirms it."),
    ),
    "clock_skew": _Trouble(
        _("Nothing leaves from %(host)s: its clock and the database's differ"),
        _("It goes on by itself when both are right."),
        _("Whoever runs this installation sets both clocks, by NTP."),
    ),
    "disk_unknown": _Trouble(
        _("It cannot be told whether the disk has room"),
        "",
        _("Whoever runs this installation looks at the data folder: breakwater check."),
    ),
    "disk_low": _Trouble(
        _("Only %(free)s MB are free on the disk"),
        _("When it is full nothing is claimed and nothing leaves; nothing is lost."),
        _("Whoever runs this installation makes room."),
    ),
    "spool_refused": _Trouble(
        ngettext_lazy(
            "%(n)s file of results was not taken by the database",
            "%(n)s files of results were not taken by the database",
            "n",
        ),
        _("It is kept beside, and its deliveries are looked for like any that broke off."),
        _("Whoever runs this installation reads the log, and keeps the file."),
    ),
    "spool_waiting": _Trouble(
        ngettext_lazy(
            "%(n)s file of results waits to be stored",
            "%(n)s files of results wait to be stored",
            "n",
        ),
        _("A worker stores it as soon as the database takes it."),
        "",
    ),
    "mail_failed": _Trouble(
        ngettext_lazy(
            "%(n)s mail could not be sent within the last day",
            "%(n)s mails could not be sent within the last day",
            "n",
        ),
        _("It is not tried again. What it said stands under Notices."),
        _("Whoever runs this installation looks at the mail server (BREAKWATER_MAIL_URL)."),
    ),
    "mail_waiting": _Trouble(
        ngettext_lazy("%(n)s mail does not leave yet", "%(n)s mails do not leave yet", "n"),
        _("It is tried six times within hours. What it says stands under Notices already."),
        "",
    ),
}

TROUBLES: Mapping[str, _Trouble] = {**_DELIVERIES, **_HOLDS, **_CHANNELS, **_MACHINE}

VERDICTS: Mapping[str, Text] = {
    "all_right": _("Everything is all right."),
    "taking_care": ngettext_lazy(
        "Breakwater is taking care of %(n)s thing.",
        "Breakwater is taking care of %(n)s things.",
        "n",
    ),
    "needs_you": ngettext_lazy("%(n)s thing needs you.", "%(n)s things need you.", "n"),
    "cannot_tell": _("It cannot be told whether everything is all right."),
}


def say(code: str, data: Mapping[str, object]) -> Said:
    """The sentences of a trouble, in the language in use."""
    found = TROUBLES.get(f"{code}:{data.get('scope')}") or TROUBLES[code]
    data = readable(data)
    return Said(
        *(str(part % data) if part else "" for part in (found.title, found.itself, found.person))
    )


def verdict(code: str, count: int) -> str:
    """The one sentence on top."""
    return str(VERDICTS[code] % {"n": count})


def besides(count: int) -> str:
    """What Breakwater takes care of while something needs a person."""
    return ngettext(
        "Breakwater is taking care of %(n)s more.",
        "Breakwater is taking care of %(n)s more.",
        count,
    ) % {"n": count}
