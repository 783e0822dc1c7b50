#!/usr/bin/env bash
# Guess: a Data Package resource whose path is a list of two files has the rows of both, in Parquet as in CSV; and
#   frictionless reports a duplicate under uniqueKeys as it does under primaryKey.
# Happens: of two CSV files frictionless reads both, of two Parquet files the first only, and the package is valid;
#   uniqueKeys is accepted in the schema and never checked.
# Follows: a package of one Parquet file by département passes validation with one département looked at. Give each
#   file a resource of its own, and check unique keys elsewhere (DuckDB: group by, having count(*) > 1).
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo 'Guess: two files make three rows in both formats; a duplicate is reported under primaryKey and under uniqueKeys.'
python3 -m venv venv
venv/bin/python -m pip install -q frictionless==5.21.0 pyarrow==26.0.1 pandas==3.1.1 fastparquet==2026.9.0 2> /dev/null
venv/bin/python -m pip list 2> /dev/null | grep -E '^(frictionless|pyarrow|pandas|fastparquet) '

cat > see.py <<'PY'
import sys
from pathlib import Path

import pyarrow
import pyarrow.parquet
from frictionless import Package

PARTS = {"a": ["01", "02"], "b": ["2A"]}
FIELDS = [{"name": "code", "type": "string"}]


def package(path: str | list[str], **keys: list[object]) -> Package:
    resource = {"name": "codes", "path": path, "schema": {"fields": FIELDS, **keys}}
    return Package.from_descriptor({"name": "codes", "resources": [resource]})


for part, codes in PARTS.items():
    Path(f"{part}.csv").write_text("\n".join(["code", *codes, ""]))
    pyarrow.parquet.write_table(pyarrow.table({"code": codes}), f"{part}.parquet")
Path("twice.csv").write_text("code\n01\n01\n")

seen = {}
for ending in ("csv", "parquet"):
    both = package([f"a.{ending}", f"b.{ending}"])
    rows = [row["code"] for row in both.resources[0].read_rows()]
    seen[ending] = (rows, both.validate().valid)
for key, value in {"primaryKey": ["code"], "uniqueKeys": [["code"]]}.items():
    seen[key] = package("twice.csv", **{key: value}).validate().flatten(["type"])
for name, outcome in seen.items():
    print(name, outcome)
expected = {
    "csv": (["01", "02", "2A"], True),
    "parquet": (["01", "02"], True),
    "primaryKey": [["primary-key"]],
    "uniqueKeys": [],
}
print("as stated" if seen == expected else "CHANGED")
sys.exit(seen != expected)
PY
venv/bin/python see.py
