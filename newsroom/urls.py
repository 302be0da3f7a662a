from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("media/", include("images.urls")),
    path("", include("public.urls")),
]
