from django.urls import re_path

from documents import views

app_name = "documents"
urlpatterns = [re_path(r"^(?P<token>[0-9a-f]{24})/(?P<name>[^/]+)$", views.document, name="document")]
