#!/usr/bin/env bash
# Guess: a JSON Schema with {"type": "string", "format": "date"} says one thing of a TOML file, whichever checker reads it:
#   either the quoted date "2026-01-01" is right, or the bare TOML date is.
# Happens: tombi accepts only the bare date and calls the quoted one an error; taplo accepts both; jsonschema, on the
#   values tomllib or tomli gives, accepts only the quoted one (the bare one is a datetime.date, no string).
# Follows: no single spelling of a day pleases all three. Write bare dates, turn datetime.date into ISO text before
#   jsonschema, and never advise quotes to whoever edits with tombi.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo 'Guess: the bare and the quoted date get the same verdict from tombi, taplo and jsonschema.'
python3 -m venv venv
venv/bin/python -m pip install -q tombi==1.9.6 taplo==0.9.3 tomli==2.5.0 jsonschema==4.26.0 2> /dev/null
venv/bin/python -m pip list 2> /dev/null | grep -E '^(tombi|taplo|tomli|jsonschema) '

cat > schema.json <<'JSON'
{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
 "properties": {"day": {"type": "string", "format": "date"}}}
JSON
printf '#:schema ./schema.json\nday = 2026-01-01\n' > bare.toml
printf '#:schema ./schema.json\nday = "2026-01-01"\n' > quoted.toml

cat > see.py <<'PY'
import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import tomli

RULES = json.loads(Path("schema.json").read_text())
SCHEMA_ADDRESS = Path("schema.json").resolve().as_uri()
TOMBI = ["venv/bin/tombi", "lint", "--offline"]
TAPLO = ["venv/bin/taplo", "check", "--schema", SCHEMA_ADDRESS]


def accepted(command: list[str], name: str) -> bool:
    run = subprocess.run([*command, name], capture_output=True, text=True)
    for line in run.stderr.splitlines() if run.returncode else []:
        if "expected a value" in line:
            print("   ", line.strip())
    return run.returncode == 0


seen = {}
for name in ("bare.toml", "quoted.toml"):
    value = tomli.loads(Path(name).read_text())
    valid = jsonschema.Draft202012Validator(RULES).is_valid(value)
    seen[name] = (accepted(TOMBI, name), accepted(TAPLO, name), valid)
    print(name, "accepted by tombi, taplo, jsonschema:", *seen[name])
expected = {"bare.toml": (True, True, False), "quoted.toml": (False, True, True)}
print("as stated" if seen == expected else "CHANGED")
sys.exit(seen != expected)
PY
NO_COLOR=1 venv/bin/python see.py
