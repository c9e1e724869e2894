"""What no database can keep is replaced, and nothing else is touched."""

import json

import pyarrow as pa
import pytest

from samhandling_web.observe.imports.storable import storable, storable_table, storable_text


@pytest.mark.parametrize(
    "value",
    ["Åäö", "\x00", "a\x00\x00b", "\\", "\\u0000", "\\\x00", "\\\\\x00", '"\x00"', "u0000"],
)
def test_only_nul_is_replaced_in_plain_text_and_in_json(value):
    expected = value.replace("\x00", "\ufffd")
    table = pa.table({"title": [value], "extra": [json.dumps({"a": value})]})
    sound = storable_table(table).to_pylist()[0]
    assert sound["title"] == expected
    assert json.loads(sound["extra"]) == {"a": expected}


def test_half_a_surrogate_pair_is_replaced():
    assert storable_text("a\ud800b") == "a?b"
    assert storable({"value": "a\ud800", "count": 3}) == {"value": "a?", "count": 3}
