"""The aid "delete or leave" in words: what it asks, what it says, and where that comes from."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from breakwater.domain.sources import SOURCES
from breakwater.web.incident_words import STRENGTHS

Said = str | Promise

ORIGINS: Mapping[str, Said] = {
    "ours": _("one of us, by mistake"),
    "agency": _("an agency that works for us"),
    "insider": _("somebody inside, on purpose"),
    "intruder": _("somebody who broke in"),
    "platform": _("an error of the network or of a tool"),
}
HARMS: Mapping[str, Said] = {
    "obscene": _("obscene"),
    "graphic": _("graphic: violence, wounds"),
    "hateful": _("hateful against a group"),
    "dangerous": _("dangerous: somebody could come to harm by following it"),
    "personal": _("shows personal data of somebody"),
    "false": _("false"),
    "tasteless": _("tasteless"),
}
MINORS: Mapping[str, Said] = {
    "no": _("no"),
    "audience": _("many who follow the account are young"),
    "shown": _("a minor is shown or named in it"),
}
REPUTATIONS: Mapping[str, Said] = {
    "good": pgettext_lazy("a name", "good"),
    "neutral": pgettext_lazy("a name", "neither good nor bad"),
    "bad": pgettext_lazy("a name", "bad"),
}
PRESSED: Mapping[str, Said] = {
    "nobody": _("nobody"),
    "people": _("people who comment"),
    "partner": _("a partner or a sponsor"),
    "superior": _("somebody above us"),
    "authority": _("an authority or a court"),
}
CLUSTERS: Mapping[str, Said] = {
    "victim": _("People will see us as a victim: little responsibility."),
    "accidental": _("People will see an accident: some responsibility."),
    "preventable": _("People will think that we could have prevented it: much responsibility."),
}
RESPONSES: Mapping[str, Said] = {
    "instruct": _("First, what people can do to be safe."),
    "adjust": _("Then the facts, and concern for those it touched."),
    "explain": _("Then how it came about."),
    "apologise": _("Then an apology, with what changes."),
}
STEPS: Mapping[str, Said] = {
    "address_only": _("Keep its address alone. The image is never stored."),
    "report_minor": _("Report it to the authorities (the numbers are in the inbox’s settings)."),
    "seal": _("Seal the evidence."),
    "delete_now": _("Delete it as soon as the evidence is on disk."),
    "delete": _("Decide, sign, then delete it."),
    "leave": _("Leave it, and say something below it or beside it."),
    "correct": _("Correct it in the same place, the right thing first."),
    "say_our_part": _("Say plainly what our own part in it was."),
    "ask_lawyer": _("Ask somebody who knows the law."),
    "secure_access": _(
        "Change passwords, secure the mail account, take connected applications out."
    ),
    "ask_dpo": _("Ask the data protection officer whether it has to be notified."),
    "holding_line": _("Publish a holding line within half an hour."),
    "watch_mentions": _("Expect many more messages; read and answer them in turns."),
    "review": _("When it is calm, write the review."),
}
LINES: Mapping[str, Said] = {
    "leave_is_default": _("It is generally best to leave such posts, even if we regret them."),
    "hiding_looks_worse": _("If we seem to sweep it under the carpet, we look worse."),
    "copies_exist": _("It was captured elsewhere: deleting it does not make it go away."),
    "copies_likely": _("Assume that somebody has captured it: deleting it alone solves nothing."),
    "obscene": _("Obscene or graphic posts are to be deleted as fast as possible: it is unfair to make followers see them."),
    "young_followers": _("All the more as many followers are young."),
    "minor_shown": _("It shows a minor: it goes, and nobody here looks at it again."),
    "danger": _("Somebody could come to harm while it stays."),
    "personal": _("It shows personal data: each minute adds to the harm done to that person."),
    "hateful": _("Hate against a group can be unlawful. If it is, it goes once it is sealed: ask now."),
    "false": _("A correction in the same place reaches those whom the error reached; a deletion does not."),
    "hack_accepted": _("Where a break-in is obvious, deleting is more accepted."),
    "hack_doubted": _("Not everybody will believe in a break-in, and some will call it a stunt: show facts."),
    "hack_not_evident": _("It is not evident that we did not write it: deleting would look like hiding."),
    "badly_kept": _("Access was badly kept. Then deleting, and speaking of a break-in alone, is not accepted."),
    "posture_unknown": _("Nobody has said how access was kept: find that out before you speak of a break-in."),
    "pressed": _("Somebody presses for it. That is no reason by itself; weigh it with the others."),
    "authority": _("An authority asks for it. Seal it first, and ask somebody who knows the law."),
    "fresh": _("It is minutes old, and nobody seems to have kept it. That may be wrong; seal it all the same."),
    "victim": _("Those to whom it was done are held least responsible."),
    "accidental": _("For technical errors people hold an organisation responsible to some degree."),
    "preventable": _("For human errors and misdeeds people hold an organisation most responsible."),
    "history": _("Something like it happened before: that weighs one step more."),
    "reputation": _("Our name was bad before: that weighs one step more."),
    "inform_enough": _("With little responsibility, nothing like it before and no bad name, to inform is enough."),
    "over_apology": _("Apologising for what we did not do makes people think that we did it."),
    "who_says_sorry": _("Whoever made the mistake says it, or somebody above them."),
    "higher_is_serious": _("Somebody above them shows that we take it seriously."),
    "no_bulk_hiding": _("Hide no criticism in bulk: traces of deleted comments lower forgiveness. Hide by a written rule, and say why."),
    "secure_access": _("Passwords, the mail account and connected applications come first."),
    "breach_notice": _("If personal data was reached, it may have to be notified within 72 hours: check with the data protection officer."),
    "author_willing": _("Whoever made the mistake wants to say it: that mostly sounds best."),
    "author_unnamed": _("Their name is not published."),
    "somebody_higher": _("Somebody above them says it, and how it will not happen again."),
}  # fmt: skip


def said(line: Mapping[str, Any]) -> dict[str, Any]:
    """A reason with its source: {words, source, url, strength}."""
    source = SOURCES[line["source"]]
    return {
        "words": LINES.get(line["code"], line["code"]),
        "source": source.title,
        "url": source.url,
        "strength": STRENGTHS[line["strength"]],
    }
