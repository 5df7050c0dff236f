"""One sentence or two for each code: what happened, what was kept, what to do.

A test finds every code that the source names and asks for its sentence here. "x:counted" is
said instead of "x" where the figures are known (`limit` is among the data).
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from breakwater.core.api_sentences import API
from breakwater.core.channel_sentences import CHANNELS
from breakwater.core.door_sentences import DOORS
from breakwater.core.drill_sentences import DRILLS
from breakwater.core.evidence_sentences import EVIDENCE
from breakwater.core.guideline_sentences import GUIDELINES
from breakwater.core.hygiene_sentences import HYGIENE
from breakwater.core.inbox_sentences import INBOX
from breakwater.core.incident_sentences import INCIDENTS
from breakwater.core.pause_sentences import PAUSES
from breakwater.core.review_sentences import REVIEW
from breakwater.core.scoring_sentences import SCORING
from breakwater.core.stray_sentences import STRAYS

_GENERAL: dict[str, str | Promise] = {
    "error": _("Something went wrong. Nothing was changed."),
    "problem": _("This cannot be done as asked. Nothing was changed."),
    "not_found": _("There is nothing at this address, or it is not yours to see."),
    "no_such_person": _("Nobody here has the address %(email)s."),
    "no_such_workspace": _("There is no workspace %(slug)s here."),
    "backup_damaged": _("The backup is damaged (%(what)s). Nothing was changed."),
    "restore_unfinished": _(
        "The restore did not come to its end (see above). Nothing starts until it is run again."
    ),
    "forbidden": _("Your role in this workspace does not allow this. Nothing was changed."),
    "not_administrator": _(
        "This concerns the whole installation, so only whoever looks after it may change it. "
        "Nothing was changed."
    ),
    "invalid": _("This was not understood. Please check what you entered."),
    "stale_state": _(
        "Somebody or something else was faster: this is no longer as you saw it. "
        "Nothing was changed. Look at it again, then decide."
    ),
    "illegal_move": _("This is not possible in its present state. Nothing was changed."),
    "misconfigured": _("This installation is not set up for this. %(mend)s"),
    "disk_full": _(
        "The disk of the server is full, so nothing was stored. "
        "Tell whoever runs this installation; then try again."
    ),
    "database_away": _(
        "The database of this installation does not answer at the moment. What was saved is safe, "
        "and nothing planned is lost or sent twice. What you just sent may not have been kept: "
        "try again in a minute."
    ),
    "blob_missing": _("A file that belongs to this is missing on the server."),
    "blob_damaged": _(
        "A file that belongs to this is damaged on the server, so it is not used. "
        "It can be put back from a backup."
    ),
    "not_a_digest": _("This address of a file is not well formed."),
    "unknown_zone": _("There is no time zone “%(zone)s”. Choose one from the list."),
}

_PEOPLE: dict[str, str | Promise] = {
    "weak_password": _("This password is too easy to guess."),
    "not_an_approver": _("Approving is for approvers, managers and owners of this workspace."),
    "own_post": _(
        "You wrote, changed or submitted this yourself, so somebody else has to approve it."
    ),
    "only_approver_again": _("Only an approver can send it again: ask %(names)s."),
    "only_approver_now": _("Only an approver can send it now: ask %(names)s."),
    "only_other_approver": _(
        "You wrote, changed or submitted this yourself, so another approver has to send it: "
        "ask %(names)s."
    ),
    "no_other_approver": _(
        "Only an approver who did not write, change or submit it can send it, and there is none "
        "here. Whoever invites people to this workspace can add one."
    ),
    "already_set_up": _("This installation has its owner already. Ask to be invited."),
    "already_member": _("This person is a member already."),
    "bad_email": _("This is not an e-mail address."),
    "email_taken": _("Somebody has this e-mail address here already."),
    "name_empty": _("Write a name."),
    "name_too_long": _("The name is longer than %(limit)s characters."),
    "unknown_theme": _("There is no such look."),
    "unknown_role": _("There is no such role."),
    "unknown_policy": _("There is no such way of approving."),
    "invitation_gone": _(
        "This invitation no longer works: it was used or withdrawn, or seven days have passed. "
        "Ask for a new one."
    ),
    "invitation_for_another": _(
        "This invitation is for another e-mail address. Sign out, and open the link again."
    ),
    "sign_in_first": _(
        "You have an account here already. Sign in, and open the link of the invitation again."
    ),
    "last_owner": _("A workspace needs an owner. Make somebody else an owner first."),
    "owner_by_owner": _("Only an owner can make somebody an owner, or change an owner."),
    "scopes_empty": _("Choose at least one thing that the token may do."),
    "scope_unknown": _("The token asks for a right that does not exist."),
    "scope_not_yours": _("A token cannot do what you may not do yourself."),
    "scope_approve": _("A token approves posts only if you say so expressly."),
    "expiry_past": _("This day is past. Choose a later one."),
    "token_invalid": _("This token does not work: it is wrong, withdrawn, or past its time."),
    "token_scope": _("This token was not made for that (it lacks: %(right)s)."),
}

_CONTENT: dict[str, str | Promise] = {
    "not_an_object": _("“%(field)s” has to be an object."),
    "not_a_list": _("“%(field)s” has to be a list."),
    "not_text": _("“%(field)s” has to be text."),
    "not_an_id": _("“%(field)s” is not an id that we gave out."),
    "unknown_field": _("There is no field “%(name)s” in “%(field)s”."),
    "unreadable_text": _(
        "The text holds characters that cannot be kept. Remove them and save again."
    ),
    "far_too_long": _("The text is longer than the %(limit)s characters that can be kept."),
    "far_too_many": _("There are more than %(limit)s of them."),
    "unknown_language": _("This is not the code of a language, like en or fr."),
    "not_a_time": _("This is not a day and a time, like 2026-03-02 09:30."),
    "zone_missing": _("Say in which time zone the time is meant."),
    "upload_empty": _("The file is empty."),
    "upload_too_big": _("The file is larger than %(limit_mb)s MB. It was not kept."),
    "picture_damaged": _("This picture cannot be read. It may be damaged. It was not kept."),
    "picture_unknown": _(
        "This is not a picture of a kind that is taken here (JPEG, PNG, WebP and the like). "
        "It was not kept."
    ),
    "picture_svg": _("SVG drawings are not taken. Export it as PNG. It was not kept."),
    "picture_animated": _("Moving pictures are not taken yet. This one was not kept."),
    "picture_too_wide": _(
        "The picture is more than %(limit)s pixels wide or high. It was not kept."
    ),
    "picture_too_many_pixels": _(
        "The picture has more than %(limit_megapixels)s megapixels. It was not kept."
    ),
    "pictures_busy": _(
        "Other pictures are being prepared just now, so this one was not kept. "
        "Nothing else is lost; try again in a minute."
    ),
    "picture_cannot_fit": _(
        "The picture cannot be made small enough for this network. Choose another one."
    ),
}

_PUBLISHING: dict[str, str | Promise] = {
    "edited_elsewhere": _(
        "%(who)s changed this post meanwhile. Your text is kept in this browser: copy what you "
        "want to keep, then load the page again."
    ),
    "not_a_draft": _("This post is no longer a draft. Take it back to draft to change it."),
    "findings_stop": _("Something still has to be mended before this post can be submitted."),
    "confirmation_needed": _("Look at exactly what will be sent, then confirm it."),
    "digest_changed": _(
        "What would be sent is no longer what you were shown. Look at it again, then decide."
    ),
    "not_in_review": _("This post does not wait for approval any more."),
    "not_approved": _("This post is not approved (any more), so it cannot be planned or sent."),
    "comment_needed": _("Say in a few words what should change."),
    "altered_since_submission": _(
        "A channel or a picture changed since this was approved, so it cannot leave as it was "
        "approved. Take it back to draft and submit it again."
    ),
    "already_out": _(
        "It is already out on %(channels)s, so it cannot be changed here. You can delete it there."
    ),
    "being_sent": _("It is leaving for %(channels)s at this moment. Look again in a minute."),
    "not_compared": _(
        "Nothing is released: after the restore, the ledger was not compared with %(channels)s, "
        "or what is out there is not adopted yet. What left after the backup would leave again."
    ),
    "nothing_waits": _("Nothing of this post waits to be sent."),
    "clock_doubted": _(
        "The clock that decides was set to another time and is not trusted now, so nothing is sent, "
        "released or deleted by it. Set it right, or confirm the new time; then try again."
    ),
    "is_draft": _("This post is a draft already. Write on, or look and submit."),
    "is_cancelled": _(
        "This post is cancelled: nothing of it leaves. To go on with it, make it a draft again."
    ),
    "being_deleted": _("It is being deleted already. Below you see when it is gone."),
    "nothing_to_take_down": _("Nothing of this post is on a network."),
    "delete_unsupported": _(
        "This network does not let other programs delete. Delete it there yourself: %(url)s"
    ),
    "not_a_month": _("This is not a month, like 2026-03."),
    "bad_cursor": _("This link to the next page is not well formed. Begin at the first page."),
    "no_channel": _("Choose at least one channel."),
    "channel_gone": _("A chosen channel is no longer in this workspace."),
    "channel_disconnected": _("The channel is disconnected."),
    "channel_reconnect": _("The channel has to be reconnected before this can leave."),
    "picture_gone": _("Picture %(number)s is no longer there. Remove it or upload it again."),
    "alt_missing": _("Picture %(number)s has no description for people who cannot see it."),
    "alt_too_long": _(
        "The description of picture %(number)s has %(count)s characters; %(limit)s are possible."
    ),
    "no_time": _("Choose a day and a time."),
    "time_past": _("This time is past: %(wall)s (%(zone)s)."),
    "time_gap": _(
        "On that day the clocks go forward and %(asked)s does not exist in %(zone)s. "
        "It would leave at %(effective)s."
    ),
    "time_overlap": _(
        "On that day the clocks go back and %(asked)s comes twice in %(zone)s. "
        "It would leave the first time."
    ),
    "post_empty": _("There is neither text nor anything to show."),
    "text_too_long:counted": _("The text is %(over)s too long (%(count)s of %(limit)s)."),
    "text_too_many_bytes": _(
        "The text takes %(over)s bytes too many (%(count)s of %(limit)s). Emoji take several each."
    ),
    "too_many_pictures:counted": _("There are %(count)s pictures; %(limit)s are possible."),
    "form_none": _(
        "%(network)s has no post of these pictures, videos or documents together. Take some out, "
        "or take out the channel."
    ),
    "text_needed": _("This kind of post needs a text."),
    "media_fetched": _(
        "%(network)s fetches pictures and videos from here, and this installation has no public "
        "https address. Whoever runs it can give it one (BREAKWATER_PUBLIC_URL)."
    ),
    "text_not_shown": _("This kind of post shows no text; it leaves without it."),
    "document_too_large": _("Document %(number)s is larger than %(limit_mb)s MB."),
    "video_type": _("Video %(number)s is of a kind that is not taken; these are: %(kinds)s."),
    "video_too_large": _("Video %(number)s is larger than %(limit_mb)s MB."),
    "video_too_long": _("Video %(number)s lasts %(seconds)s seconds; %(limit)s are possible."),
    "video_too_short": _(
        "Video %(number)s lasts %(seconds)s seconds; at least %(limit)s are needed."
    ),
    "option_strange": _("There is nothing here called %(option)s."),
    "option_missing": _("Choose: %(option)s."),
    "cost_post": _("This costs about %(cost)s at %(network)s."),
    "cost_linked": _("This costs about %(cost)s at %(network)s: it has a link."),
    "cost_posts": _("This costs about %(cost)s at %(network)s: %(posts)s posts."),
    "cost_posts_linked": _(
        "This costs about %(cost)s at %(network)s: %(posts)s posts, %(linked)s of them with a link."
    ),
    "cost_over_cap": _(
        "This costs about %(cost)s at %(network)s, and only %(left)s is left of this "
        "month's money. Unless the cap is raised before it leaves, it will ask you then."
    ),
    "cost_delete": _("Deleting it costs about %(cost)s at %(network)s."),
    "cost_deletes": _("Deleting it costs about %(cost)s at %(network)s: %(posts)s posts."),
    "cost_delete_over_cap": _(
        "Deleting it costs about %(cost)s at %(network)s, and only %(left)s is left of this "
        "month's money. Unless the cap is raised first, it stays there, and you are asked."
    ),
    "option_choice": _("%(option)s: choose one of the possibilities."),
    "option_gone": _("%(option)s: the account no longer offers what is chosen. Choose again."),
    "option_off": _("%(option)s: the account does not allow this. Take it out."),
    "option_moment": _("%(option)s: choose a day and a time."),
    "option_too_long": _("%(option)s: at most %(limit)s characters."),
    "card_left_out": _(
        "The card of the link is left out here: this network makes its own, or shows the media."
    ),
    "card_no_link": _("A card needs a link that begins with https:// or http://."),
    "card_unreachable": _(
        "The page of the link did not answer, so its card could not be made. Everything else is "
        "kept. Try again, or leave the card out."
    ),
    "thread_left_out": _("There are no threads here: only the first post leaves."),
    "thread_part_too_long": _(
        "Post %(number)s of the thread is %(over)s too long (%(count)s of %(limit)s)."
    ),
    "comment_left_out": _("There is no first comment here: it is left out."),
    "comment_too_long": _("The first comment is %(over)s too long (%(count)s of %(limit)s)."),
}

_DELIVERY: dict[str, str | Promise] = {
    "network_error": _("The network answered in a way that we do not understand."),
    "try_later": _("The network was not ready. Nothing was sent; it will be tried again."),
    "reconnect": _(
        "The network no longer accepts the sign-in of this channel. Reconnect the channel."
    ),
    "refused": _("The network refused it."),
    "unsupported": _("This network cannot do this."),
    "outcome_unknown": _(
        "It is not known whether the network has it. Nothing is sent again before somebody looked."
    ),
    "not_accepted": _("The network did not accept the content as it is. Change it and try again."),
    "not_allowed": _("The network does not allow this account to do this."),
    "not_there": _("The network says that this is not there (any more)."),
    "too_large": _("The network says that this is too large."),
    "media_type": _("The network does not take this kind of file."),
    "text_too_long": _("The text is longer than this network takes."),
    "too_many_pictures": _("There are more pictures than this network takes."),
    "media_altered": _(
        "The network stored another picture than the one that was approved. Nothing was published."
    ),
    "media_gone": _(
        "The network no longer has the picture that was uploaded. Nothing was published. "
        "Send the post again."
    ),
    "option_unknown": _("The network does not know one of the options that were chosen."),
    "not_a_candidate": _("This is not one of the posts that were found on the network."),
    "too_many_tries": _(
        "This was tried as often as is safe. Look on the network, then say what is there."
    ),
    "unknown": _("It is not known yet whether it arrived. It is being looked up."),
    "throttled": _("The network asked us to wait. It will be tried again."),
    "throttled_too_long": _("The network has asked us to wait for so long that a person decides."),
    "not_reached": _("The network could not be reached. It will be tried again."),
    "same_again": _("It is tried again in a way that cannot make a second post."),
    "several": _("More than one post on the network could be this one. Say which it is."),
    "cannot_look": _("The network could not be asked what is there. Please look yourself."),
    "still_there": _("The network said “deleted”, but it is still there."),
    "vanished": _("The network accepted it, but it is not there."),
    "duplicate": _("The network says that it has this post already. It is being looked up."),
    "altered": _("What the network shows is not what was sent."),
    "truncated": _("The network cut the text short."),
    "incomplete": _("Not everything on the network could be looked through."),
    "hold": _("A pause holds it back."),
    "by_person": _("A person said so."),
    "worker_gone": _("The process that had this in hand ended in the middle."),
}

GROUPS = (
    _GENERAL,
    _PEOPLE,
    _CONTENT,
    _PUBLISHING,
    CHANNELS,
    _DELIVERY,
    SCORING,
    INBOX,
    PAUSES,
    API,
    EVIDENCE,
    DOORS,
    GUIDELINES,
    INCIDENTS,
    DRILLS,
    HYGIENE,
    REVIEW,
    STRAYS,
)

SENTENCES: dict[str, str | Promise] = {
    code: said for group in GROUPS for code, said in group.items()
}
