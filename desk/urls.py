from django.urls import path

from desk import pictures, sign_in

app_name = "desk"
urlpatterns = [
    path("admin/pictures/upload/", pictures.upload, name="picture_upload"),
    path("accounts/new-password/", sign_in.ask_for_new_password, name="ask_for_new_password"),
    path("accounts/new-password/asked/", sign_in.new_password_asked, name="new_password_asked"),
    path("accounts/new-password/set/", sign_in.new_password_set, name="new_password_set"),
    path("accounts/new-password/<uidb64>/<token>/", sign_in.choose_new_password, name="choose_new_password"),
]
