"""The form that connects an account: made of what the network's manifest asks, and nothing else."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from breakwater.channels.models import Channel
from breakwater.channels.services import connect_with_fields
from breakwater.core.messages import say
from breakwater.domain.errors import Invalid, Problem
from breakwater.networks.base import AuthKind, Field, Manifest
from breakwater.people.selectors import Access
from breakwater.web.network_words import translated

Result = TypeVar("Result")
ORIGIN = "origin"
_LONGEST = 1000


class ConnectForm(forms.Form):
    """origin: of the channel to renew, whose address is not asked again."""

    def __init__(self, *args: Any, manifest: Manifest, origin: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._fixed = origin
        for asked in _asked(manifest):
            if asked.name != ORIGIN or not origin:
                self.fields[asked.name] = _field(asked)

    @property
    def origin(self) -> str:
        return self._fixed or str(self.cleaned_data.get(ORIGIN, ""))

    @property
    def typed(self) -> dict[str, str]:
        """What goes to the network, by `Field.name`."""
        return {**self.cleaned_data, ORIGIN: self.origin}

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


def connected(
    form: ConnectForm, access: Access, manifest: Manifest, renews: UUID | None, now: datetime
) -> Channel | None:
    """The channel that the form's fields open; None when it was said on the form why not."""
    return form.tried(
        lambda: connect_with_fields(
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
    if any(asked.name == ORIGIN for asked in manifest.fields) or manifest.auth is AuthKind.OPEN:
        return manifest.fields
    address = Field(ORIGIN, _("Address of the server"), default=manifest.default_origin)
    return (address, *manifest.fields)


def _field(asked: Field) -> forms.Field:
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
        required=not asked.default,
        max_length=_LONGEST,
        widget=widget,
    )
