"""What is told of posts, answers, channels and the desk itself."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from breakwater.notices.sentences.base import Sentence, sentence

SENTENCES: Mapping[str, Sentence] = {
    "asked_to_approve": sentence(
        "who post",
        _("%(who)s asks you to approve a post"),
        _("It leaves only when it is approved. The post: “%(post)s”"),
    ),
    "approved": sentence(
        "who post",
        _("%(who)s approved your post"),
        _("It leaves at its time. The post: “%(post)s”"),
    ),
    "changes_asked": sentence(
        "who post note",
        _("%(who)s asks you to change your post"),
        _("%(who)s wrote: “%(note)s”\nThe post: “%(post)s”"),
    ),
    "answer_to_approve": sentence(
        "who channel",
        _("%(who)s asks you to approve an answer"),
        _("It leaves for %(channel)s only when somebody else has said yes."),
    ),
    "pile_answer_to_approve": sentence(
        "who",
        _("%(who)s asks you to approve an answer to many"),
        _("It answers many conversations at once, and none before somebody else has said yes."),
    ),
    "answer_refused": sentence(
        "who note",
        _("%(who)s did not approve your answer"),
        _("Nothing was sent. %(who)s wrote: “%(note)s”"),
    ),
    "moved": sentence(
        "who post when zone",
        _("%(who)s moved your post"),
        _(
            "It is now planned for %(when)s (%(zone)s time). It is a draft again and leaves only "
            "when it is submitted again. The post: “%(post)s”"
        ),
    ),
    "clocks": sentence(
        "post when zone utc",
        _("The rules of the clocks in %(zone)s changed"),
        _(
            "Your post stays at the hour that was planned: %(when)s there, which is now %(utc)s "
            "UTC. The approval stands. The post: “%(post)s”"
        ),
    ),
    "reopened": sentence(
        "who post",
        _("%(who)s made your post a draft again"),
        _("It leaves only when it is submitted again. The post: “%(post)s”"),
    ),
    "cancelled": sentence(
        "who post",
        _("%(who)s cancelled your post"),
        _("Nothing of it leaves. Its page can make it a draft again. The post: “%(post)s”"),
    ),
    "revoked": sentence(
        "who post",
        _("%(who)s took back the approval of your post"),
        _("Nothing of it leaves, and it is a draft again. The post: “%(post)s”"),
    ),
    "revoked_partly": sentence(
        "who post",
        _("%(who)s took back the approval of your post"),
        _(
            "What had not begun to leave is stopped. What is out, or was leaving, stays as it is."
            " The post: “%(post)s”"
        ),
    ),
    "failed": sentence(
        "post channel",
        _("A post could not leave for %(channel)s"),
        _("%(channel)s did not take it. The page says why and what to do. The post: “%(post)s”"),
    ),
    "unknown": sentence(
        "post channel",
        _("Did this post appear on %(channel)s?"),
        _(
            "The answer of %(channel)s got lost, so the post may be there or not. It will not be "
            "sent again until somebody says. The post: “%(post)s”"
        ),
    ),
    "missed": sentence(
        "post channel",
        _("A post missed its time on %(channel)s"),
        _("It was not sent. The page says what you can do. The post: “%(post)s”"),
    ),
    "held": sentence(
        "post channel",
        _("A post for %(channel)s is held back"),
        _("The page says why. It does not leave by itself. The post: “%(post)s”"),
    ),
    "altered": sentence(
        "post channel",
        _("A post looks different on %(channel)s"),
        _("What %(channel)s shows is not what was sent. Please look at both. The post: “%(post)s”"),
    ),
    "stuck": sentence(
        "post channel",
        _("A post for %(channel)s has not left yet"),
        _(
            "Its time is past and nothing has happened. Breakwater goes on trying. The post: “%(post)s”"
        ),
    ),
    "stuck_many": sentence(
        "count",
        _("%(count)s posts have not left yet"),
        _(
            "Their time is past and nothing has happened. Breakwater goes on trying. The page says "
            "why, as far as it is known, and what you can do."
        ),
    ),
    "circuit_open": sentence(
        "network",
        _("%(network)s is in trouble: posts for it wait"),
        _(
            "Several posts for %(network)s failed within minutes, so it is left in peace. It is "
            "tried again by itself, with one post at a time. What becomes too late asks you first."
        ),
    ),
    "over_budget": sentence(
        "channel count",
        _("%(channel)s posts too often and is held"),
        _(
            "More than %(count)s posts left for %(channel)s within an hour. That looks like a "
            "mistake, so nothing more leaves for it until somebody releases the hold."
        ),
    ),
    "clock_jumped": sentence(
        "host",
        _("Nothing leaves: the clock has jumped"),
        _(
            "The clock that decides moved by itself, as seen from %(host)s. Nothing leaves from "
            "there, and nothing is lost. It goes on when the clock is put right, or when somebody "
            "confirms the new time (breakwater clock confirm)."
        ),
    ),
    "clocks_apart": sentence(
        "host",
        _("Nothing leaves: two clocks differ"),
        _(
            "The clocks of %(host)s and of the database differ by more than a few seconds. Nothing "
            "leaves from there, and nothing is lost. It goes on by itself when both are right."
        ),
    ),
    "cap_near": sentence(
        "network spent_micros cap_micros",
        _("%(network)s: most of this month's money is spent"),
        _(
            "%(spent)s of %(cap)s are spent at %(network)s this month. When all of it is, nothing "
            "more is called there before the next month, or before somebody raises the cap."
        ),
    ),
    "cap_reached": sentence(
        "network spent_micros cap_micros",
        _("%(network)s: this month's money is spent"),
        _(
            "%(spent)s of %(cap)s are spent at %(network)s this month, so no more paid calls are "
            "made. Posts for it ask you, and nothing is read there, before the next month or "
            "before somebody raises the cap."
        ),
    ),
    "token_dying": sentence(
        "channel day",
        _("The sign-in of %(channel)s ends soon"),
        _("It ends on %(day)s. Connect the channel again before then, and no post is late."),
    ),
    "reconnect": sentence(
        "channel",
        _("%(channel)s has to be connected again"),
        _("The network no longer accepts our sign-in. Posts for this channel wait until you do."),
    ),
    "rule_stopped_rate": sentence(
        "rule count",
        _("The rule “%(rule)s” has stopped itself"),
        _(
            "It wanted to act on more than %(count)s messages within an hour. Look at what it did, and "
            "switch it on again if that was right."
        ),
    ),
    "rule_stopped_author": sentence(
        "rule",
        _("The rule “%(rule)s” is off"),
        _(
            "The person in whose name it acted may not answer here any more. Whoever switches it on "
            "lends it theirs."
        ),
    ),
    "rule_stopped_broken": sentence(
        "rule",
        _("The rule “%(rule)s” is off"),
        _("It says something that this version does not know. Open it, and save it anew."),
    ),
    "inbox_assigned": sentence(
        "who",
        _("%(who)s gave you a conversation"),
        _("You look after it from now on. It opens as veiled as everything that you read."),
    ),
    "inbox_assigned_many": sentence(
        "who count",
        _("%(who)s gave you %(count)s conversations"),
        _("You look after them from now on. They are in your list."),
    ),
    "inbox_minor": sentence(
        "channel who",
        _("An illegal image of a minor was found"),
        _(
            "%(who)s says so of a message at %(channel)s. Its address is kept as evidence, to report it; "
            "nothing else of it is here any more."
        ),
    ),
    "inbox_relief": sentence(
        "who",
        _("%(who)s asks you to take over a conversation"),
        _("It is yours now. No reason is asked, and none was given. It opens veiled."),
    ),
    "inbox_mentioned": sentence(
        "who",
        _("%(who)s mentions you in a note"),
        _("It is a word among colleagues: nobody outside sees it."),
    ),
    "danger": sentence(
        "channel",
        _("Somebody may be in danger"),
        _(
            "A message at %(channel)s may be from a person in danger, or about one. Please look at it "
            "first. Its words are not in this notice; its page has the numbers that can be told."
        ),
    ),
    "threat": sentence(
        "channel",
        _("A threat has come"),
        _(
            "At %(channel)s, and perhaps elsewhere. You can keep it as evidence without reading it. "
            "What else comes within this hour is not told again."
        ),
    ),
    "asked_to_help": sentence(
        "who",
        _("%(who)s asks you to go through what is set aside"),
        _(
            "Nothing of it has to be read: it is shown one by one, veiled, as decisions. You can give "
            "this back at any time, and it ends by itself."
        ),
    ),
    "invitation": sentence(
        "who workspace",
        _("%(who)s invites you to %(workspace)s"),
        _(
            "With the link below you join %(workspace)s on Breakwater. It works once and for seven"
            " days. If you do not know %(who)s, leave this mail alone."
        ),
    ),
}
