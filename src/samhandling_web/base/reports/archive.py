"""Zip files whose bytes depend on their content alone."""

import io
import zipfile

# The earliest moment a zip file can hold; any fixed one would do.
EARLIEST = (1980, 1, 1, 0, 0, 0)


def normalised(made: bytes) -> bytes:
    """Write a zip file anew with fixed times, order and compression."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(made)) as source,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        # Readers of office files expect the list of content types first.
        names = sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, source.read(name))
    return result.getvalue()
