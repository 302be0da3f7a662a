from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from heartbeat import views as heartbeat
from newsroom.first_administrator import first_administrator

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", heartbeat.live, name="live"),
    path("health/ready", heartbeat.ready, name="ready"),
    path("accounts/first/<str:key>/", first_administrator, name="first_administrator"),
    path("", include("desk.urls")),
    path("admin/", admin.site.urls),
    path("media/", include("images.urls")),
    path("documents/", include("documents.urls")),
    path("", include("public.urls")),
]

handler400 = "newsroom.refusals.bad_request"
handler403 = "desk.views.permission_denied"
handler404 = "public.errors.not_found"
