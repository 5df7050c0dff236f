"""The forms of incidents."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from breakwater.incidents.services.opening import TITLE_MAX
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, with_right
from breakwater.web.incident_words import ACTIONS, CAUSES, DECISIONS, KINDS, ROLES, SEVERITIES


def people(access: Access, empty: Any) -> list[tuple[str, Any]]:
    """Those who may respond, as choices."""
    able = with_right(access.workspace.pk, Right.RESPOND)
    return [("", empty), *((str(one.pk), one.name) for one in sorted(able, key=str))]


class OpenForm(forms.Form):
    kind = forms.ChoiceField(label=_("What it is"), choices=list(KINDS.items()))
    title = forms.CharField(
        label=_("Title"),
        help_text=_("What is known, not who is to blame. Guests see it."),
        max_length=TITLE_MAX,
    )
    severity = forms.TypedChoiceField(
        label=_("How large it is"), choices=list(SEVERITIES.items()), coerce=int, initial=2
    )


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("A line for the timeline"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class TaskForm(forms.Form):
    text = forms.CharField(label=_("What is to be done"), max_length=500)
    who = forms.ChoiceField(label=_("By whom"), required=False)
    due_at = forms.DateTimeField(
        label=_("Until when"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )

    def __init__(self, access: Access, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = people(access, _("nobody yet"))  # type: ignore[attr-defined]


class RolesForm(forms.Form):
    """One field for each role."""

    def __init__(self, access: Access, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = people(access, _("nobody yet"))
        for role, label in ROLES.items():
            self.fields[role] = forms.ChoiceField(label=str(label), choices=able, required=False)


class VerdictForm(forms.Form):
    """Nothing is chosen beforehand: the decision is a person's."""

    decision = forms.ChoiceField(
        label=_("Decision"), choices=list(DECISIONS.items()), widget=forms.RadioSelect
    )
    why = forms.CharField(
        label=_("Why"),
        help_text=_("It is signed with your name, and kept."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReviewForm(forms.Form):
    text = forms.CharField(
        label=_("What happened, and what let it happen"),
        help_text=_(
            "Circumstances, not people: what would have to be different for it not to happen to "
            "anybody else."
        ),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    causes = forms.MultipleChoiceField(
        label=_("What played a part"),
        choices=list(CAUSES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class ActionForm(forms.Form):
    text = forms.CharField(label=_("What changes"), max_length=500)
    kind = forms.ChoiceField(label=_("What it is"), choices=list(ACTIONS.items()))
    owner = forms.ChoiceField(label=_("Who sees to it"), required=False)
    due_at = forms.DateField(label=_("Until when"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, access: Access, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = people(access, _("I do"))  # type: ignore[attr-defined]
