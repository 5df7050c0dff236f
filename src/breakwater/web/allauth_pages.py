"""Signing in and out and the password: allauth's own views, each with its right declared.

Only these are mounted. Who may come in is people's business: invitations, never a sign-up.
"""

from allauth.account import views
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path

from breakwater.people.selectors import anybody
from breakwater.web.page import FORM, READ, open_page


@open_page(FORM)
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """allauth's sign-in; where nobody exists yet, the first visitor sets up."""
    if not anybody():
        return redirect("setup")
    answer: HttpResponseBase = views.login(request)
    return answer


urlpatterns = [
    path("login/", sign_in, name="account_login"),
    path("logout/", open_page(FORM)(views.logout), name="account_logout"),
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
        "password/reset/key/<slug:uidb36>-<str:key>/",
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
