"""YouTube's own words for a refusal: what happened, what was kept, what to do."""

from collections.abc import Mapping


def gettext_noop(text: str) -> str:
    """`text`: only marks a msgid for the catalogue (networks know no Django)."""
    return text


REASONS: Mapping[str, str] = {
    "api_off": gettext_noop(
        "The Google project of this installation has not switched this API on. Nothing was "
        "published and everything is kept. Whoever runs the installation has to switch it on in "
        "the Google Cloud console."
    ),
    "signup_needed": gettext_noop(
        "This Google account has no YouTube channel. Nothing was published. Create the channel on "
        "YouTube, then connect again."
    ),
    "still_private": gettext_noop(
        "YouTube keeps the video private although it was asked to show it: the channel’s own "
        "settings or a check by YouTube hold it. The video is uploaded and nobody else sees it. "
        "YouTube Studio says why; make it public there."
    ),
    "title_missing": gettext_noop(
        "YouTube needs a title. Nothing was uploaded and the post is kept. Write a title and plan "
        "the post again."
    ),
    "title_too_long": gettext_noop(
        "The title is longer than the 100 characters that YouTube takes. Nothing was uploaded and "
        "the post is kept. Shorten it and plan the post again."
    ),
    "tags_too_long": gettext_noop(
        "The tags are longer than the 500 characters that YouTube takes. Nothing was uploaded and "
        "the post is kept. Take some out and plan the post again."
    ),
    "angle_brackets": gettext_noop(
        "YouTube takes no < and no > in a title, a description or a tag. Nothing was uploaded and "
        "the post is kept. Take them out and plan the post again."
    ),
    "words_refused": gettext_noop(
        "YouTube did not take the title, the description or a tag. Nothing was published and the "
        "post is kept. Change the words and plan the post again."
    ),
    "kids_missing": gettext_noop(
        "YouTube has to know whether the video is made for children; the law asks for it. Nothing "
        "was uploaded and the post is kept. Answer the question and plan the post again."
    ),
    "not_short": gettext_noop(
        "A Short is upright or square and at most three minutes long; this video is not. Nothing "
        "was uploaded and the post is kept. Publish it as a video, or use another file."
    ),
    "video_failed": gettext_noop(
        "YouTube could not read the video file. Nothing was published and the post is kept. Export "
        "the video anew, best as MP4 with H.264 and AAC, and plan the post again."
    ),
    "video_rejected": gettext_noop(
        "YouTube looked at the uploaded video and rejected it. It was not published and the post "
        "is kept. YouTube Studio says why."
    ),
    "comments_off": gettext_noop(
        "Comments are switched off there. Nothing was sent and your words are kept. Switch them on "
        "in YouTube Studio, or leave it."
    ),
    "live_off": gettext_noop(
        "This channel may not stream live yet. Nothing was announced and the post is kept. Switch "
        "live streaming on in YouTube Studio; it takes a day the first time."
    ),
    "live_start_wrong": gettext_noop(
        "YouTube did not take the time at which the live event starts: it has to be in the future. "
        "Nothing was announced and the post is kept. Choose a later time and plan the post again."
    ),
    "time_without_zone": gettext_noop(
        "It is not known in which time zone the live event starts. Nothing was announced and the "
        "post is kept. Plan the post again."
    ),
    "block_needs_comment": gettext_noop(
        "YouTube shuts out the author of a comment that is rejected with it, and it is not known "
        "which comment. Nothing was done. Open one of the person’s comments and block from there."
    ),
}
