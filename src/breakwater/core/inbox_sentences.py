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
    "saved_reply_derived": _(
        "These are the words of a statement, as they were approved. Remove the answer, or add one of "
        "your own."
    ),
    "saved_reply_there": _("There is an answer of this name in this language already."),
    "saved_reply_in_rules": _(
        "Rules send this by themselves: %(rules)s. Only those who set up rules may change its words. "
        "Yours can be saved under another name."
    ),
    "saved_reply_empty": _("A saved answer needs words."),
    "saved_reply_places": _("Nobody knows how to fill %(names)s. Known are %(known)s."),
    "rule_shape": _("This is no rule that can be read. Nothing was changed."),
    "rule_condition": _("Nobody knows the condition “%(name)s”. Nothing was changed."),
    "rule_action": _("Nobody knows the action “%(name)s”. Nothing was changed."),
    "rule_value": _("This is nothing that can stand there. Nothing was changed."),
    "rule_twice": _("The same is said twice. Say it once; a rule acts where all of it holds."),
    "rule_no_condition": _("Say which messages it is about: at least one condition."),
    "rule_no_action": _("Say what is to be done: at least one action."),
    "rule_aside_done": _("A conversation is either set aside or done, not both."),
    "rule_why": _("Write in ten letters or more why this is hidden or set aside."),
    "rule_why_criticism": _(
        "This would hide or set aside criticism, questions or praise, too. Limit it to abuse, "
        "advertising and threats, or write in ten letters or more why it has to be."
    ),
    "rule_hourly": _("Between 1 and %(most)s messages an hour."),
    "rule_label_gone": _("There is no such label any more. Choose another."),
    "rule_answer_gone": _("There is no such saved answer any more. Choose another."),
    "rule_changed": _(
        "Somebody changed this rule after your page was made. Load it again and look at what it says."
    ),
    "rule_not_tried": _(
        "Try it on the last 30 days first. A rule is switched on once somebody has seen what it does."
    ),
    "rules_full": _("There are %(limit)s rules already. Remove one that is not needed."),
    "unknown_deed": _("This is nothing that can be done here. Nothing was done."),
    "deed_own_message": _("This is a message of your own, so there is nothing to do about it."),
    "deed_message_gone": _("The message is gone from the network."),
    "deed_not_for_this": _("This cannot be done to such a message."),
    "deed_not_there": _("%(network)s does not let other software do this."),
    "deed_not_granted": _(
        "The sign-in of this channel was not granted this. Reconnect the channel and choose more."
    ),
    "deed_refused_before": _("This was tried on this account, and the network said no."),
    "deed_for_good": _("This cannot be taken back. Nothing was changed."),
    "deed_never_was": _("It was not done, or is taken back already. Nothing was changed."),
    "reported_already": _("This was reported already, and networks count each report."),
    "report_reason_missing": _("Say what is wrong with it: the network asks."),
    "deed_text_long": _("That is too long: %(limit)s characters are the most."),
    "deed_reason_missing": _(
        "Some of these are criticism, ask for something, or hurt nobody. Write why, before several "
        "of them are silenced; it is kept on record. Nothing was done."
    ),
    "too_many_at_once": _("At most %(limit)s messages can be chosen at once. Nothing was done."),
    "too_many_talks": _("At most %(limit)s conversations can be chosen at once. Nothing was done."),
    "nothing_chosen": _("Nothing that waits was chosen, so nothing was done."),
    "unknown_outcome": _("Say what became of the report. Nothing was changed."),
    "snooze_past": _("Choose a moment ahead, within a year. Nothing was changed."),
    "cannot_answer": _("This person may not answer people here. Nothing was changed."),
    "taken_by": _("%(who)s was first and looks after this conversation. Nothing was changed."),
    "nobody_else": _(
        "Nobody else may answer people here, so nobody can take it. You may leave it where it is, or "
        "ask who runs this workspace to invite somebody."
    ),
    "relief_over": _(
        "It has moved on since, so it cannot be taken back. Whoever has it now can give it to you."
    ),
    "note_empty": _("A note needs words. Nothing was saved."),
    "note_too_long": _("A note has at most %(limit)s characters. Nothing was saved."),
    "label_there": _("There is a label of this name already. Nothing was changed."),
    "bad_tone": _("There is no such colour. Nothing was changed."),
    "bad_hours": _(
        "Hours go from one time to a later one, such as 09:00 to 18:00. Nothing was changed."
    ),
    "bad_day": _("“%(day)s” is no day: write it as 2026-12-25. Nothing was changed."),
    "bad_target": _("A target is a number of minutes, from 1 to 20,000. Nothing was changed."),
    "bad_mode": _("There is no such way to share out work. Nothing was changed."),
    "view_without_name": _("A saved view needs a name. Nothing was saved."),
    "aside_danger": _(
        "Somebody may be in danger there, so it cannot be set aside. If nobody is, say so on its page."
    ),
    "not_aside": _("It is not in the folder any more: somebody took it out, or decided about it."),
    "in_danger": _("It says so already: somebody may be in danger there."),
    "no_danger": _("It says so already: nobody is in danger there."),
    "kept_shows_nothing": _(
        "There is no picture and no link in this message. A threat or another crime can be kept as it is."
    ),
    "kept_why": _("A message is kept as a threat, as another crime, or as an image of a minor."),
    "erased": _("Nothing is left of it here, so there is nothing to keep."),
    "report_early": _("It cannot have been reported in the future."),
    "reference_long": _("A reference has at most %(limit)s characters."),
    "unknown_country": _("Breakwater has no list of numbers for this country yet."),
    "helpline_way": _("A number or an address is needed, or nobody can be reached."),
    "helpline_address": _("An address begins with https:// and names a server."),
    "helpline_long": _("At most %(limit)s characters fit here."),
    "helper_self": _("You cannot be your own helper."),
    "helper_unable": _("A helper is a member of this workspace who may answer people."),
    "grant_until": _("Choose an end that is still to come, at most 31 days from now."),
    "grant_ended": _("What was lent to you has ended, or is somebody else’s. Nothing was done."),
    "pile_reason_missing": _(
        "Criticism is not hidden by the hundred without a reason. Write why, in ten characters or "
        "more: it is kept on record. Nothing was hidden."
    ),
    "pile_text_too_long": _(
        "This is longer than %(limit)s characters, more than any network takes. Nothing was sent."
    ),
    "answer_needs_yes": _(
        "In this workspace each answer needs somebody else's yes. Answer in its conversation, where it "
        "becomes a proposal. Nothing was sent."
    ),
    "pile_size": _("Choose between %(least)s and %(most)s people. Nothing was changed."),
    "pile_is_empty": _("Nothing is left in this group. Nothing was done."),
    "correction_own": _("These are our own words, which are never veiled. Nothing was changed."),
}
