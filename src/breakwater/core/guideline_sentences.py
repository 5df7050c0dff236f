"""Sentences about guidelines: what may be written down, and what a draft is told."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GUIDELINES: dict[str, str | Promise] = {
    "guideline_block": _("A guideline stops this (“%(found)s”): %(clause)s"),
    "guideline_warn": _("A guideline advises against this (“%(found)s”): %(clause)s"),
    "guideline_block_unread": _(
        "A guideline could not be checked on this text in time, so it stops it: %(clause)s"
    ),
    "guideline_warn_unread": _("A guideline could not be checked on this text in time: %(clause)s"),
    "guideline_kind": _("There is no such kind of guideline."),
    "guideline_effect": _("Say whether it stops a post or only warns."),
    "guideline_no_clause": _("Write the sentence that writers will read."),
    "guideline_clause_long": _("The sentence has at most %(limit)s characters."),
    "guideline_until": _("It has to end after it begins."),
    "guideline_many": _(
        "There are %(limit)s guidelines already. Remove some that are not needed any more."
    ),
    "guideline_many_patterns": _(
        "There are %(limit)s patterns already: more of them would make drafts slow to check."
    ),
    "guideline_untried": _(
        "Try it on the posts of the past first, so that everybody knows what it would stop."
    ),
    "guideline_changed": _(
        "Somebody changed this guideline in the meantime. Look at it again, then try it."
    ),
    "guideline_no_words": _("Write at least one word."),
    "guideline_no_domains": _("Write at least one domain, like example.com."),
    "guideline_no_days": _("Write at least one day, like 11-13 or 2026-11-13."),
    "guideline_too_many": _("At most %(limit)s lines of at most 100 characters are possible."),
    "guideline_word_empty": _("“%(word)s” has no letter and no figure to look for."),
    "guideline_domain": _("“%(domain)s” is no domain, like example.com."),
    "guideline_time": _("Choose two times of the day."),
    "guideline_day": _("“%(day)s” is no day: write 11-13 for every year, or 2026-11-13."),
    "pattern_empty": _("Write a pattern."),
    "pattern_too_long": _("A pattern has at most %(limit)s characters."),
    "pattern_counts": _("Counts in a pattern go up to %(limit)s, and there are at most eight."),
    "pattern_strange": _("This kind of pattern is not possible here: it could take far too long."),
    "pattern_broken": _("This pattern cannot be read (%(why)s)."),
    "pattern_always": _("This pattern fits everything, even an empty text."),
    "pattern_slow": _(
        "This pattern takes too long on some texts. Nested repetitions such as (a+)+ are the usual "
        "cause: say it in a simpler way."
    ),
}
