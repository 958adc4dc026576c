"""Masked and impossible values of the examples become valid ones of the same kind: the fake is as strict as ever."""

import random
import re
from dataclasses import replace
from pathlib import Path

import yaml

from renaming import GIVEN, SURNAMES

RULES = yaml.safe_load((Path(__file__).parent / "replacements.yaml").read_text("utf-8"))


def possible(example):
    """The example with its impossible values replaced, and the rules that were needed."""
    used = []
    request = replaced(example.request, "", example, used)
    # What the answer repeats must go on being what was asked.
    answer = replaced(example.answer, "", example, used)
    return replace(example, request=request, answer=answer), used


def replaced(value, name, example, used):
    if isinstance(value, dict):
        return {key: replaced(inner, key, example, used) for key, inner in value.items()}
    if isinstance(value, list):
        return [replaced(item, name, example, used) for item in value]
    for rule in RULES:
        if applies(rule, name, value, example):
            used.append(rule["reason"])
            return MADE[rule["becomes"]](value) if rule["becomes"] in MADE else rule["becomes"]
    return value


def applies(rule, name, value, example):
    if not isinstance(value, str) or not value or name not in rule["fields"]:
        return False
    if example.action not in rule.get("actions", [example.action]) or (rule.get("successes") and example.error):
        return False
    return bool(re.search(rule["match"], value))


def mobile(text):
    return "13" + "".join(random.Random(text).choices("0123456789", k=9))


def person(text):
    draw = random.Random(text)
    return draw.choice(SURNAMES) + draw.choice(GIVEN) + draw.choice(GIVEN)


def company(text):
    return person(text) + "有限公司"


MADE = {"a mobile number": mobile, "a person": person, "a company": company}
