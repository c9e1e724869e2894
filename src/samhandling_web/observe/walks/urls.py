from django.urls import path

from samhandling_web.observe.walks.views import finding, planning, reading, unsigned, walk, walking

app_name = "walks"
urlpatterns = [
    path("trygghetsvandringar/", reading.walk_list, name="walk-list"),
    path("trygghetsvandringar/ny/", planning.walk_new, name="walk-new"),
    path("trygghetsvandringar/vara-fynd/", reading.own_findings, name="own-findings"),
    path("trygghetsvandringar/<int:pk>/", walk.walk_detail, name="walk-detail"),
    path("trygghetsvandringar/<int:pk>/andra/", planning.walk_edit, name="walk-edit"),
    path("trygghetsvandringar/<int:pk>/plan/", walk.walk_paper, name="walk-paper"),
    path("trygghetsvandringar/<int:pk>/fynd.json", reading.walk_points, name="walk-points"),
    path("trygghetsvandringar/<int:pk>/vag.json", reading.walk_route, name="walk-route"),
    path("trygghetsvandringar/<int:pk>/ga/", walking.walking, name="walking"),
    path("trygghetsvandringar/<int:pk>/ga/fynd/", walking.finding_add, name="finding-add"),
    path("trygghetsvandringar/<int:pk>/genomford/", walk.walk_record, name="walk-record"),
    path("trygghetsvandringar/<int:pk>/stall-in/", walk.walk_cancel, name="walk-cancel"),
    path("trygghetsvandringar/<int:pk>/aterkoppla/", walk.walk_feed_back, name="walk-feed-back"),
    path("trygghetsvandringar/<int:pk>/besked/", walk.walk_notify, name="walk-notify"),
    path("trygghetsvandringar/<int:pk>/avsluta/", walk.walk_close, name="walk-close"),
    path("trygghetsvandringar/fynd/<int:pk>/", finding.finding_detail, name="finding-detail"),
    path(
        "trygghetsvandringar/fynd/<int:pk>/punkt.json", reading.finding_point, name="finding-point"
    ),
    path("trygghetsvandringar/fynd/<int:pk>/svar/", finding.finding_answer, name="finding-answer"),
    path(
        "trygghetsvandringar/fynd/<int:pk>/ansvarig/", finding.finding_assign, name="finding-assign"
    ),
    path("trygghetsvandringar/fynd/<int:pk>/lank/", finding.link_send, name="link-send"),
    path(
        "trygghetsvandringar/fynd/lank/<int:pk>/aterkalla/",
        finding.link_withdraw,
        name="link-withdraw",
    ),
    path("trygghetsvandringar/fynd/foto/<int:pk>/", reading.finding_photo, name="finding-photo"),
    path(
        "trygghetsvandringar/fynd/foto/<int:pk>/ta-bort/", finding.photo_remove, name="photo-remove"
    ),
    path("trygghetsvandringar/besked/<uuid:notice_key>/", unsigned.notice, name="notice"),
    path("svar/<str:key>/", unsigned.link_page, name="link-page"),
    path("svar/<str:key>/skicka/", unsigned.link_answer, name="link-answer"),
    path("svar/<str:key>/punkt.json", unsigned.link_point, name="link-point"),
    path("svar/<str:key>/foto/<int:pk>/", unsigned.link_photo, name="link-photo"),
]
