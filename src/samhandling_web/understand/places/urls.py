from django.urls import include, path

from samhandling_web.understand.places.views import (
    candidates,
    causes,
    layers,
    links,
    places,
    problems,
)

app_name = "places"

place_addresses = [
    path("", places.place_list, name="place-list"),
    path("punkter.json", layers.place_points, name="place-points"),
    path("ny/", places.place_new, name="place-new"),
    path("forslag/", candidates.candidate_list, name="candidate-list"),
    path("forslag/punkter.json", layers.candidate_points, name="candidate-points"),
    path("forslag/sok/", candidates.candidate_find, name="candidate-find"),
    path("forslag/<int:pk>/", candidates.candidate_detail, name="candidate-detail"),
    path("forslag/<int:pk>/godta/", candidates.candidate_accept, name="candidate-accept"),
    path("forslag/<int:pk>/avfarda/", candidates.candidate_dismiss, name="candidate-dismiss"),
    path("<int:pk>/", places.place_detail, name="place-detail"),
    path("<int:pk>/andra/", places.place_edit, name="place-edit"),
    path("<int:pk>/bedom/", places.place_assess, name="place-assess"),
    path("<int:pk>/uppgift/", places.place_fact, name="place-fact"),
    path("<int:pk>/foton/", places.place_photos, name="place-photos"),
    path("<int:pk>/foton/<int:photo>/", places.place_photo, name="place-photo"),
    path(
        "<int:pk>/foton/<int:photo>/ta-bort/", places.place_photo_remove, name="place-photo-remove"
    ),
    path("<int:pk>/koppla/", links.place_link, name="place-link"),
    path("<int:pk>/koppla-bort/", links.place_unlink, name="place-unlink"),
    path("<int:pk>/omkrets.json", layers.place_reach, name="place-reach"),
    path("<int:pk>/iakttagelser.json", layers.place_observations, name="place-observations"),
]
problem_addresses = [
    path("", problems.problem_list, name="problem-list"),
    path("nytt/", problems.problem_new, name="problem-new"),
    path("<int:pk>/", problems.problem_detail, name="problem-detail"),
    path("<int:pk>/andra/", problems.problem_edit, name="problem-edit"),
    path("<int:pk>/steg/", problems.problem_step, name="problem-step"),
    path("<int:pk>/orsak/", causes.cause_new, name="cause-new"),
    path("orsak/<int:pk>/", causes.cause_edit, name="cause-edit"),
    path("orsak/<int:pk>/ta-bort/", causes.cause_remove, name="cause-remove"),
    path("orsak/<int:pk>/underlag/", causes.evidence_new, name="evidence-new"),
    path("underlag/<int:pk>/ta-bort/", causes.evidence_remove, name="evidence-remove"),
]
urlpatterns = [
    path("platser/", include(place_addresses)),
    path("problem/", include(problem_addresses)),
]
