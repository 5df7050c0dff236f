"""Sentences about the inbox and about what its readers are spared."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

INBOX: dict[str, str | Promise] = {
    "search_empty": _("Write what you are looking for."),
    "search_too_long": _("A search has at most %(limit)s characters and forty words."),
    "search_quote": _("A quotation mark is left open. Close it, or take it out."),
    "search_bracket": _("A bracket is left open, or there is one too many."),
    "search_only_without": _(
        "This says only what must not be there. Add a word that must be there."
    ),
    "shield_bound": _(
        "The default cannot be milder than the mildest level that readers may choose. "
        "Nothing was changed."
    ),
    "answer_other_brand": _(
        "This form was made for another brand or account than the one that this conversation belongs "
        "to. Nothing was sent. Load the conversation again and look for whom you answer."
    ),
    "answered_meanwhile": _(
        "%(name)s answered here after your page was made. Yours was not sent and is kept. Read what "
        "was said, and send yours as well only if it still helps."
    ),
    "answer_gone": _(
        "The message was deleted on the network, so there is nothing left to answer. Nothing was sent."
    ),
    "answer_gaps": _("Still to be filled in: %(names)s. Nothing was sent."),
    "answer_too_long": _(
        "The network takes %(most)s there, counted its way, and this is %(count)s. Nothing was sent."
    ),
    "answer_window_shut": _(
        "%(network)s takes no answer to this person any more: too much time has passed since they "
        "last wrote. Nothing was sent. Answer on the network itself, or wait until they write."
    ),
    "own_answer": _("You wrote this answer yourself, so somebody else has to decide on it."),
    "not_own_answer": _("Only whoever wrote an answer can take it back."),
    "proposal_decided": _(
        "This answer was decided on, or taken back, meanwhile. Nothing was changed."
    ),
    "reason_needed": _("Say in a word why, so that whoever wrote it knows what to change."),
    "draft_elsewhere": _(
        "You have typed something else here in another window meanwhile. What stands here is kept in "
        "this browser; load the page again to see the other."
    ),
    "saved_reply_there": _("There is an answer of this name in this language already."),
    "saved_reply_empty": _("A saved answer needs words."),
    "saved_reply_places": _("Nobody knows how to fill %(names)s. Known are %(known)s."),
    "pile_reason_missing": _(
        "Criticism is not hidden by the hundred without a reason. Write why, in ten characters or "
        "more: it is kept on record. Nothing was hidden."
    ),
    "pile_text_too_long": _(
        "This is longer than %(limit)s characters, more than any network takes. Nothing was sent."
    ),
    "pile_needs_approval": _(
        "In this workspace answers need somebody else's yes. Ask an approver or a manager to "
        "answer the group. Nothing was sent."
    ),
    "pile_size": _("Choose between %(least)s and %(most)s people. Nothing was changed."),
    "pile_is_empty": _("Nothing is left in this group. Nothing was done."),
    "unknown_deed": _("There is no such deed. Nothing was done."),
}
