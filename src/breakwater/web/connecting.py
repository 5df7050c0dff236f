"""The form that connects an account: made of what the network's manifest asks, and nothing else."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from breakwater.channels.models import Channel
from breakwater.channels.selectors import purposes
from breakwater.channels.services import Choosing, Offer, sign_in_with_fields
from breakwater.core.messages import say
from breakwater.domain.errors import Invalid, Problem
from breakwater.networks.base import AuthKind, Field, Manifest, Purpose
from breakwater.people.selectors import Access
from breakwater.web.manifest_words import PURPOSES, translated

Result = TypeVar("Result")
ORIGIN = "origin"
PURPOSE = "purpose"
_LONGEST = 1000


class TryingForm(forms.Form):
    """A form whose deed asks a network."""

    def tried(self, deed: Callable[[], Result]) -> Result | None:
        """What `deed()` gives; None when a person can mend it, which is then said on the form,
        beside its field if it has one, with everything typed but the secrets still there."""
        try:
            return deed()
        except Invalid as error:
            self.add_error(error.field if error.field in self.fields else None, say(error))
        except Problem as error:
            if error.code != "network_unreachable":
                raise
            self.add_error(None, say(error))
        return None


class ConnectForm(TryingForm):
    """origin, purpose: of the channel to renew; its address is not asked again."""

    def __init__(
        self, *args: Any, manifest: Manifest, origin: str = "", purpose: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._fixed = origin
        if offered := purposes(manifest):
            self.fields[PURPOSE] = _purpose(offered, purpose)
        for asked in _asked(manifest):
            if asked.name != ORIGIN or not origin:
                self.fields[asked.name] = field_for(asked)

    @property
    def origin(self) -> str:
        return self._fixed or str(self.cleaned_data.get(ORIGIN, ""))

    @property
    def typed(self) -> dict[str, str]:
        """What goes to the network, by `Field.name`."""
        return {**self.cleaned_data, ORIGIN: self.origin}

    @property
    def purpose(self) -> str:
        return str(self.cleaned_data.get(PURPOSE) or Purpose.PUBLISH)


class AccountsForm(TryingForm):
    """Which of the accounts? At least one; those that are channels already are marked."""

    def __init__(self, *args: Any, offers: Sequence[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["accounts"] = forms.MultipleChoiceField(
            label=_("Accounts"),
            choices=[(one.remote_id, _offered(one)) for one in offers],
            widget=forms.CheckboxSelectMultiple,
        )


def connected(
    form: ConnectForm,
    request: HttpRequest,
    access: Access,
    manifest: Manifest,
    renews: UUID | None,
    now: datetime,
) -> Channel | Choosing | None:
    """The channel that the form's fields open, or the choice among several; None when it was said
    on the form why not."""
    return form.tried(
        lambda: sign_in_with_fields(
            session_key=request.session.session_key or "",
            workspace_id=access.workspace.pk,
            network=manifest.slug,
            origin=form.origin,
            fields=form.typed,
            by=access.person.pk,
            now=now,
            channel_id=renews,
        )
    )


def _asked(manifest: Manifest) -> tuple[Field, ...]:
    """The manifest's fields, and the server's address where they leave it out and it matters."""
    if manifest.one_server:
        return tuple(asked for asked in manifest.fields if asked.name != ORIGIN)
    if any(asked.name == ORIGIN for asked in manifest.fields) or manifest.auth is AuthKind.OPEN:
        return manifest.fields
    address = Field(ORIGIN, _("Address of the server"), default=manifest.default_origin)
    return (address, *manifest.fields)


def _purpose(offered: Sequence[Purpose], before: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("What is it for?"),
        help_text=_("The network is asked for what that needs, and for no more."),
        choices=[(one.value, PURPOSES[one]) for one in offered],
        initial=before or Purpose.PUBLISH.value,
        widget=forms.RadioSelect,
    )


def _offered(one: Offer) -> str:
    name = one.name or one.handle
    handle = one.handle if one.handle != name else ""
    said = " · ".join(part for part in (name, translated(one.kind), handle) if part)
    return (
        _("%(account)s (connected already: it is renewed)") % {"account": said}
        if one.here
        else said
    )


def field_for(asked: Field) -> forms.Field:
    """The form's field for one thing that a manifest asks."""
    label, help_text = translated(asked.label), translated(asked.help)
    if asked.choices:
        return forms.ChoiceField(
            label=label,
            help_text=help_text,
            initial=asked.default,
            choices=[(value, translated(word)) for value, word in asked.choices],
        )
    plain = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
    widget = (
        forms.PasswordInput({**plain, "autocomplete": "new-password"})
        if asked.secret
        else forms.TextInput(plain)
    )
    return forms.CharField(
        label=label,
        help_text=help_text,
        initial=asked.default,
        required=asked.needed and not asked.default,
        max_length=_LONGEST,
        widget=widget,
    )
