"""All that is known of a network; the installation's keys there, for an administrator's token."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from ninja import Router

from breakwater.api.auth import Call
from breakwater.api.route import route
from breakwater.api.schemas.channels import FieldOut
from breakwater.api.schemas.networks import (
    AppReviewOut,
    BudgetOut,
    FormOut,
    KeysOut,
    KeysWish,
    NetworkToldOut,
    OptionOut,
    PriceOut,
    ReviewWish,
)
from breakwater.api.shown_networks import network_out
from breakwater.channels import selectors, services
from breakwater.channels.selectors import SetUp
from breakwater.core.messages import sentence
from breakwater.domain.errors import Invalid, NotFound, Unsupported
from breakwater.networks.base import AppKeys, Field, Form, Manifest, Option, Purpose, Review
from breakwater.people.roles import Right

router = Router(tags=["channels"])
_ADDRESS = "/w/{slug}/networks/{network}"


@route(router, "GET", _ADDRESS, right=Right.SEE, answer=NetworkToldOut)
def network(_call: Call, network: str) -> NetworkToldOut:
    """All that the network's manifest says, with the source and the day of each line."""
    return _told(_at(network))


@route(router, "GET", f"{_ADDRESS}/keys", right=Right.INSTALLATION, answer=KeysOut)
def keys(_call: Call, network: str) -> KeysOut:
    """What to make on the network, what to copy from there, and how far it is."""
    return _keys(_at(network))


@route(router, "PUT", f"{_ADDRESS}/keys", right=Right.INSTALLATION, answer=KeysOut)
def save_keys(call: Call, network: str, wish: KeysWish) -> KeysOut:
    """The installation's keys are these, sealed; they are not checked yet."""
    known = {field.name for field in _app(_at(network)).fields}
    if strange := sorted(set(wish.fields) - known):
        raise Invalid(code="unknown_field", field="fields", name=strange[0][:100])
    services.save_keys(network=network, typed=wish.fields, by=call.by, now=call.now)
    return _keys(_at(network))


@route(
    router,
    "POST",
    f"{_ADDRESS}/keys/check",
    right=Right.INSTALLATION,
    answer=KeysOut,
    apart=True,
)
def check_keys(call: Call, network: str) -> KeysOut:
    """The keys after the network was asked whether they are its own."""
    _app(_at(network))
    services.check_keys(network=network, now=call.now)
    return _keys(_at(network))


@route(router, "PUT", f"{_ADDRESS}/keys/review", right=Right.INSTALLATION, answer=KeysOut)
def review(call: Call, network: str, wish: ReviewWish) -> KeysOut:
    """How far the network's own review of the app is, as the administrator says."""
    _app(_at(network))
    services.note_review(network=network, review=wish.review, by=call.by, now=call.now)
    return _keys(_at(network))


@route(router, "DELETE", f"{_ADDRESS}/keys", right=Right.INSTALLATION, status=204)
def forget_keys(call: Call, network: str) -> None:
    """The keys are gone here; the app on the network stays."""
    _app(_at(network))
    services.forget_keys(network=network, by=call.by, now=call.now)


def _at(network: str) -> SetUp:
    try:
        return selectors.set_up(network)
    except Unsupported as error:
        raise NotFound(what="network") from error


def _app(there: SetUp) -> AppKeys:
    if there.manifest.app is None:
        raise NotFound(what="keys")
    return there.manifest.app


def _keys(there: SetUp) -> KeysOut:
    app, row = _app(there), there.keys
    return KeysOut(
        network=there.manifest.slug,
        console=app.console,
        steps=[gettext(step) for step in app.steps],
        fields=[_field(field) for field in app.fields],
        redirect_address=f"{settings.PUBLIC_URL}{reverse('channels-callback')}",
        hook_address=_hook(there.manifest.slug),
        kept=row is not None,
        changed_at=row.changed_at if row else None,
        changed_by=str(row.changed_by) if row else "",
        checked_at=row.checked_at if row else None,
        trouble=row.trouble if row else "",
        message=sentence(row.trouble) if row and row.trouble else "",
        review=row.review if row else "",
    )


def _hook(slug: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse('hook', args=[slug])}" if selectors.pushes(slug) else ""


def _field(field: Field) -> FieldOut:
    return FieldOut(
        name=field.name,
        label=gettext(field.label),
        help=_said(field.help),
        secret=field.secret,
        default=field.default,
        choices=[value for value, _ in field.choices],
    )


def _told(there: SetUp) -> NetworkToldOut:
    manifest = there.manifest
    asks = bool(manifest.scopes or manifest.scopes_always)
    review = manifest.app.review if manifest.app else None
    return NetworkToldOut(
        **network_out(manifest, lacks_keys=there.lacks_keys).model_dump(),
        scopes={one.value: list(manifest.scopes_for(one)) for one in Purpose} if asks else {},
        forms=[_form(one) for one in manifest.forms],
        options=[_option(one) for one in manifest.options],
        polls=dict(manifest.polls),
        budgets=_budgets(manifest),
        prices=_prices(manifest),
        review=_review(review) if review else None,
    )


def _form(form: Form) -> FormOut:
    return FormOut(
        name=form.name,
        label=gettext(form.label),
        takes={kind.value: list(span) for kind, span in form.takes.items()},
        most=form.most,
        asked=form.asked,
        text=form.text.limit if form.text else None,
        text_needed=form.text_needed,
        text_shown=form.text_shown,
    )


def _option(option: Option) -> OptionOut:
    return OptionOut(
        name=option.name,
        label=gettext(option.label),
        help=_said(option.help),
        ask=option.ask.value,
        choices=[value for value, _ in option.choices],
        of_account=option.of_account,
        forms=list(option.forms),
        needed=option.needed,
        longest=option.longest,
    )


def _budgets(manifest: Manifest) -> list[BudgetOut]:
    return [
        BudgetOut(
            name=one.name, units=one.units, window_s=one.window_s, whole_app=one.whole_app,
            source=one.source, read_on=one.read_on,
        )
        for one in manifest.budgets
    ]  # fmt: skip


def _prices(manifest: Manifest) -> list[PriceOut]:
    return [
        PriceOut(call=call, micros=one.micros, source=one.source, read_on=one.read_on)
        for call, one in manifest.prices.items()
    ]


def _review(review: Review) -> AppReviewOut:
    return AppReviewOut(
        weeks=list(review.weeks),
        needs=[gettext(one) for one in review.needs],
        until=_said(review.until),
        source=review.source,
        read_on=review.read_on,
    )


def _said(msgid: str) -> str:
    return gettext(msgid) if msgid else ""
