"""What is printed at the end, and kept for whoever quotes the figure."""

import json
from collections import defaultdict
from dataclasses import asdict, dataclass


@dataclass
class Played:
    """One example, played as documented and with everybody renamed."""

    action: str
    number: int
    title: str
    in_scope: bool
    fidelity: str | None
    as_documented: list
    renamed: list
    excepted: str | None = None


def table(rows, scope):
    """A line for each action, those of the scope first, and the totals."""
    by_action = defaultdict(list)
    for row in rows:
        by_action[row.action].append(row)
    inside = [action for action in scope if action in by_action]
    outside = sorted(set(by_action) - set(inside))
    width = max(map(len, by_action))
    yield f"{'action':{width}}  examples  as documented  renamed  excepted"
    for action in inside:
        yield line(action, by_action[action], width)
    yield line("in scope", [row for row in rows if row.in_scope], width)
    yield ""
    yield f"{'outside of the scope':{width}}  examples  as documented  renamed"
    for action in outside:
        yield line(action, by_action[action], width)
    yield line("outside", [row for row in rows if not row.in_scope], width)
    yield ""
    yield figure(rows)


def line(label, rows, width):
    good, renamed, excepted = count(rows)
    synthesized = all(row.fidelity == "synthesized" for row in rows)
    return f"{label:{width}}  {len(rows):8}  {good:13}  {renamed:7}  {excepted or '':>8}  {'synthesized' if synthesized else ''}".rstrip()


def figure(rows):
    """The line README quotes."""
    scope = [row for row in rows if row.in_scope]
    good, renamed, excepted = count(scope)
    return (
        f"examples: {good} of {len(scope)} in scope as documented, {excepted} excepted; "
        f"renamed: {renamed} of {len(scope)}"
    )


def count(rows):
    good = sum(not row.as_documented for row in rows)
    renamed = sum(not row.renamed for row in rows)
    return good, renamed, sum(row.excepted is not None for row in rows)


def keep(path, rows):
    """Writes the summary for machines."""
    summary = {"figure": figure(rows), "examples": [asdict(row) for row in rows]}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(summary, ensure_ascii=False, indent=1) + "\n", "utf-8")
