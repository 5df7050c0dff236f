"""The sentences of `sentences.py` about networks, keys, signing in and channels."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CHANNELS: dict[str, str | Promise] = {
    "network_missing": _("The part of Breakwater that speaks to this network is not installed."),
    "network_unreachable": _(
        "The network did not answer. Nothing was changed. Try again in a few minutes."
    ),
    "origin_missing": _("Enter the address of the server, like https://example.social."),
    "origin_bad": _("This is not the address of a server, like https://example.social."),
    "origin_port": _("The address has a port that Breakwater does not call."),
    "seal_broken": _(
        "The stored sign-in of this channel cannot be opened with the keys of this installation. "
        "Reconnect the channel, or put the keys back from their backup."
    ),
    "origin_fixed": _("This network has one address, which cannot be changed here."),
    "origin_not_https": _("The address has to begin with https://."),
    "address_refused": _(
        "This address is not one that Breakwater may call: it leads to a private or reserved place."
    ),
    "egress_refused": _("This address is not one that Breakwater may call."),
    "egress_scheme": _("Only addresses that begin with https:// or http:// can be called."),
    "egress_address": _(
        "This address leads to a private or reserved place, which Breakwater does not call."
    ),
    "field_missing": _("This is needed."),
    "field_too_long": _("This is longer than %(most)s characters."),
    "field_choice": _("Choose one of the possibilities."),
    "sign_in_elsewhere": _("On this network you sign in at its own page."),
    "sign_in_here": _("On this network you sign in here, with a name and an app password."),
    "video_unknown": _(
        "This is not a video that Breakwater knows. It takes MP4, MOV, MKV and WebM files."
    ),
    "video_codec": _(
        "This video is encoded in a way that networks do not take. Save it as MP4 (H.264) and try "
        "again."
    ),
    "video_damaged": _("This video cannot be read to its end. Save it anew and try again."),
    "document_damaged": _("This PDF is not whole. Save it anew and try again."),
    "app_keys_missing": _(
        "This network only talks to an app of your own, and this installation has none there yet. "
        "Nothing was connected. Whoever runs the installation can enter its keys under Networks."
    ),
    "app_keys_refused": _(
        "The network does not know these keys. Compare them with its own page, then enter them again."
    ),
    "app_keys_no_check": _(
        "This network has no way to ask whether keys are right. The first sign-in will tell."
    ),
    "being_changed": _(
        "An earlier change of this is still on its way. Change it again once that is out."
    ),
    "no_choices": _("This account has no lists of its own to choose from, so none was asked for."),
    "cannot_there": _(
        "%(network)s does not let other software do this, so nothing was done. %(note)s"
    ),
    "cannot_not_granted": _(
        "The sign-in of this channel was not granted this, so nothing was done. Reconnect the "
        "channel and choose more."
    ),
    "cannot_refused": _(
        "This was tried on this account, and the network said no. Nothing was done now. Whoever "
        "runs the installation can try again: breakwater channel probe."
    ),
    "nothing_to_change": _("It is not out, so there is nothing to change there."),
    "media_unreachable": _(
        "This network fetches pictures and videos itself, and it cannot reach this installation."
    ),
    "over_cap": _("This would cost more than this workspace wants to spend in a month."),
    "cap_free": _("Calls to this network cost nothing, so there is nothing to cap."),
    "cap_wrong": _("Enter an amount from 0 to 1,000,000 US dollars."),
    "told_never": _(
        "What is new on this account is not pushed: the network is asked every few minutes."
    ),
    "told_unreachable": _(
        "The network could push what is new, but it cannot reach this installation "
        "(BREAKWATER_PUBLIC_URL). It is asked every few minutes instead."
    ),
    "told_soon": _("The network will be asked in a moment to push what is new."),
    "told_failing": _(
        "The network was asked to push what is new, in vain so far. It is asked again by itself; "
        "until then we look every few minutes."
    ),
    "told_comes": _("The network pushes what is new. We still look now and then."),
    "hook_unreachable": _(
        "The network cannot reach this installation. Whoever runs it has to give it an address on "
        "the Internet (BREAKWATER_PUBLIC_URL, with https)."
    ),
    "hook_refused": _("This is no message of that network. Nothing was taken in."),
    "sign_in_refused": _(
        "The network refused the sign-in. Check the account and the password, then try again."
    ),
    "app_password_needed": _(
        "This is the password of the account itself, which opens far more than Breakwater needs. "
        "Make an app password on the network and enter that."
    ),
    "account_suspended": _("The network has suspended this account."),
    "probe_shut": _(
        "The channel is not well, so there is nothing to try. Check or reconnect it first."
    ),
    "probe_public": _(
        "This network has no post that only few can see, so a test post would be public until it "
        "is deleted. Nothing was published. Say --public if that is all right."
    ),
    "probe_paid": _("This network charges for calls. Nothing was tried. Say --paid to try it."),
    "probe_needs": _(
        "A post on this network needs more than words, so none is published for a test. "
        "Nothing was tried: leave --write out."
    ),
    "probe_held": _(
        "Posts of this workspace are held, so no test post leaves either. Nothing was published."
    ),
    "no_account": _(
        "The sign-in works, but it opens no account that posts could leave for. Nothing was "
        "connected. Look on the network whether you may manage the account, and say yes to it "
        "when the network asks which accounts Breakwater may use."
    ),
    "several_accounts": _(
        "This sign-in opens several accounts. Say which one, by its id: %(accounts)s."
    ),
    "account_not_there": _("The sign-in does not open this account. It opens: %(accounts)s."),
    "wrong_account": _(
        "This is the account %(given)s, but the channel belongs to %(wanted)s. Nothing was "
        "changed. Sign in there as %(wanted)s, or connect %(given)s as a new channel."
    ),
    "oauth_denied": _("The network says that access was not granted. Nothing was changed."),
    "oauth_state": _(
        "This way back from the network is used up, too old or from another browser. "
        "Start again from the channel page."
    ),
    "app_forgotten": _(
        "The network no longer knows this installation of Breakwater. Reconnect the channel."
    ),
}
