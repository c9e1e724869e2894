"""Memory does not grow with the file."""

import io
import json
import tracemalloc

import pytest

from samhandling.sources import get
from samhandling.sources.tests.readings import options

MEBIBYTE = 1024 * 1024
CSV_HEADER = b"kommun;period;key;count;preliminary\n"
CSV_LINE = b"9901;2024K1;total;12;\n"
EVENT = {
    "id": 7,
    "datetime": "2024-08-22 18:15:00 +02:00",
    "name": "22 augusti 17.59, Brand, Söderby",
    "summary": "x",
    "url": "/x",
    "type": "Brand",
    "location": {"name": "Söderby", "gps": "59,18"},
}


class Generated(io.RawIOBase):
    """A file of a header, many equal records and an end, made while it is read."""

    def __init__(self, header, record, times, end=b""):
        self.parts = self.make(header, record, times, end)
        self.ahead = b""

    @staticmethod
    def make(header, record, times, end):
        yield header
        for _ in range(times // 1_000):
            yield record * 1_000
        yield end

    def read(self, size=-1):
        while len(self.ahead) < size:
            part = next(self.parts, None)
            if part is None:
                break
            self.ahead += part
        given, self.ahead = self.ahead[:size], self.ahead[size:]
        return given


def peak_of(slug, stream):
    """Read everything, keeping nothing; return the rows and the most memory in use."""
    tracemalloc.start()
    rows = sum(chunk.rows_read for chunk in get(slug).read(stream, "x", options()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return rows, peak


def csv_of(rows):
    return Generated(CSV_HEADER, CSV_LINE, rows)


def json_of(rows):
    record = json.dumps(EVENT).encode() + b","
    return Generated(b"[", record, rows, json.dumps(EVENT).encode() + b"]")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("slug", "make", "times", "more"),
    [
        ("reported_crime_municipality", csv_of, 300_000, 0),
        ("police_events", json_of, 100_000, 1),
    ],
)
def test_many_rows_need_no_more_memory_than_twenty_thousand(slug, make, times, more):
    peak_of(slug, make(1_000))
    few, small = peak_of(slug, make(20_000))
    many, large = peak_of(slug, make(times))
    assert (few, many) == (20_000 + more, times + more)
    assert large < 40 * MEBIBYTE
    assert large < 1.25 * small
