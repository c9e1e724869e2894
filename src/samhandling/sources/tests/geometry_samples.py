"""Boundary files of all formats, made for the tests of this folder."""

import io
import json
import zipfile
from pathlib import Path

import geopandas as gpd
from shapely.geometry import box, mapping

AREAS = {"A1": box(18.0, 59.0, 18.1, 59.1), "A2": box(18.1, 59.0, 18.2, 59.1)}


def frame(crs="EPSG:4326", **columns):
    values = {"kod": list(AREAS), "namn": ["Ängby", "Åsby"], **columns}
    return gpd.GeoDataFrame(values, geometry=list(AREAS.values()), crs="EPSG:4326").to_crs(crs)


def shapefile_zip(areas, folder: Path, *, without=(), prefix="") -> bytes:
    areas.to_file(folder / "layer.shp", engine="pyogrio")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in sorted(folder.glob("layer.*")):
            if part.suffix not in without:
                archive.write(part, prefix + part.name)
    return packed.getvalue()


def geopackage(areas, folder: Path) -> bytes:
    path = folder / "layer.gpkg"
    areas.to_file(path, engine="pyogrio", layer="areas")
    return path.read_bytes()


def feature(geometry, **properties):
    shape = geometry if isinstance(geometry, dict) or geometry is None else mapping(geometry)
    return {"type": "Feature", "properties": properties, "geometry": shape}


def collection(*features, **members) -> str:
    return json.dumps({"type": "FeatureCollection", **members, "features": list(features)})
