"""The addresses of posts, below a workspace's. Every view behind them declares its right."""

from django.urls import URLPattern, path

from breakwater.web import calendar, composer, media, posts, reviews, submitting

_POST = "posts/<uuid:post_id>"

urlpatterns: list[URLPattern] = [
    path("calendar/", calendar.this_month, name="calendar"),
    path("calendar/<int:year>/<int:number>/", calendar.month, name="calendar-month"),
    path("posts/", calendar.posts, name="posts"),
    path("posts/new/", composer.new, name="post-new"),
    path(f"{_POST}/", posts.post, name="post"),
    path(f"{_POST}/edit/", composer.edit, name="post-edit"),
    path(f"{_POST}/check/", submitting.check, name="post-check"),
    path(f"{_POST}/decide/", reviews.decide, name="post-decide"),
    path(f"{_POST}/revoke/<uuid:decision_id>/", reviews.revoke, name="post-revoke"),
    path(f"{_POST}/reopen/", posts.reopen, name="post-reopen"),
    path(f"{_POST}/move/", posts.move, name="post-move"),
    path(f"{_POST}/cancel/", posts.cancel, name="post-cancel"),
    path(f"{_POST}/send-now/", posts.send_now, name="post-send-now"),
    path(f"{_POST}/take-down/", posts.take_down, name="post-take-down"),
    path("media/", media.upload, name="media-upload"),
    path("media/<uuid:asset_id>/", media.asset, name="media"),
    path("media/sent/<str:sha256>/", media.sent, name="media-sent"),
    path("media/cover/<str:sha256>/", media.cover, name="media-cover"),
]
