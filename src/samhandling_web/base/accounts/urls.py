from django.urls import path

from samhandling_web.base.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.user_list, name="user-list"),
    path("ny/", views.user_new, name="user-new"),
    path("profil/", views.profile, name="profile"),
    path("organisationer/", views.organisation_list, name="organisation-list"),
    path("organisationer/ny/", views.organisation_new, name="organisation-new"),
    path("organisationer/<slug:slug>/", views.organisation_edit, name="organisation-edit"),
    path("<int:pk>/", views.user_detail, name="user-detail"),
    path("<int:pk>/andra/", views.user_edit, name="user-edit"),
    path("<int:pk>/roll/", views.membership_new, name="membership-new"),
    path("<int:pk>/bjud-in-igen/", views.invitation_again, name="invitation-again"),
    path("<int:pk>/avaktivera/", views.user_deactivate, name="user-deactivate"),
    path("<int:pk>/aktivera/", views.user_activate, name="user-activate"),
    path("roller/<int:pk>/avsluta/", views.membership_end, name="membership-end"),
]
