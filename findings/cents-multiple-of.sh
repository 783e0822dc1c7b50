#!/usr/bin/env bash
# Guess: an amount in euros and cents that pydantic accepts (multiple of 0.01) is valid under the JSON Schema which that
#   same pydantic model prints, in every validator.
# Happens: Python's jsonschema refuses 19.99, 0.07 and 0.29, because it divides binary floats; jsonschema-rs and tombi
#   accept them; taplo refuses them. And for a Decimal of 6 digits, 2 of them cents, the schema keeps no limit at all:
#   1.999 is valid for the schema and refused by the model.
# Follows: never publish multipleOf 0.01 for money. Count cents in integers, or write amounts as text with a pattern;
#   and do not take a schema printed from Decimal fields for the rule on digits.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo 'Guess: what the model accepts, and only that, is valid under the schema it prints, in every validator.'
python3 -m venv venv
venv/bin/python -m pip install -q pydantic==2.14.4 jsonschema==4.26.0 jsonschema-rs==0.61.2 tombi==1.9.6 taplo==0.9.3 \
  2> /dev/null
venv/bin/python -m pip list 2> /dev/null | grep -E '^(pydantic|jsonschema|jsonschema_rs|tombi|taplo) '

cat > see.py <<'PY'
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import jsonschema
import jsonschema_rs
from pydantic import BaseModel, Field, ValidationError


class Euros(BaseModel):
    amount: Decimal = Field(multiple_of=Decimal("0.01"))


class Digits(BaseModel):
    amount: Decimal = Field(max_digits=6, decimal_places=2)


def model_accepts(model: type[BaseModel], amount: str) -> bool:
    try:
        model.model_validate_json(f'{{"amount": {amount}}}')
    except ValidationError:
        return False
    return True


def exits_zero(*command: str) -> bool:
    return subprocess.run(command, capture_output=True).returncode == 0


def verdicts(model: type[BaseModel], amount: str) -> tuple[bool, ...]:
    rules = model.model_json_schema()
    schema = Path("schema.json")
    schema.write_text(json.dumps(rules))
    Path("a.toml").write_text(f"#:schema ./schema.json\namount = {amount}\n")
    value = {"amount": float(amount)}
    return (
        model_accepts(model, amount),
        jsonschema.Draft202012Validator(rules).is_valid(value),
        jsonschema_rs.validator_for(rules).is_valid(value),
        exits_zero("venv/bin/tombi", "lint", "--offline", "a.toml"),
        exits_zero("venv/bin/taplo", "check", "--schema", schema.resolve().as_uri(), "a.toml"),
    )


EXPECTED = {
    (Euros, "19.99"): (True, False, True, True, False),
    (Euros, "0.07"): (True, False, True, True, False),
    (Euros, "0.29"): (True, False, True, True, False),
    (Euros, "1.005"): (False, False, False, False, False),
    (Digits, "1.999"): (False, True, True, True, True),
}
for model in (Euros, Digits):
    print(model.__name__, json.dumps(model.model_json_schema()["properties"]))
print("accepted by pydantic, jsonschema, jsonschema-rs, tombi, taplo:")
seen = {case: verdicts(*case) for case in EXPECTED}
for (model, amount), verdict in seen.items():
    print("   ", model.__name__, amount, *verdict)
print("as stated" if seen == EXPECTED else "CHANGED")
sys.exit(seen != EXPECTED)
PY
venv/bin/python see.py
