from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("desk.urls")),
    path("admin/", admin.site.urls),
    path("media/", include("images.urls")),
    path("", include("public.urls")),
]

handler400 = "desk.views.bad_request"
handler403 = "desk.views.permission_denied"
handler404 = "public.errors.not_found"
