from django.urls import path

from public import views

app_name = "public"
urlpatterns = [
    path("<int:year>/<int:month>/<int:day>/<slug:slug>/", views.article, name="article"),
]
