"""
What Schemathesis has to know of a running Kerf: who calls, and what exists. A generated id names nothing, so most calls would end at
"not found"; here most of them are turned into ids that exist, of this shop and of another one, and fields into ones that fit them.
The choice hangs on the generated values alone, so that a failing case can be repeated and made smaller.
"""

import json
import os
import re
from uuid import uuid4
from zlib import crc32

import schemathesis

with open(os.environ["KERF_FUZZ_WORLD"], encoding="utf-8") as file:
    world = json.load(file)

ANY_ID = re.compile(r"\b([a-z]+)_[0-7][0-9a-hjkmnp-tv-z]{25}\b")
GOOD_KEY = re.compile(r"[\x21-\x7e]{8,200}")
FOREIGN = set(world["foreignIds"])
ids_by_kind = {}
for each in world["ownIds"] + world["foreignIds"]:
    ids_by_kind.setdefault(each.split("_")[0], []).append(each)

calls = open(os.environ["KERF_FUZZ_CALLS"], "a", encoding="utf-8", buffering=1)


def chance(value, *salt):
    """0 to 99, always the same for the same values."""
    return crc32(json.dumps([value, salt], sort_keys=True, default=str).encode("utf-8", "replace")) % 100


def existing(value):
    """Ids in a value of any depth: three of four become ids of the same kind that exist."""
    if isinstance(value, dict):
        return {name: existing(each) for name, each in value.items()}
    if isinstance(value, list):
        return [existing(each) for each in value]
    if not isinstance(value, str):
        return value
    found = ANY_ID.fullmatch(value)
    pool = ids_by_kind.get(found.group(1), []) if found else []
    return pool[crc32(value.encode()) % len(pool)] if pool and chance(value) < 75 else value


def with_known(generated, known, percent):
    """Fields that a good request has, put in place of generated ones."""
    return {
        name: known[name] if name in known and chance(value, name) < percent else existing(value)
        for name, value in generated.items()
    }


@schemathesis.hook
def before_call(context, case, kwargs):
    good = world["requests"].get(context.operation.definition.raw["operationId"], {})
    if isinstance(case.path_parameters, dict):
        case.path_parameters = with_known(case.path_parameters, good.get("params", {}), 60)
    if isinstance(case.query, dict):
        case.query = with_known(case.query, good.get("query", {}), 30)
    if isinstance(case.body, dict):
        case.body = with_known(case.body, good.get("body") or {}, 40)
    headers = case.headers if case.headers is not None else {}
    version = headers.get("If-Match")
    if version is not None and chance(version) < 60:
        headers["If-Match"] = str(good.get("ifMatch", 1))
    # The smallest key is generated again and again; a key is for one intention.
    key = headers.get("Idempotency-Key")
    if key is not None and GOOD_KEY.fullmatch(str(key)) and chance([key, case.body]) < 90:
        headers["Idempotency-Key"] = str(uuid4())
    for name, value in world["credential"].items():
        headers[name] = value
    case.headers = headers


@schemathesis.hook
def after_call(context, case, response):
    """One line a call: operation, status, and ids of the other shop that the request did not name."""
    sent = json.dumps([case.path_parameters, case.query, case.body], default=str)
    shown = {found.group(0) for found in ANY_ID.finditer(response.text or "")} & FOREIGN
    leaked = sorted(each for each in shown if each not in sent)
    operation = context.operation.definition.raw["operationId"]
    calls.write(" ".join([operation, str(response.status_code), *leaked]) + "\n")
