"""Every documented example, as it stands and once more with everybody renamed. README.md beside this file says how."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from ess_mock import running
from play import play
from preconditions import FOLDER, Preconditions
from renaming import LOOKS_LIKE_AN_ID, MOBILE, Renaming, texts
from replacements import possible
from report import Played
from vendor import examples

HERE = Path(__file__).parent
SCOPE = yaml.safe_load((HERE / "scope.yaml").read_text("utf-8"))
EXCEPTIONS = yaml.safe_load((HERE / "exceptions.yaml").read_text("utf-8"))
EXAMPLES = examples()
ACTIONS = list(dict.fromkeys(example.action for example in EXAMPLES))


@pytest.fixture(scope="module")
def server():
    with running("--clock", "frozen", "--rate-limit", "off") as server:
        yield server


@pytest.fixture(scope="module")
def preconditions():
    return Preconditions()


@pytest.mark.parametrize("action", ACTIONS)
def test_the_examples_of(action, server, preconditions, rows):
    wrong = []
    for documented in (example for example in EXAMPLES if example.action == action):
        example, _ = possible(documented)
        rename = Renaming(example.request, example.answer)
        other = replace(example, request=rename(example.request), answer=rename(example.answer))
        first = play(server, example, preconditions.world(example))
        second = play(server, other, preconditions.world(other))
        reason = EXCEPTIONS.get(action, {}).get(example.number)
        rows.append(
            Played(action, example.number, example.title, action in SCOPE, first.fidelity, first.differences, second.differences, reason)
        )
        failed = first.differences or second.differences
        if action in SCOPE and not reason and failed:
            wrong.append(f"{example.name} {example.title}\n    " + "\n    ".join(first.differences or ["renamed:", *second.differences]))
        if reason and not failed:
            wrong.append(f"{example.name} is excepted, but is answered as documented: take it off the list")
    assert not wrong, "\n".join(wrong)


def test_renaming_leaves_no_id_and_no_mobile_number_as_it_was():
    for example in EXAMPLES:
        rename = Renaming(example.request, example.answer)
        old = values(example.request) | values(example.answer)
        new = values(rename(example.request)) | values(rename(example.answer))
        assert not old & new, f"{example.name}: {sorted(old & new)}"
        assert len(set(rename.new.values())) == len(rename.new), f"{example.name}: two values became one"
        assert all(len(value) == len(key) for key, value in rename.new.items()), example.name


def values(document):
    return {found for _, text in texts(document) for found in LOOKS_LIKE_AN_ID.findall(text) + MOBILE.findall(text)}


def test_no_precondition_knows_a_documented_value():
    known = {value for example in EXAMPLES for value in Renaming(example.request, example.answer).new if len(value) > 1}
    for path in FOLDER.rglob("*.yaml"):
        text = path.read_text("utf-8")
        # Values in quotes and after colons; the files' own words (`id`, `item`) are no values.
        found = sorted(value for value in known if f": {value}\n" in text or f"'{value}'" in text or f'"{value}"' in text)
        assert not found, f"{path.name} knows {found}"


def test_every_exception_is_of_an_example_and_has_a_reason():
    numbers = {(example.action, example.number) for example in EXAMPLES}
    for action, rows in EXCEPTIONS.items():
        for number, reason in rows.items():
            assert (action, number) in numbers, f"{action} has no example {number}"
            assert len(reason) > 20, f"{action} {number}: {reason}"


def test_the_package_holds_the_examples_the_figure_is_of():
    assert len(EXAMPLES) == 368
    assert set(SCOPE) <= set(ACTIONS)
