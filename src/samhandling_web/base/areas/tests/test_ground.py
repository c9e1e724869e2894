"""The ground under the map: laid, replaced, served, refused."""

import json

import pytest
import shapely
from django.urls import reverse

from samhandling_web.base.accounts.models import User
from samhandling_web.base.areas import rules, services
from samhandling_web.base.areas.models import MapLayer
from samhandling_web.base.areas.tests import town
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.base.common.served import Outline, ground, outline

pytestmark = pytest.mark.django_db
LAKE = shapely.Point(17, 60).buffer(0.01, quad_segs=64)


def lay(kind="water", shapes=(LAKE,), actor=None):
    return services.map_layer_set(kind=kind, shapes=shapes, source="test", actor=actor)


def test_what_is_laid_is_served_simplified(client):
    lay()
    answer = client.get(reverse("areas:map-layer", args=["water"]))
    (feature,) = json.loads(answer.content)["features"]
    drawn = shapely.geometry.shape(feature["geometry"])
    assert drawn.symmetric_difference(LAKE).area < 0.02 * LAKE.area
    assert len(drawn.exterior.coords) < len(LAKE.exterior.coords)
    assert AuditRecord.objects.filter(kind="areas.ground.set").count() == 1


def test_an_unchanged_layer_is_not_sent_again(client):
    lay()
    address = reverse("areas:map-layer", args=["water"])
    mark = client.get(address)["ETag"]
    assert client.get(address, headers={"if-none-match": mark}).status_code == 304
    lay(shapes=[shapely.box(17, 60, 18, 61)])
    assert client.get(address, headers={"if-none-match": mark}).status_code == 200
    assert MapLayer.objects.count() == 1


def test_maps_stand_on_the_ground_there_is():
    assert ground() == {}
    lay("streets", [shapely.LineString([(17, 60), (18, 61)])])
    assert set(ground()) == {"streets"}


def test_unknown_and_empty_ground_is_refused(client):
    with pytest.raises(rules.UnknownGround, match="water"):
        lay("lava")
    with pytest.raises(rules.EmptyGround):
        lay(shapes=[shapely.Polygon()])
    assert client.get(reverse("areas:map-layer", args=["water"])).status_code == 404


def test_not_everybody_lays_ground():
    with pytest.raises(NotAllowed):
        lay(actor=User.objects.create_user("nobody@example.org"))


def test_the_map_reaches_as_far_as_the_border_and_then_as_the_base_units():
    assert outline() == Outline()
    border = shapely.geometry.mapping(shapely.box(16, 58, 18, 60))
    services.municipality_set(code="1", name="Staden", boundary=border, actor=None)
    assert outline() == Outline((16, 58, 18, 60))
    services.level_set(slug="base", name="ruta", name_plural="rutor", is_base_unit=True, actor=None)
    town.division("base", town.blocks(3))
    assert outline().bounds == pytest.approx((17.0, 59.0, 17.03, 59.01))


def test_people_find_their_way_by_the_broadest_public_areas():
    for slug, rank, more in (
        ("base", 9, {"is_base_unit": True}),
        ("police", 0, {"is_overlay": True}),
        ("secret", 1, {"visibility": "protected"}),
        ("quarter", 5, {}),
        ("empty", 2, {}),
    ):
        services.level_set(slug=slug, name=slug, name_plural=slug, rank=rank, actor=None, **more)
    town.division("base", town.blocks())
    assert outline().areas == reverse("areas:level-map", args=["base"])
    for slug in ("police", "secret", "quarter"):
        town.division(slug, town.blocks(), batch=slug)
    assert outline().areas == reverse("areas:level-map", args=["quarter"])
