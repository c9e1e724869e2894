"""Sending pictures from a form, and showing them."""

import pytest
from bs4 import BeautifulSoup
from django.http import Http404
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict

from samhandling_web.base.accounts.models import User
from samhandling_web.base.photos import services
from samhandling_web.base.photos.forms import PhotosForm
from samhandling_web.base.photos.http import photo_response
from samhandling_web.base.photos.tests.pictures import upload
from tests.page_rules import faults_of_part


def sent(*uploads, **values) -> PhotosForm:
    return PhotosForm(values, MultiValueDict({"photos": list(uploads)}))


def test_the_field_asks_for_several_pictures_from_camera_or_album():
    html = Template('{% form form "Skicka" %}').render(Context({"form": PhotosForm()}))
    field = BeautifulSoup(html, "html.parser").select_one("#id_photos")
    assert field["type"] == "file"
    assert field.has_attr("multiple")
    assert field["accept"] == "image/jpeg,image/png,image/webp"
    assert not field.has_attr("capture")
    assert faults_of_part(html) == []
    assert 'enctype="multipart/form-data"' in html


def test_pictures_with_the_statement_come_as_a_list():
    form = sent(upload(), upload(name="bänken.jpg"), nobody_recognisable="on")
    assert form.is_valid()
    assert [file.name for file in form.cleaned_data["photos"]] == ["torget.jpg", "bänken.jpg"]


def test_no_pictures_need_no_statement():
    form = sent()
    assert form.is_valid()
    assert form.cleaned_data["photos"] == []


def test_pictures_without_the_statement_are_stopped_at_the_statement():
    form = sent(upload())
    assert list(form.errors) == ["nobody_recognisable"]
    assert "ta om bilden utan" in form.errors["nobody_recognisable"][0]


def test_every_refused_file_is_named_with_its_fault_and_the_statement_is_asked_for_too():
    form = sent(upload(), upload(b"hej", "a.txt"), upload(b"%PDF", "b.pdf"))
    assert set(form.errors) == {"photos", "nobody_recognisable"}
    first, second = form.errors["photos"]
    assert first.startswith("Bilden a.txt sparades inte.")
    assert second.startswith("Bilden b.pdf sparades inte.")


def test_too_many_pictures_are_counted():
    form = sent(*[upload() for _number in range(9)], nobody_recognisable="on")
    assert form.errors["photos"] == ["9 bilder är fler än 8 på en gång. Välj de viktigaste."]


@pytest.mark.django_db
def test_a_photo_is_shown_as_a_picture_that_the_readers_browser_alone_keeps(data_folder):
    actor = User.objects.create_user("sender@example.org")
    photo = services.photo_keep(file=upload(), nobody_recognisable=True, actor=actor)
    response = photo_response(photo)
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8")
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, max-age=3600"
    assert response["Content-Disposition"] == f'inline; filename="foto-{photo.pk}.jpg"'
    (data_folder / "files" / photo.file.name).unlink()
    with pytest.raises(Http404):
        photo_response(photo)
