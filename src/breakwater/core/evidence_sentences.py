"""Sentences about sealed captures, and about what is printed."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVIDENCE: dict[str, str | Promise] = {
    "pdf_missing": _(
        "This installation cannot make PDFs: its server lacks %(packages)s. Whoever runs it can "
        "install them. Until then, print the page with your browser."
    ),
    "pdf_too_much": _(
        "This is too much for one PDF, so none was made. Print the page with your browser, or "
        "choose less."
    ),
    "capture_of_nothing": _("There is no address of a post here, so nothing can be kept."),
    "capture_unknown": _(
        "This channel has never shown, sent or been sent anything with this id. Nothing was asked for."
    ),
    "capture_address": _(
        "This is not the address under which that is known here. Leave it empty: the known one is "
        "taken. Nothing was asked for."
    ),
    "capture_not_again": _(
        "This is whole, or being taken at this moment. Nothing needs to be taken again."
    ),
    "capture_is_whole": _("This is kept whole, so no signature is needed."),
    "capture_under_way": _("This is being taken at this moment. Try again in a few seconds."),
    "capture_doubted": _(
        "Somebody says that an illegal image of a minor is in it. Until somebody else answers, nobody "
        "opens it."
    ),
    "shredding_needs_another": _(
        "You have said so already. Somebody else who responds has to say yes. Nothing was changed."
    ),
    "no_shredding": _("Nobody asks any more that this be shredded."),
    "capture_held": _(
        "This is held for a reason, which its page says. End that first. Nothing was changed."
    ),
    "copy_why": _("Write whom this copy is for, and what they need it for. No copy was made."),
    "copy_of_all": _("Choose what is blacked out: a copy takes something out. No copy was made."),
    "copy_words": _(
        "Write at most %(most)s further words, of at least %(least)s characters each. No copy was "
        "made."
    ),
    "copy_of_address": _("Of this the address alone was kept, so there is nothing to copy."),
    "signature_why": _(
        "Write why this may be deleted although not everything of it could be kept."
    ),
    "evidence_shredded": _(
        "Of this the digests alone are still here: what was kept was shredded, or nothing ever was."
    ),
    "evidence_years": _("Evidence is kept for %(least)s to %(most)s years. Nothing was changed."),
}
