"""The control API's description of itself. That it names exactly the routes there are is held by a Rust test beside it."""

from openapi_spec_validator import OpenAPIV31SpecValidator


def mistakes(description):
    return [f"{'/'.join(map(str, one.path))}: {one.message}" for one in OpenAPIV31SpecValidator(description).iter_errors()]


def test_it_is_valid_openapi_3_1(shared_server):
    description = shared_server.control("GET", "openapi.json")

    assert description["openapi"].startswith("3.1.")
    assert mistakes(description) == []


def test_a_mistake_in_it_would_be_found(shared_server):
    description = shared_server.control("GET", "openapi.json")
    del description["info"]["title"]
    description["paths"]["/_mock/clock"]["get"]["responses"]["200"]["contents"] = {}

    assert len(mistakes(description)) >= 2


def test_each_operation_is_named_once_and_answers_errors_as_described(shared_server):
    description = shared_server.control("GET", "openapi.json")
    operations = [
        operation for path in description["paths"].values() for method, operation in path.items() if method != "parameters"
    ]

    assert len({one["operationId"] for one in operations}) == len(operations) > 20
    assert all(one["summary"] and one["responses"]["default"] for one in operations)
