"""Signing in and out and the password: allauth's own views, each with its right declared.

Only these are mounted. Who may come in is people's business: invitations, never a sign-up.
"""

from allauth.account import views
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, register_converter
from django.urls.converters import SlugConverter

from breakwater.people.selectors import anybody
from breakwater.web.lately import forget
from breakwater.web.page import FORM, READ, open_page


@open_page(FORM)
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """allauth's sign-in; where nobody exists yet, the first visitor sets up."""
    if not anybody():
        return redirect("setup")
    answer: HttpResponseBase = views.login(request)
    return answer


@open_page(FORM)
def sign_out(request: HttpRequest) -> HttpResponseBase:
    answer: HttpResponseBase = views.logout(request)
    if not request.user.is_authenticated:
        forget(answer)
    return answer


@open_page(READ)
def sign_up(request: HttpRequest) -> HttpResponseBase:
    """Nobody signs up: the sign-in page says who can invite. allauth asks for the address."""
    del request
    return redirect("account_login")


class LettersConverter(SlugConverter):
    """A person's id in a link: no hyphen, which parts it from the key."""

    regex = "[0-9A-Za-z]+"


register_converter(LettersConverter, "letters")

urlpatterns = [
    path("login/", sign_in, name="account_login"),
    path("signup/", sign_up, name="account_signup"),
    path("logout/", sign_out, name="account_logout"),
    path("inactive/", open_page(READ)(views.account_inactive), name="account_inactive"),
    path(
        "password/change/",
        open_page(FORM)(views.password_change),
        name="account_change_password",
    ),
    path("password/reset/", open_page(FORM)(views.password_reset), name="account_reset_password"),
    path(
        "password/reset/done/",
        open_page(READ)(views.password_reset_done),
        name="account_reset_password_done",
    ),
    path(
        "password/reset/key/<letters:uidb36>-<str:key>/",
        open_page(FORM)(views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        open_page(READ)(views.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("reauthenticate/", open_page(FORM)(views.reauthenticate), name="account_reauthenticate"),
]
