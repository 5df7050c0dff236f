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
}
