"""Which checks show that a line of a manifest is true: one at least for each capability."""

from collections.abc import Mapping

from breakwater.networks.base import Can
from breakwater.networks.conformance import (
    answering,
    arriving,
    forms,
    publishing,
    reading,
)
from breakwater.networks.conformance.subject import Check

SHOWS: Mapping[Can, tuple[Check, ...]] = {
    Can.PUBLISH: (publishing.publishes_and_reads_back_equal, forms.publishes_every_form),
    Can.THREAD: (answering.publishes_a_thread_of_two,),
    Can.FIRST_COMMENT: (answering.writes_the_first_comment,),
    Can.EDIT: (publishing.edits_what_is_out,),
    Can.DELETE: (publishing.deletes_and_proves_absence,),
    Can.WITHDRAW: (answering.withdraws_twice_without_harm,),
    Can.PIN: (answering.pins_twice_without_harm,),
    Can.READ_BACK: (publishing.publishes_and_reads_back_equal,),
    Can.TIMELINE: (reading.timeline_is_newest_first_and_keeps_to_its_limit,),
    Can.COMMENTS: (arriving.loses_no_comment, arriving.comments_below_a_post_are_all_read),
    Can.AD_COMMENTS: (arriving.loses_no_ad_comment,),
    Can.MENTIONS: (arriving.loses_no_mention,),
    Can.MESSAGES: (arriving.loses_no_message,),
    Can.REVIEWS: (arriving.loses_no_review,),
    Can.REPLY: (answering.replies_to_a_comment,),
    Can.SEND_MESSAGE: (answering.answers_a_message,),
    Can.ANSWER_REVIEW: (answering.answers_a_review,),
    Can.LIKE: (answering.likes_twice_without_harm,),
    Can.HIDE: (answering.hides_twice_without_harm,),
    Can.REMOVE: (answering.removes_twice_without_harm,),
    Can.MUTE: (answering.mutes_twice_without_harm, answering.hears_again_twice_without_harm),
    Can.BLOCK: (answering.blocks_twice_without_harm, answering.lets_in_again_twice_without_harm),
    Can.REPORT: (answering.reports_what_a_stranger_wrote,),
    Can.FOLLOWING: (reading.whom_it_follows_comes_page_by_page,),
    Can.UNFOLLOW: (answering.unfollows_twice_without_harm,),
    Can.INSIGHTS: (
        reading.figures_of_a_post_are_numbers_of_one_thing,
        reading.figures_of_the_account_are_numbers_of_one_thing,
    ),
    Can.PROFILE: (reading.the_profile_reads_alike_while_nobody_changes_it,),
    Can.LIVE: (forms.announces_a_live_event,),
    Can.HOURS: (forms.changes_opening_hours,),
    Can.PUSH: (arriving.believes_no_push_without_its_proof,),
    Can.STREAM: (arriving.hears_what_comes_as_it_comes,),
}
"""A line is shown where every one of them holds. What the manifest denies, `declaring` shows."""
