"""Which address leads to which door."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.urls")),
    path("api/", include("zhibao.api.urls")),
    path("", include("zhibao.web.urls")),
]

handler400 = "zhibao.web.pages.errors.bad_request"
handler403 = "zhibao.web.pages.errors.not_allowed"
handler404 = "zhibao.web.pages.errors.not_found"
handler500 = "zhibao.web.pages.errors.broken"
