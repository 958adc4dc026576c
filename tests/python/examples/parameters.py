"""The small language of preconditions: where in an example a value of the world is taken from.

`fixtures/worlds/examples/README.md` describes it for whoever writes preconditions.
"""

import base64
import re

import bodies

WHOLE = re.compile(r"\$\{([^}]*)\}")
# An absent value: its field, or its element of a list, is left out.
ABSENT = object()
SIGNERS = {0: "organization", 1: "person", 3: "organization_auto_sign", 7: "person_auto_sign"}
SIGNERS |= {"ENTERPRISE": "organization", "INDIVIDUAL": "person"}
SIGNERS |= {"ORGANIZATION": "organization", "PERSON": "person", "ENTERPRISESERVER": "organization_auto_sign"}


class Parameters:
    """What `${...}` may stand for while one example's world is written down."""

    def __init__(self, request, answer, names):
        self.request, self.answer, self.names = request, answer, names
        self.items = []

    def fill(self, template):
        """The template with every parameter in its place."""
        if isinstance(template, dict):
            if not self.wanted(template):
                return ABSENT
            filled = {key: self.fill(value) for key, value in template.items() if key not in ("when", "unless")}
            return {key: value for key, value in filled.items() if value is not ABSENT}
        if isinstance(template, list):
            return [item for one in template for item in self.elements(one)]
        if not isinstance(template, str):
            return template
        if whole := WHOLE.fullmatch(template):
            return self.value(whole[1])
        return WHOLE.sub(lambda found: str(self.value(found[1])), template)

    def wanted(self, template):
        """Whether `when` finds something and `unless` finds nothing."""
        when, unless = template.get("when"), template.get("unless")
        return (not when or self.value(when) is not ABSENT) and (not unless or self.value(unless) is ABSENT)

    def elements(self, template):
        """One element, or one for each item where the template says `for`."""
        if not isinstance(template, dict) or "for" not in template:
            one = self.fill(template)
            if one is not ABSENT:
                yield one
            return
        if not self.wanted(template):
            return
        items = self.value(template["for"])
        if isinstance(items, int):
            items = range(items)
        inner = template.get("each") or {key: value for key, value in template.items() if key not in ("for", "when", "unless")}
        for index, item in enumerate([] if items is ABSENT else items):
            self.items.append((index, item))
            yield from self.elements(inner)
            self.items.pop()

    def value(self, expression):
        """The first of the alternatives that is there and not empty."""
        for alternative in expression.split("|"):
            source, _, conversion = alternative.strip().partition(" as ")
            value = self.look_up(source.strip())
            if value is not ABSENT and value not in ("", [], None):
                return converted(value, conversion.strip())
        return ABSENT

    def look_up(self, source):
        if source.startswith("'"):
            return source.strip("'")
        root, slash, path = source.partition("/")
        if root == "index":
            return self.items[-1][0]
        roots = {"": self.request, "answer": self.answer, **self.names}
        if self.items:
            roots["item"] = self.items[-1][1]
        if len(self.items) > 1:
            roots["outer"] = self.items[-2][1]
        if root not in roots:
            raise LookupError(f"`{source}` in a precondition: there is no `{root}` here")
        value = roots[root]
        for step in path.split("/") if slash else []:
            step = str(self.items[-1][0]) if step == "[index]" else step
            value = follow(value, step)
        return value


def follow(value, step):
    if isinstance(value, dict):
        return value.get(step, ABSENT)
    if isinstance(value, list) and step.isdigit():
        return value[int(step)] if int(step) < len(value) else ABSENT
    return ABSENT


def converted(value, conversion):
    if not conversion:
        return value
    conversions = {"signer": SIGNERS.get, "approver": approver, "party": party, "body": body}
    conversions["company_or_person"] = lambda _: "organization"
    return conversions[conversion](value)


def approver(wire):
    """A signer of a request, as world files write signers."""
    card = {"kind": wire.get("ApproverIdCardType"), "number": wire.get("ApproverIdCardNumber")}
    signer = {
        "recipient": wire.get("RecipientId"),
        "kind": SIGNERS[wire.get("ApproverType", 0)],
        "organization": wire.get("OrganizationName"),
        "name": wire.get("ApproverName"),
        "mobile": wire.get("ApproverMobile"),
        "card": card if card["number"] else None,
    }
    return {key: value for key, value in signer.items() if value}


def party(wire):
    """A signer of a request, as the party of the template it was written for."""
    named = {"recipient": wire.get("RecipientId"), "role": wire.get("ApproverRoleName")}
    kind = SIGNERS[wire.get("ApproverType", 0)].replace("organization_auto_sign", "auto_sign")
    return {"kind": kind, **{key: value for key, value in named.items() if value}}


def body(extension):
    """A small file of this kind, in base64."""
    return base64.b64encode(bodies.of(extension)).decode()
