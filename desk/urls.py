from django.contrib import admin
from django.urls import path

from desk import account, again, blocks, palette, passwords, setting_up, sign_in
from desk.commentary import letters
from desk.documents import uploads as documents
from desk.pictures import uploads as pictures

at_desk = admin.site.admin_view

app_name = "desk"
urlpatterns = [
    path("admin/pictures/upload/", pictures.upload, name="picture_upload"),
    path("admin/blocks/", at_desk(blocks.cards), name="block_cards"),
    path("admin/blocks/documents/", at_desk(blocks.documents), name="block_documents"),
    path("admin/blocks/pictures/", at_desk(blocks.pictures), name="block_pictures"),
    path("admin/blocks/stories/", at_desk(blocks.stories), name="block_stories"),
    path("admin/commentary/letters/", at_desk(letters.letters), name="guest_letters"),
    path("admin/commentary/letters/<int:letter>/", at_desk(letters.letter), name="guest_letter"),
    path("admin/commentary/letters/<int:letter>/again/", at_desk(letters.again), name="guest_letter_again"),
    path("admin/documents/upload/", documents.upload, name="document_upload"),
    path("admin/palette/", at_desk(palette.find), name="palette"),
    path("admin/account/", at_desk(account.page), name="account"),
    path("admin/account/codes/", at_desk(setting_up.codes), name="codes"),
    path("admin/account/codes/file/", at_desk(setting_up.codes_file), name="codes_file"),
    path("admin/account/factors/<int:pk>/remove/", at_desk(account.remove_factor), name="remove_factor"),
    path("admin/account/sessions/end-others/", at_desk(account.end_other_sessions), name="end_other_sessions"),
    path("admin/account/sessions/<int:pk>/end/", at_desk(account.end_session), name="end_session"),
    path("accounts/code/", sign_in.second_factor, name="second_factor"),
    path("accounts/passkey/", sign_in.by_passkey, name="passkey"),
    path("accounts/passkey/question/", sign_in.passkey_question, name="passkey_question"),
    path("accounts/again/", again.again, name="again"),
    path("accounts/second-factor/", setting_up.choose, name="set_up"),
    path("accounts/second-factor/app/", setting_up.app, name="set_up_app"),
    path("accounts/second-factor/passkey/", setting_up.passkey, name="set_up_passkey"),
    path("accounts/second-factor/passkey/question/", setting_up.passkey_question, name="new_passkey_question"),
    path("accounts/invitation/<str:key>/", passwords.accept_invitation, name="invitation"),
    path("accounts/new-password/", passwords.ask_for_new_password, name="ask_for_new_password"),
    path("accounts/new-password/asked/", passwords.new_password_asked, name="new_password_asked"),
    path("accounts/new-password/set/", passwords.new_password_set, name="new_password_set"),
    path("accounts/new-password/<uidb64>/<token>/", passwords.choose_new_password, name="choose_new_password"),
]
