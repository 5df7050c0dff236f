"""The addresses of the pages. Every view behind them declares its right (web/page.py)."""

from django.urls import URLPattern, URLResolver, include, path

from breakwater.web import (
    allauth_pages,
    channels,
    deliveries,
    harbour,
    home,
    invitations,
    language,
    members,
    notices,
    post_urls,
    profile,
    setup,
    status,
    tokens,
    workspaces,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("setup/", setup.setup, name="setup"),
    path("password-advice/", setup.password_advice, name="password-advice"),
    path("language/", language.set_language, name="set-language"),
    path("account/", include(allauth_pages.urlpatterns)),
    path("profile/", profile.profile, name="profile"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.notices_read, name="notices-read"),
    path("notices/<uuid:notice_id>/", notices.notice, name="notice"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("workspaces/", workspaces.workspaces, name="workspaces"),
    path("workspaces/new/", workspaces.workspace_new, name="workspace-new"),
    path("w/<slug:slug>/", workspaces.workspace, name="workspace"),
    path("w/<slug:slug>/settings/", workspaces.settings, name="workspace-settings"),
    path("w/<slug:slug>/people/", members.members, name="members"),
    path("w/<slug:slug>/people/invite/", members.send_invitation, name="invite"),
    path("w/<slug:slug>/people/leave/", members.leave, name="leave"),
    path("w/<slug:slug>/people/<uuid:person_id>/role/", members.role, name="member-role"),
    path("w/<slug:slug>/people/<uuid:person_id>/remove/", members.remove, name="member-remove"),
    path(
        "w/<slug:slug>/invitations/<uuid:invitation_id>/revoke/",
        members.revoke,
        name="invitation-revoke",
    ),
    path("w/<slug:slug>/", include(post_urls)),
    path("channels/callback", channels.callback, name="channels-callback"),
    path("w/<slug:slug>/channels/", include(channels.urlpatterns)),
    path(
        "w/<slug:slug>/channels/<uuid:channel_id>/practice/",
        include(harbour.urlpatterns),
    ),
    path("w/<slug:slug>/deliveries/", include(deliveries.urlpatterns)),
    path("w/<slug:slug>/status/", include(status.urlpatterns)),
    path("w/<slug:slug>/tokens/", tokens.tokens, name="tokens"),
    path("w/<slug:slug>/tokens/<uuid:token_id>/revoke/", tokens.revoke, name="token-revoke"),
]
