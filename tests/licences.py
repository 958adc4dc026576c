"""Holds the licence of every dependency against deny.toml, without needing cargo-deny.

Usage: cargo metadata --format-version 1 --locked | python3 tests/licences.py
"""

import json
import re
import sys
import tomllib
from pathlib import Path


def allowed(expression, licences):
    """Whether an SPDX expression can be met with `licences` alone. `/` is the old spelling of OR."""
    tokens = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR "))

    def alternatives(at):
        met, at = conjunction(at)
        while at < len(tokens) and tokens[at] == "OR":
            other, at = conjunction(at + 1)
            met = met or other
        return met, at

    def conjunction(at):
        met, at = single(at)
        while at < len(tokens) and tokens[at] == "AND":
            other, at = single(at + 1)
            met = met and other
        return met, at

    def single(at):
        if tokens[at] == "(":
            met, at = alternatives(at + 1)
            return met, at + 1
        name, at = tokens[at].removesuffix("+"), at + 1
        if at < len(tokens) and tokens[at] == "WITH":
            name, at = f"{name} WITH {tokens[at + 1]}", at + 2
        return name in licences, at

    met, end = alternatives(0)
    assert end == len(tokens), f"cannot read the expression {expression!r}"
    return met


def main():
    rules = tomllib.loads((Path(__file__).parent.parent / "deny.toml").read_text())["licenses"]
    exceptions = {one["crate"]: set(one["allow"]) for one in rules["exceptions"]}
    packages = [one for one in json.load(sys.stdin)["packages"] if one["source"]]
    refused = [
        f"{one['name']} {one['version']}: {one['license'] or 'no licence named'}"
        for one in packages
        if not allowed(one["license"] or "none", set(rules["allow"]) | exceptions.get(one["name"], set()))
    ]
    for line in refused:
        print(f"not allowed by deny.toml: {line}")
    print(f"{len(packages)} dependencies, {len(refused)} with a licence deny.toml does not allow")
    return 1 if refused or not packages else 0


if __name__ == "__main__":
    sys.exit(main())
