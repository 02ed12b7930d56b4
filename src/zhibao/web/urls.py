"""The addresses of the pages."""

from django.urls import path

from zhibao.web.pages import account

urlpatterns = [
    path("language", account.language, name="language"),
    path("look", account.look, name="look"),
    path("profile", account.profile, name="profile"),
    path("profile/keys", account.keys_choice, name="keys-choice"),
    path("profile/tokens", account.new_token, name="new-token"),
    path("profile/tokens/<int:token_id>/end", account.end_token, name="end-token"),
    path("keys", account.keys, name="keys"),
]
