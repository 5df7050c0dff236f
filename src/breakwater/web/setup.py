"""The first page of a new installation, and advice on passwords."""

from django import forms
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.core.messages import say
from breakwater.domain.errors import Invalid, NotFound
from breakwater.people import passwords
from breakwater.people.models import Person, Policy
from breakwater.people.selectors import anybody
from breakwater.people.services import first_owner
from breakwater.web.forms import LanguageField, ZoneField, attempt
from breakwater.web.page import FORM, POST, go, open_page, show

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_PASSWORD_MAX = 1000


def new_password() -> forms.CharField:
    return forms.CharField(
        label=_("Password"),
        help_text=_("At least 15 characters. A few words that have nothing in common are best."),
        strip=False,
        max_length=_PASSWORD_MAX,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class SetupForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("You sign in with it."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = new_password()
    language = LanguageField()
    zone = ZoneField()
    workspace = forms.CharField(
        label=_("Name of the workspace"),
        help_text=_("The brand that you post for. More can follow."),
        max_length=100,
    )
    alone = forms.BooleanField(
        label=_("I work alone"),
        help_text=_(
            "Then nobody else has to approve: you confirm yourself what will be sent. "
            "You can change this later."
        ),
        required=False,
    )


@open_page(FORM)
def setup(request: HttpRequest) -> HttpResponse:
    """Makes the owner and the first workspace, once; afterwards there is nothing here."""
    if anybody():
        raise NotFound(what="setup")
    first = {"language": get_language() or "en", "zone": "Europe/Paris"}
    form = SetupForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        owner = attempt(form, lambda: _begin(form))
        if owner is not None:
            login(request, owner, backend=BACKEND)
            return go(request, "home")
    return show(request, "people/setup.html", {"form": form}, status=400 if form.errors else 200)


def _begin(form: SetupForm) -> Person:
    data = form.cleaned_data
    return first_owner(
        name=data["name"],
        email=data["email"],
        password=data["password"],
        language=data["language"],
        zone=data["zone"],
        workspace=data["workspace"],
        policy=Policy.NONE if data["alone"] else Policy.ONE,
        now=clock.now(),
    )


@open_page(POST)
def password_advice(request: HttpRequest) -> HttpResponse:
    """What is weak about the password in the form, in words; the form is not kept."""
    post = request.POST
    password = post.get("password") or post.get("password1") or ""
    person = request.user if request.user.is_authenticated else None
    words = [post.get(name, "")[:254] for name in ("name", "email", "workspace")]
    context: dict[str, object] = {"sentences": [], "good": False}
    if password:
        try:
            passwords.check(password[:_PASSWORD_MAX], person, [word for word in words if word])
            context["good"] = True
        except Invalid as error:
            context["sentences"] = error.data.get("sentences") or [say(error)]
    return show(request, "parts/advice.html", context)
