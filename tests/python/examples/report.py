"""What is printed at the end, and kept for whoever quotes the figure."""

import json
from collections import defaultdict
from dataclasses import asdict, dataclass


@dataclass
class Played:
    """One example, played as documented and with everybody renamed."""

    service: str
    action: str
    number: int
    title: str
    in_scope: bool
    fidelity: str | None
    # What differs from the documented answer, as it stands and renamed.
    as_documented: list
    renamed: list
    # Fields the answer has and the example is too old to show, of those listed.
    younger: list
    # Why it may differ.
    excepted: str | None = None


def table(rows, scope):
    """For each service a line for each action, those of the scope first, and the totals."""
    for service, actions in scope.items():
        own = [row for row in rows if row.service == service]
        if own:
            yield from of_service(service, own, actions)
            yield ""
    yield from figures(rows)


def of_service(service, rows, scope):
    by_action = defaultdict(list)
    for row in rows:
        by_action[row.action].append(row)
    inside = [action for action in scope if action in by_action]
    outside = sorted(set(by_action) - set(inside))
    yield heading(service)
    yield from (line(action, by_action[action]) for action in inside)
    yield line("in scope", [row for row in rows if row.in_scope])
    if outside:
        yield ""
        yield heading(f"{service}, outside of the scope")
        yield from (line(action, by_action[action]) for action in outside)
        yield line("outside", [row for row in rows if not row.in_scope])


def figures(rows):
    """The lines README quotes, one for each service."""
    services = dict.fromkeys(row.service for row in rows)
    return [figure(service, [row for row in rows if row.service == service]) for service in services]


def heading(label):
    return f"{label:52} examples  as documented  younger fields  renamed  excepted"


def line(label, rows):
    good, younger, renamed, excepted = count(rows)
    synthesized = "synthesized" if all(row.fidelity == "synthesized" for row in rows) else ""
    return f"{label:52} {len(rows):8}  {good:13}  {younger or '':>14}  {renamed:7}  {excepted or '':>8}  {synthesized}".rstrip()


def figure(service, rows):
    scope = [row for row in rows if row.in_scope]
    good, younger, renamed, excepted = count(scope)
    return (
        f"examples: {service}: {good} of {len(scope)} in scope as documented ({younger} of them with fields younger than the example), "
        f"{excepted} excepted; renamed: {renamed} of {len(scope)}"
    )


def count(rows):
    good = sum(not row.as_documented for row in rows)
    younger = sum(bool(row.younger) and not row.as_documented for row in rows)
    renamed = sum(not row.renamed for row in rows)
    return good, younger, renamed, sum(row.excepted is not None for row in rows)


def keep(path, rows):
    """Writes the summary for machines."""
    summary = {"figures": figures(rows), "examples": [asdict(row) for row in rows]}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(summary, ensure_ascii=False, indent=1) + "\n", "utf-8")
