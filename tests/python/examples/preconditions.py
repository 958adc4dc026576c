"""The world an example needs before it can happen: from conventions, and from fixtures/worlds/examples."""

import copy
import re
from datetime import datetime, timezone

import yaml

from ess_mock import REPOSITORY
from parameters import ABSENT, Parameters

FOLDER = REPOSITORY / "fixtures" / "worlds" / "examples"
FOLDERS = {"ess": FOLDER, "essbasic": FOLDER / "essbasic"}

# Where no example says another name.
COMPANY, MAIN_COMPANY, OPERATOR = "acting-company", "main-company", "operator"
PLATFORM, CUSTOMERS_OPERATOR = "platform-company", "customers-operator"
NOON = 1_767_240_000  # 2026-01-01T12:00:00+08:00
DAY = 86_400
TIMES_TO_COME = re.compile(r"^(Dead[lL]ine|FlowGroupDeadline|ExpiredOn|ExpiredTime|ExpireTime|QrCodeExpiredOn|Expired)$")
SENT_AT = re.compile(r"s(\d{10})\d{9}")


class Preconditions:
    """All that is written down about all actions of a service."""

    def __init__(self, service):
        folder = FOLDERS[service]
        self.conventions = read(folder / "conventions.yaml")
        self.actions = {}
        for path in sorted(folder.glob("*.yaml")):
            if path.name == "conventions.yaml":
                continue
            for action, sections in read(path).items():
                if action.startswith("_"):
                    continue  # What several actions of a file refer to.
                assert action not in self.actions, f"{path}: {action} is described twice"
                self.actions[action] = sections

    def world(self, example):
        """The world file this example is played in."""
        own = copy.deepcopy(self.actions.get(example.action, {}))
        special = own.pop("examples", {}).get(example.number, {})
        parameters = Parameters(example.request, example.answer, self.names(example))
        sections = {}
        for layer in (self.conventions, own, special):
            add(sections, parameters.fill(layer))
        return assembled(sections, begins(example))

    @staticmethod
    def names(example):
        """Who acts: what `${company}`, `${operator}` and `${main_company}` stand for."""
        request = example.request
        if example.service == "essbasic":
            return {"company": COMPANY, "operator": CUSTOMERS_OPERATOR, "main_company": PLATFORM}
        member = request.get("Agent", {}).get("ProxyOrganizationId")
        operator = request.get("Operator", {}).get("UserId") or request.get("Caller", {}).get("OperatorId")
        main = MAIN_COMPANY if member else ABSENT
        return {"company": member or COMPANY, "operator": operator or OPERATOR, "main_company": main}


def read(path):
    return yaml.safe_load(path.read_text("utf-8")) or {}


def add(sections, more):
    """Fields replace fields, lists grow (`none` empties one); an element whose id is there already completes that one."""
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(sections.get(key), dict):
            add(sections[key], value)
        elif isinstance(value, list):
            rows = sections.setdefault(key, [])
            for item in value:
                join(rows, item)
        else:
            sections[key] = [] if value == "none" else value


def join(rows, item):
    known = [row for row in rows if isinstance(item, dict) and isinstance(row, dict) and row.get("id") == item.get("id", ...)]
    if known:
        known[0].update(item)
    else:
        rows.append(item)


def assembled(sections, moment):
    """The sections as a world file: what is a company's stands in that company, and it launched the contracts."""
    world = {"alias": "example", "callback_key": "", "callback_token": "", "begins": moment, **sections}
    acting = world.pop("company")
    for kind in ("files", "templates"):
        acting.setdefault(kind, []).extend(world.pop(kind, []))
    main = world.pop("main_company", None)
    application = world.get("applications", [{}])[0]
    bring_in(world, application, acting)
    groups = [group["contracts"] for group in world.get("groups", [])]
    for launched in [*world.get("contracts", []), *world.get("qr_codes", []), *(one for group in groups for one in group)]:
        launched.setdefault("initiator", acting["id"])
        if application:
            launched.setdefault("application", application["id"])
    world["organizations"] = [one for one in (main, acting) if one] + world.pop("companies", [])
    return world


def bring_in(world, application, acting):
    """Customers beside the one that acts, and people of that one: under the platform's ids, and as companies and employees."""
    for person in world.pop("staff", []):
        open_id = person.pop("open_id")
        acting["employees"] = [one for one in acting["employees"] if one["id"] != person["id"]] + [person]
        operators = application["customers"][0].setdefault("operators", [])
        operators[:] = [one for one in operators if one["open_id"] != open_id] + [{"open_id": open_id, "employee": person["id"]}]
    for customer in world.pop("customers", []):
        known = [one for one in application.setdefault("customers", []) if one["open_id"] == customer["open_id"]]
        if known:
            known[0].update({name: value for name, value in customer.items() if name not in known[0]})
        else:
            application["customers"].append(customer)


def begins(example):
    """When it was recorded, as far as its RequestId tells, and before every time to come it names."""
    recorded = SENT_AT.fullmatch(example.answer.get("RequestId", ""))
    moments = [int(recorded[1]) if recorded else NOON]
    moments += [moment - DAY for moment in times_to_come(example.request) if moment > 1_000_000_000]
    return datetime.fromtimestamp(min(moments), timezone.utc).isoformat()


def times_to_come(value, name=""):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from times_to_come(inner, key)
    elif isinstance(value, list):
        for item in value:
            yield from times_to_come(item, name)
    elif isinstance(value, int) and TIMES_TO_COME.match(name):
        yield value
