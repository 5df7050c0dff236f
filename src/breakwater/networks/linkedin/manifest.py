"""What is known of LinkedIn before anybody signs in. Data only; docs/networks/linkedin.md."""

from dataclasses import replace

from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import (
    Answer,
    AppKeys,
    AuthKind,
    Budget,
    Can,
    Capability,
    Field,
    Manifest,
    Review,
)
from breakwater.networks.linkedin.forms import (
    COMMENT,
    FORMS,
    LIMITS,
    OPTIONS,
    READ_ON,
    gettext_noop,
)

VERSION = "202607"
"""Of the API. July 2026 was the newest on 2026-08-13 (api-evangelist/linkedin-ads, lifecycle);
each is kept for a year at least (https://learn.microsoft.com/en-us/linkedin/marketing/versioning,
read 2026-11-28), so this one until July 2027. After that every call is answered with 426."""

_DOCS = "https://learn.microsoft.com/en-us/linkedin/marketing/community-management"
_POSTS = f"{_DOCS}/shares/posts-api"
_COMMENTS = f"{_DOCS}/shares/comments-api"
_REACTIONS = f"{_DOCS}/shares/reactions-api"
_NOTICES = f"{_DOCS}/organizations/organization-social-action-notifications"
_REVIEW = "https://learn.microsoft.com/en-us/linkedin/marketing/community-management-app-review"

_ORGANISATIONS = gettext_noop(
    "For organisations, once LinkedIn has approved the app. LinkedIn gives no app the right to "
    "read a member's posts: after an unclear outcome you look yourself."
)
_APPROVED = gettext_noop("Once LinkedIn has approved the app (Community Management API).")
_NOT_BY_API = gettext_noop("LinkedIn does not offer this to other software. Do it on its own page.")


def _yes(source: str, note: str = "") -> Capability:
    return Capability(Answer.YES, source, READ_ON, note)


def _plan(source: str, note: str = _APPROVED) -> Capability:
    return Capability(Answer.PLAN, source, READ_ON, note)


_NO = Capability(Answer.NO, f"{_DOCS}/community-management-overview", READ_ON, _NOT_BY_API)

_CAN = {
    **dict.fromkeys(Can, _NO),
    Can.PUBLISH: _yes(
        _POSTS,
        gettext_noop("As a member at once; as an organisation once LinkedIn has approved the app."),
    ),
    Can.THREAD: Capability(
        Answer.NO, _POSTS, READ_ON, gettext_noop("LinkedIn has no threads. Use comments.")
    ),
    Can.FIRST_COMMENT: _plan(_COMMENTS),
    Can.EDIT: _yes(_POSTS, gettext_noop("The text only; pictures and links stay.")),
    Can.DELETE: _yes(_POSTS),
    Can.WITHDRAW: Capability(
        Answer.NO, _POSTS, READ_ON, gettext_noop("LinkedIn lets apps delete a post, not hide it.")
    ),
    Can.PIN: Capability(
        Answer.NO,
        _POSTS,
        READ_ON,
        gettext_noop("LinkedIn lets no app pin. Pin it on the page itself."),
    ),
    Can.READ_BACK: _plan(_POSTS, _ORGANISATIONS),
    Can.TIMELINE: _plan(_POSTS, _ORGANISATIONS),
    Can.COMMENTS: _plan(_COMMENTS, _ORGANISATIONS),
    Can.AD_COMMENTS: Capability(
        Answer.NO,
        _COMMENTS,
        READ_ON,
        gettext_noop("Comments below advertisements need LinkedIn's Advertising API."),
    ),
    Can.MENTIONS: _plan(
        _NOTICES,
        gettext_noop("Of an organisation in posts, once approved. Not those in comments."),
    ),
    Can.REPLY: replace(_plan(_COMMENTS), text=COMMENT),
    Can.LIKE: _plan(_REACTIONS),
    Can.HIDE: Capability(
        Answer.NO,
        _COMMENTS,
        READ_ON,
        gettext_noop("LinkedIn cannot hide comments by API. They can be removed."),
    ),
    Can.REMOVE: _plan(_COMMENTS),
    Can.BLOCK: Capability(
        Answer.NO,
        _COMMENTS,
        READ_ON,
        gettext_noop("LinkedIn lets no app block people for a Page. Do it on the Page."),
    ),
    Can.INSIGHTS: _plan(
        f"{_DOCS}/organizations/share-statistics",
        gettext_noop("For organisations, once LinkedIn has approved the app."),
    ),
    Can.PROFILE: _plan(
        f"{_DOCS}/organizations/organization-lookup-api",
        gettext_noop("Of an organisation that you administer, once LinkedIn has approved the app."),
    ),
    Can.PUSH: _plan(
        _NOTICES,
        gettext_noop("For organisations, once LinkedIn has allowed webhooks for the app."),
    ),
}

_WHO = ("r_basicprofile", "rw_organization_admin")
_POST = ("w_member_social", "w_organization_social")
_ACT = ("w_member_social_feed", "w_organization_social_feed")

SELF_SERVE = ("openid", "profile", "w_member_social")
"""All that an app without the Community Management API may ask for."""

_APP = AppKeys(
    console="https://www.linkedin.com/developers/apps",
    steps=(
        gettext_noop("Create an app, linked to the LinkedIn Page of your organisation."),
        gettext_noop("Have a super admin of that Page verify the app (tab Settings)."),
        gettext_noop(
            "Tab Products: request “Community Management API” (it has to be the app's only "
            "product). For members alone, “Share on LinkedIn” and “Sign In with LinkedIn using "
            "OpenID Connect” are enough and come at once."
        ),
        gettext_noop("Tab Auth: add the redirect address shown here."),
        gettext_noop("Copy the client id and the primary client secret from tab Auth."),
    ),
    fields=(
        Field("client_id", gettext_noop("Client ID")),
        Field("client_secret", gettext_noop("Primary client secret"), secret=True),
        Field(
            "products",
            gettext_noop("Products of the app"),
            default="community",
            choices=(
                ("community", gettext_noop("Community Management API")),
                ("share", gettext_noop("Share on LinkedIn, for members only")),
            ),
        ),
        Field(
            "application_id",
            gettext_noop("Number of the app"),
            gettext_noop(
                "The digits in the address of the app's page. Needed only where LinkedIn has "
                "allowed webhooks."
            ),
            needed=False,
        ),
    ),
    review=Review(
        weeks=(2, 8),
        needs=(
            gettext_noop("A registered organisation with a web site and a privacy policy"),
            gettext_noop("A business e-mail address; private ones are turned down"),
            gettext_noop("The app verified by a super admin of the organisation's LinkedIn Page"),
            gettext_noop("A name of the app without “Linked” or “In”"),
            gettext_noop("For the Standard tier: a screen recording of how the app is used"),
        ),
        until=gettext_noop(
            "Members can publish with “Share on LinkedIn”. In the Development tier the API can "
            "be tried with few calls a day; posting may be refused."
        ),
        source=_REVIEW,
        read_on=READ_ON,
    ),
)

MANIFEST = Manifest(
    slug="linkedin",
    name="LinkedIn",
    auth=AuthKind.OAUTH,
    fields=(),
    can=_CAN,
    guarantee=Guarantee.DUPLICATE_REFUSED,
    limits=LIMITS,
    scopes={
        Can.PUBLISH: (*_WHO, *_POST),
        Can.EDIT: _POST,
        Can.DELETE: _POST,
        Can.FIRST_COMMENT: _ACT,
        Can.READ_BACK: (*_WHO, "r_organization_social"),
        Can.TIMELINE: ("r_organization_social",),
        Can.COMMENTS: ("r_organization_social_feed",),
        Can.MENTIONS: ("rw_organization_admin",),
        Can.REPLY: _ACT,
        Can.LIKE: _ACT,
        Can.REMOVE: _ACT,
        Can.INSIGHTS: ("r_organization_social", "rw_organization_admin"),
        Can.PROFILE: ("rw_organization_admin",),
        Can.PUSH: ("rw_organization_admin",),
    },
    default_origin="https://api.linkedin.com",
    hosts={"api": "https://api.linkedin.com", "www": "https://www.linkedin.com"},
    cards=True,
    one_server=True,
    forms=FORMS,
    options=OPTIONS,
    app=_APP,
    polls={"own_posts": 1800, "comments": 900, "mentions": 1800},
    profile_s=6 * 3600,
    budgets=(
        Budget(
            "posts",
            units=100,
            window_s=86_400,
            source="https://www.ayrshare.com/docs/apis/post/social-networks/linkedin",
            read_on=READ_ON,
        ),
    ),
    costs={"post": {"posts": 1}},
    reasons={
        "version_ended": gettext_noop(
            "LinkedIn no longer answers the version of its API that this Breakwater speaks. "
            "Nothing was published; the post is kept. Whoever runs this installation has to "
            "update Breakwater."
        ),
        "poll_wrong": gettext_noop(
            "A poll needs a question and two to four answers of at most 30 characters, one on "
            "each line. Nothing was published; the post is kept. Mend it and plan it again."
        ),
        "video_too_small": gettext_noop(
            "LinkedIn takes no videos below 75 KB. Nothing was published; the post is kept. Use "
            "another video and plan the post again."
        ),
    },
)
