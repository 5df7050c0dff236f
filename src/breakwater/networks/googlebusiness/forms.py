"""The shapes of what leaves for a place, and what a person decides for each."""

from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Ask, Form, Kind, Option


def gettext_noop(text: str) -> str:
    """`text`: only marks a msgid for the catalogue (networks know no Django)."""
    return text


POST, EVENT, OFFER, HOURS = "post", "event", "offer", "hours"
_PICTURE = {Kind.PICTURE: (0, 1)}

FORMS = (
    Form(POST, gettext_noop("Post"), takes=_PICTURE, text_needed=True),
    Form(EVENT, gettext_noop("Event"), takes=_PICTURE, asked=True, text_needed=True),
    Form(OFFER, gettext_noop("Offer"), takes=_PICTURE, asked=True, text_needed=True),
    Form(
        HOURS,
        gettext_noop("Opening hours"),
        asked=True,
        text_shown=False,
        guarantee=Guarantee.LASTING_KEY,
    ),
)
"""Hours are set, not added: the same again changes nothing."""

OPTIONS = (
    Option(
        "button",
        gettext_noop("Button"),
        Ask.CHOICE,
        choices=(
            ("", gettext_noop("None")),
            ("LEARN_MORE", gettext_noop("Learn more")),
            ("BOOK", gettext_noop("Book")),
            ("ORDER", gettext_noop("Order online")),
            ("SHOP", gettext_noop("Buy")),
            ("SIGN_UP", gettext_noop("Sign up")),
            ("CALL", gettext_noop("Call")),
        ),
        forms=(POST, EVENT),
    ),
    Option(
        "link",
        gettext_noop("Link of the button"),
        Ask.TEXT,
        gettext_noop("Begins with https. The button “Call” needs none."),
        longest=2000,
        forms=(POST, EVENT),
    ),
    Option(
        "event_title", gettext_noop("Title"), Ask.TEXT, needed=True, longest=58,
        forms=(EVENT, OFFER),
    ),
    Option(
        "starts",
        gettext_noop("Begins"),
        Ask.TEXT,
        gettext_noop(
            "The day, or the day and the time on the clock of the place: 2026-12-24 or "
            "2026-12-24 19:00."
        ),
        needed=True,
        longest=16,
        forms=(EVENT, OFFER),
    ),
    Option(
        "ends", gettext_noop("Ends"), Ask.TEXT, needed=True, longest=16, forms=(EVENT, OFFER)
    ),
    Option("coupon", gettext_noop("Coupon code"), Ask.TEXT, longest=58, forms=(OFFER,)),
    Option(
        "redeem", gettext_noop("Link to redeem it"), Ask.TEXT, longest=2000, forms=(OFFER,)
    ),
    Option("terms", gettext_noop("Terms and conditions"), Ask.TEXT, longest=5000, forms=(OFFER,)),
    Option(
        "regular",
        gettext_noop("Regular hours"),
        Ask.TEXT,
        gettext_noop(
            "One line for each day or run of days: “Mon-Fri 09:00-18:00”, “Sat 10:00-13:00, "
            "14:00-17:00”, “Sun closed”, “Mon-Sun 24h”. They replace all regular hours. Empty: "
            "they stay as they are."
        ),
        forms=(HOURS,),
    ),
    Option(
        "special",
        gettext_noop("Hours of single days"),
        Ask.TEXT,
        gettext_noop(
            "One line for each day: “2026-12-24 09:00-13:00”, “2026-12-25 closed”. They replace all "
            "hours of single days; “none” takes them all away. Empty: they stay as they are."
        ),
        longest=4000,
        forms=(HOURS,),
    ),
)  # fmt: skip
"""58 characters of a title and 5,000 of terms are from memory, not checked."""
