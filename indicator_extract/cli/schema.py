"""The JSON Schema of a record, for those who check or generate code from it."""

from __future__ import annotations

import json

from indicator_extract.record import Record


def print_schema() -> int:
    """Prints the schema of a record as it is written to JSON."""
    print(json.dumps(Record.model_json_schema(mode="serialization"), ensure_ascii=False, indent=2))
    return 0
