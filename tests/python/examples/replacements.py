"""Masked and impossible values of the examples become valid ones of the same kind: the fake is as strict as ever."""

import base64
import random
import re
from dataclasses import replace
from pathlib import Path

import yaml

import bodies
from renaming import GIVEN, SURNAMES

RULES = yaml.safe_load((Path(__file__).parent / "replacements.yaml").read_text("utf-8"))


def possible(example):
    """The example with its impossible values replaced, and the rules that were needed."""
    used = []
    request = replaced(example.request, "", example, used)
    # What the answer repeats must go on being what was asked.
    answer = replaced(example.answer, "", example, used)
    return replace(example, request=request, answer=answer), used


def replaced(value, name, example, used, around=None):
    if isinstance(value, dict):
        return {key: replaced(inner, key, example, used, value) for key, inner in value.items()}
    if isinstance(value, list):
        return [replaced(item, name, example, used, around) for item in value]
    for rule in RULES:
        if applies(rule, name, value, example):
            used.append(rule["reason"])
            return MADE[rule["becomes"]](value, around)
    return value


def applies(rule, name, value, example):
    if not isinstance(value, str) or not value or name not in rule["fields"]:
        return False
    if example.action not in rule.get("actions", [example.action]) or (rule.get("successes") and example.error):
        return False
    return bool(re.search(rule["match"], value))


def mobile(text, _):
    return "13" + "".join(random.Random(text).choices("0123456789", k=9))


def person(text, _):
    draw = random.Random(text)
    return draw.choice(SURNAMES) + draw.choice(GIVEN) + draw.choice(GIVEN)


def company(text, _):
    return person(text, _) + "有限公司"


def card(text, _):
    return "110101199003" + "".join(random.Random(text).choices("0123456789", k=6))


def file_of_its_name(_, upload):
    """What the name promises, a PDF where it promises nothing: `FileBody` of examples is cut off after some lines."""
    _, dot, extension = upload["FileName"].rpartition(".")
    return base64.b64encode(bodies.of(extension if dot else "pdf")).decode()


def identifier(text, _):
    return "yD" + "".join(random.Random(text + "!").choices("0123456789abcdefghijkmnpqrstuvwxyz", k=30))


def picture(_, __):
    return base64.b64encode(bodies.of("png")).decode()


def contract(text, _):
    return text.replace("*", "")


def callback_key(text, _):
    return "".join(random.Random(text).choices("0123456789abcdef", k=32))


def own_data(_, __):
    return base64.b64encode(b"own data").decode()


MADE = {
    "a name of a contract": contract,
    "the caller's own data": own_data,
    "a callback key": callback_key,
    "a mobile number": mobile,
    "a person": person,
    "a company": company,
    "an id": identifier,
    "an identity card number": card,
    "a file of its name": file_of_its_name,
    "a picture": picture,
}
