"""Which fields an answer has: names and kinds, whatever the values; lists by the shape of their elements."""


YOUNGER = "is not in the example"


def differences(expected, actual, path=""):
    """What two answers differ in, a line each."""
    return list(compare(shape(expected), shape(actual), path))


def shape(value):
    """A mapping's fields, a list's one element (`None` for an empty list), else the kind of a value."""
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [joined([shape(item) for item in value])]
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "number"
    return "null" if value is None else "string"


def joined(shapes):
    """The shape of a list's elements: what any of them shows."""
    whole = None
    for one in shapes:
        if isinstance(whole, dict) and isinstance(one, dict):
            whole = {name: joined([part[name] for part in (whole, one) if name in part]) for name in {**whole, **one}}
        elif isinstance(whole, list) and isinstance(one, list):
            whole = [joined([part for part in (*whole, *one) if part is not None])]
        else:
            whole = one if whole is None else whole
    return whole


def compare(expected, actual, path):
    if isinstance(expected, dict) and isinstance(actual, dict):
        yield from (f"{path}/{name} is missing" for name in expected if name not in actual)
        yield from (f"{path}/{name} {YOUNGER}" for name in actual if name not in expected)
        for name in expected:
            if name in actual:
                yield from compare(expected[name], actual[name], f"{path}/{name}")
    elif isinstance(expected, list) and isinstance(actual, list):
        if expected[0] is None:
            return  # An empty list shows nothing about its elements.
        if actual[0] is None:
            yield f"{path} is empty"
        else:
            yield from compare(expected[0], actual[0], f"{path}/*")
    elif expected != actual:
        yield f"{path} is {kind(actual)}, not {kind(expected)}"


def kind(shape):
    return {dict: "an object", list: "a list"}.get(type(shape), f"a {shape}")
