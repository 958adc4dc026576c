"""Every documented example, as it stands and once more with everybody renamed. README.md beside this file says how."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from ess_mock import running
from parameters import WHOLE
from play import play
from preconditions import FOLDER, Preconditions
from renaming import LOOKS_LIKE_AN_ID, MOBILE, Renaming, texts
from replacements import possible
from report import Played
from shape import YOUNGER
from vendor import VERSIONS, examples

HERE = Path(__file__).parent
SERVICES = list(VERSIONS)


def lists(name):
    """What `<service>/<name>.yaml` says, by service."""
    return {service: yaml.safe_load((HERE / service / f"{name}.yaml").read_text("utf-8")) or {} for service in SERVICES}


SCOPE, EXCEPTIONS, YOUNGER_FIELDS = lists("scope"), lists("exceptions"), lists("younger_fields")
EXAMPLES = examples()
ACTIONS = list(dict.fromkeys((example.service, example.action) for example in EXAMPLES))


@pytest.fixture(scope="module")
def server():
    with running("--clock", "frozen", "--rate-limit", "off") as server:
        yield server


@pytest.fixture(scope="module")
def preconditions():
    return {service: Preconditions(service) for service in SERVICES}


@pytest.mark.parametrize(("service", "action"), ACTIONS, ids=["-".join(names) for names in ACTIONS])
def test_the_examples_of(service, action, server, preconditions, rows):
    wrong = []
    for documented in (example for example in EXAMPLES if (example.service, example.action) == (service, action)):
        row = played(documented, server, preconditions)
        rows.append(row)
        failed = row.as_documented or row.renamed
        if row.in_scope and not row.excepted and failed:
            differences = row.as_documented or ["renamed:", *row.renamed]
            wrong.append("\n    ".join([f"{documented.name} {row.title}", *differences]))
        if row.fidelity == "stateful" and not row.in_scope:
            wrong.append(f"{documented.name} has rules now: scope.yaml must name it")
        if row.excepted and not failed:
            wrong.append(f"{documented.name} is excepted, but is answered as documented: take it off the list")
    assert not wrong, "\n".join(wrong)


def played(documented, server, preconditions):
    """The example as it stands, and with everybody renamed."""
    example, _ = possible(documented)
    rename = Renaming(example.request, example.answer)
    other = replace(example, request=rename(example.request), answer=rename(example.answer))
    first = play(server, example, preconditions[example.service].world(example))
    second = play(server, other, preconditions[example.service].world(other))
    in_scope = example.action in SCOPE[example.service]
    if in_scope and first.fidelity == "synthesized":
        first.differences.insert(0, "the answer is made up from the schema: no rule stands behind it")
    younger = {f"{path} {YOUNGER}" for path in YOUNGER_FIELDS[example.service].get(example.action, {})}
    return Played(
        service=example.service,
        action=example.action,
        number=example.number,
        title=example.title,
        in_scope=in_scope,
        fidelity=first.fidelity,
        as_documented=[line for line in first.differences if line not in younger],
        renamed=[line for line in second.differences if line not in younger],
        younger=[line for line in first.differences if line in younger],
        excepted=EXCEPTIONS[example.service].get(example.action, {}).get(example.number),
    )


def test_renaming_leaves_no_id_name_or_number_as_it_was():
    for example in EXAMPLES:
        rename = Renaming(example.request, example.answer)
        old = values(example.request) | values(example.answer)
        new = values(rename(example.request)) | values(rename(example.answer))
        assert not old & new, f"{example.name}: {sorted(old & new)}"
        assert all(old != new for old, new in rename.new.items()), example.name
        assert len(set(rename.new.values())) == len(rename.new), f"{example.name}: two values became one"
        assert all(len(value) == len(key) for key, value in rename.new.items()), example.name


def values(document):
    return {found for _, text in texts(document) for found in LOOKS_LIKE_AN_ID.findall(text) + MOBILE.findall(text)}


def test_no_precondition_knows_a_documented_value():
    known = {value for example in EXAMPLES for value in Renaming(example.request, example.answer).new}
    for path in FOLDER.rglob("*.yaml"):
        written = {WHOLE.sub("", text) for _, text in texts(yaml.safe_load(path.read_text("utf-8")))}
        assert not written & known, f"{path.name} knows {sorted(written & known)}"


def test_every_exception_is_of_an_example_and_has_a_reason():
    numbers = {(example.service, example.action, example.number) for example in EXAMPLES}
    for service, exceptions in EXCEPTIONS.items():
        for action, reasons in exceptions.items():
            for number, reason in reasons.items():
                assert (service, action, number) in numbers, f"{service} {action} has no example {number}"
                assert len(reason) > 20, f"{action} {number}: {reason}"


def test_the_package_holds_the_examples_the_figure_is_of():
    assert Counter(example.service for example in EXAMPLES) == {"ess": 368, "essbasic": 226}
    assert {(service, action) for service, scope in SCOPE.items() for action in scope} <= set(ACTIONS)


def test_every_younger_field_is_one_and_has_a_reason(rows):
    """Last in the file: it looks at what the others played."""
    shown = {(row.service, row.action, line) for row in rows for line in row.younger}
    played = {(row.service, row.action) for row in rows}
    for service, younger in YOUNGER_FIELDS.items():
        for action, reasons in younger.items():
            for path, reason in reasons.items():
                is_shown = (service, action, f"{path} {YOUNGER}") in shown
                assert (service, action) not in played or is_shown, f"{action} {path} is in every example"
                assert len(reason) > 20, f"{action} {path}: {reason}"
