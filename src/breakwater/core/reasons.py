"""Why a delivery waits for a person or did not leave: what happened, what was kept, what to do.

Also how a channel is. Codes without an entry here have one in core/sentences.py.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.core.messages import knows, sentence
from breakwater.domain.kinds import ACT, DELETE, EDIT, PUBLISH, REPLY

HEALTH: Mapping[str, str | Promise] = {
    "ok": _("The sign-in works. Planned posts can leave."),
    "expiring": _(
        "The sign-in works, but it ends on %(day)s. Reconnect before then, and no post is late."
    ),
    "reconnect": _(
        "The network no longer accepts the sign-in. Nothing is lost: planned posts wait until "
        "the channel is reconnected; those that become too late ask you first."
    ),
    "trouble": _(
        "The last check did not succeed. Planned posts are still tried. Check again in a few "
        "minutes; if it stays like this, reconnect the channel."
    ),
    "disconnected": _(
        "Nothing can leave for this account, and its sign-in is deleted here. "
        "What was published stays on the network. Reconnect to use it again."
    ),
}

_UNCLEAR: dict[str, str | Promise] = {
    "not_found": _(
        "The answer of the network was lost, and the post was not found when we looked. "
        "Nothing is sent again before you have looked yourself."
    ),
    "several": _(
        "What is on the account could be this one, or another one: we cannot tell. "
        "Compare, then say what you see. Until then nothing is sent again."
    ),
    "altered": _(
        "The post is out, but the network shows it differently from what was sent. "
        "Compare the two: it may be fine as it is."
    ),
    "vanished": _(
        "The network took the post, but it could not be found afterwards. Somebody may have "
        "deleted it there, or the network may have dropped it. Look there, then say what you see."
    ),
    "still_there": _(
        "The network said that the post was deleted, but it is still there. "
        "Look there; you can have it deleted again."
    ),
    "not_so": _(
        "The network said that it was done, but when we looked it was not so. "
        "Look there; you can have it done again."
    ),
    "cannot_look": _(
        "The network did not let us look for so long that we stopped. "
        "The post may be there or not. Look there yourself, then say what you see."
    ),
    "too_many_tries": _(
        "It was tried as often as is safe, so it is not tried any more. "
        "Look on the network, then say what is there."
    ),
    "worker_gone": _(
        "The process that was sending it ended in the middle. It may be out or not: "
        "look on the network, then say what you see."
    ),
    "internal": _(
        "A mistake of ours stopped it; the details are in the log of this installation. "
        "The text and pictures are kept. Look on the network before you send it again."
    ),
    "throttled_too_long": _(
        "The network asks us to wait until after the time this post was good for. It was not "
        "sent. Say whether it should still leave."
    ),
    "unknown": _(
        "The answer of the network was lost. We look whether the post is there; "
        "nothing is sent again before that."
    ),
    "duplicate": _(
        "The network says that it has this text already. "
        "We look whether that is our own post, so that it is not there twice."
    ),
}

_WAITS: dict[str, str | Promise] = {
    "late": _(
        "Its time passed before it could leave (Breakwater was stopped, or the channel was shut). "
        "It was not sent and is kept as it was approved. Send it now, or leave it."
    ),
    "hold": _(
        "A pause holds everything here. It was not sent and is kept. "
        "It waits until the pause is lifted."
    ),
    "paused": _(
        "Its time came while everything was paused, so it was not sent. It is kept. "
        "Send it now, give it another time, or leave it."
    ),
    "drill": _(
        "This workspace is for drills: nothing leaves it for a real network. It was not sent."
    ),
    "no_evidence": _(
        "The sealed evidence of what it deletes is not on disk, so nothing was deleted. "
        "Take the evidence again, or sign that it is deleted with what there is."
    ),
    "not_approved": _(
        "Its approval no longer stands, so it was not sent. The post is kept: "
        "have it approved again, and it gets a new delivery."
    ),
    "guideline": _(
        "A guideline of this workspace stops it, so it was not sent. The post is kept: change it, or "
        "have the guideline turned off, then send it."
    ),
    "altered_since_approval": _(
        "What was about to leave is not what was approved, so it was not sent. Plan the post "
        "again from its page, and tell whoever runs this installation: somebody changed the data."
    ),
    "reconnect": _(
        "The network no longer accepts the sign-in of this channel. The post was not sent and is "
        "kept. Reconnect the channel, then send it."
    ),
    "no_credential": _(
        "The sign-in of this channel cannot be opened on this machine (its key is missing). The "
        "post was not sent and is kept. Reconnect the channel, or put the key back."
    ),
    "not_reached": _(
        "The network could not be reached. The post was not sent and is kept; "
        "it is tried again by itself while it is not too late."
    ),
    "throttled": _(
        "The network asked us to slow down. The post was not sent and is kept; "
        "it is tried again by itself while it is not too late."
    ),
    "budget_used": _(
        "What this network allows in a while is used up. It was not sent yet and is kept; it leaves "
        "by itself when there is room again, while it is not too late."
    ),
    "circuit": _(
        "The network is in trouble, so it is left in peace. The post was not sent and is kept; "
        "it is tried again by itself while it is not too late."
    ),
    "clock": _(
        "The clock of this installation jumped, so nothing leaves. The post was not sent and is "
        "kept; it waits until the clock is right again."
    ),
    "over_budget": _(
        "This channel has posted more in an hour than its network allows, so it is held. The post "
        "was not sent and is kept."
    ),
    "no_worker": _(
        "No worker of this installation is alive, so nothing leaves. The post was not sent and is "
        "kept. Whoever runs the installation has to start it."
    ),
    "after_first": _(
        "It answers a post that is not out yet. It leaves by itself as soon as that is out."
    ),
    "after_restore": _(
        "A backup was restored in which this still waited, so it may have left since. "
        "Nothing is sent before you have looked yourself."
    ),
    "first_gone": _(
        "It answers a post that was taken down or given up, or of which we do not know where it is. "
        "It was not sent and is kept. Answer that post by hand on the network, or leave this one."
    ),
    "turn": _("It waits for its turn: others leave before it. It was not sent yet."),
    "same_again": _(
        "It is sent once more with the same key, so that the network can tell it is the same post."
    ),
    "by_person": _("A person saw it on the network and said so."),
}

_REFUSED: dict[str, str | Promise] = {
    "refused": _(
        "The network refused it without a clear reason. It was not published, and the text and "
        "pictures are kept. Change the post, or send it again later."
    ),
    "not_accepted": _(
        "The network did not accept the content as it is. It was not published and is kept. "
        "The network's own words below may say why: change the post and plan it again."
    ),
    "not_allowed": _(
        "The network does not allow this account to do this. It was not published and is kept. "
        "Look at the account on the network: it may be limited or suspended."
    ),
    "not_there": _(
        "The network says that something this needs is not there (any more). "
        "Nothing was published; the post is kept. Try once more."
    ),
    "too_large": _(
        "The network says that a picture or the text is too large. It was not published and is "
        "kept. Make it smaller and plan the post again."
    ),
    "media_type": _(
        "The network does not take this kind of picture. It was not published and is kept. "
        "Use another picture and plan the post again."
    ),
    "media_altered": _(
        "The network changed a picture while it was uploaded, so the post was stopped before it "
        "was public. It is kept. Try once more, or use another picture."
    ),
    "media_gone": _(
        "The network lost a picture that was uploaded. Nothing was published; the post is kept. "
        "Send it again."
    ),
    "media_unreachable": _(
        "This network fetches pictures and videos itself, and it cannot reach this installation. "
        "Nothing was published; the post is kept. Whoever runs the installation has to give it an "
        "address on the Internet (BREAKWATER_PUBLIC_URL, with https)."
    ),
    "over_cap": _(
        "This call would have cost more than this workspace wants to spend in a month, so it was "
        "not made. Nothing left, and what was to leave is kept. Raise the cap on the page “Costs”, "
        "or wait for the next month; then send it again."
    ),
    "text_too_long": _(
        "The network says that the text is too long. It was not published and is kept. "
        "Shorten it and plan the post again."
    ),
    "too_many_pictures": _(
        "The network says that there are too many pictures. It was not published and is kept. "
        "Take some out and plan the post again."
    ),
}

REASONS: Mapping[str, str | Promise] = {**_UNCLEAR, **_WAITS, **_REFUSED}

STATES: Mapping[str, str | Promise] = {
    "queued": _("It leaves by itself at its time."),
    "retry_wait": _("It was not sent yet. It is tried again by itself."),
    "claimed": _("It is on its way out."),
    "prepared": _("It is on its way out."),
    "sending": _("It is being sent at this moment."),
    "unknown": _("It may be out. We look, and send nothing meanwhile."),
    "accepted": _("The network has it. We read it back to be sure."),
    "verified": _("The network has it, and we have read it back."),
    "taken": _("The network says that it has it. It does not let us look."),
    "cancelled": _("Nothing more is sent for it."),
}

_DELETE_STATES: Mapping[str, str | Promise] = {
    "queued": _("The delete leaves by itself in a moment."),
    "accepted": _("The network says it is deleted. We look whether it is gone."),
    "verified": _("We looked, and it is gone from the network."),
    "taken": _("The network says it is deleted. It does not let us look."),
    "unknown": _("It may be deleted. We look."),
}

_EDIT_STATES: dict[str, str | Promise] = {
    "queued": _("The change leaves by itself in a moment."),
    "accepted": _("The network says it is changed. We read it back to be sure."),
    "verified": _("The network shows the change; we have read it back."),
    "taken": _("The network says it is changed. It does not let us look."),
    "unknown": _("It may be changed. We look."),
}

_ACT_STATES: dict[str, str | Promise] = {
    "queued": _("It is done by itself in a moment."),
    "accepted": _("The network says it is done. We look whether it is so."),
    "verified": _("It is done; we have looked."),
    "taken": _("The network says it is done. It does not let us look."),
    "unknown": _("It may be done. We look."),
}

_ACT_REFUSED: dict[str, str | Promise] = {
    "refused": _("The network refused it without a clear reason. Nothing was changed there."),
    "not_accepted": _("The network does not take this as it is. Nothing was changed there."),
    "not_allowed": _(
        "The network does not allow this account to do this. Nothing was changed there. Look at "
        "the account on the network: it may be limited."
    ),
    "not_there": _(
        "The network says that the message or the person is not there (any more), so there was "
        "nothing to do."
    ),
}
"""Of deeds on others' messages, where nothing of ours was to be published or kept."""

_REPLY_STATES: dict[str, str | Promise] = {
    "queued": _("The answer leaves by itself in a moment."),
    "verified": _("The network has the answer, and we have read it back."),
    "taken": _("The network says that it has the answer. It does not let us look."),
    "cancelled": _("Nothing more is sent for it."),
}

_MAY_BE_OUT = _("A call before this one may have worked, so it may be out: look there first.")

_OWN_STATES: Mapping[str, Mapping[str, str | Promise]] = {
    DELETE: _DELETE_STATES,
    EDIT: _EDIT_STATES,
    REPLY: _REPLY_STATES,
    ACT: _ACT_STATES,
}


def why(code: str, state: str, *, kind: str = PUBLISH, own: Mapping[str, str] | None = None) -> str:
    """What happened to a delivery, what was kept and what to do, in the language in use.

    code: the row's reason; state: the row's; kind: of delivery (domain.kinds). own: the network's
    own reasons -> msgid.
    """
    calm = _calm(state, kind)
    if calm and (not code or state in ("verified", "taken", "cancelled")):
        return str(REASONS["by_person"]) if code == "by_person" else calm
    if kind == ACT and state != "needs_human" and code in _ACT_REFUSED and code not in (own or {}):
        return str(_ACT_REFUSED[code])
    if state == "needs_human" and (code in _REFUSED or code in (own or {})):
        return f"{_MAY_BE_OUT} {_said(code, own)}"
    if code in REASONS or code in (own or {}):
        return _said(code, own)
    if knows(code):
        return sentence(code)
    return calm or str(REASONS["refused"])


def _said(code: str, own: Mapping[str, str] | None) -> str:
    """The network's own sentence goes before a general one."""
    return _now(own[code]) if own and code in own else str(REASONS[code])


def _calm(state: str, kind: str) -> str:
    own = _OWN_STATES.get(kind, {}).get(state)
    return str(own or STATES.get(state, ""))
