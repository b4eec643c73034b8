"""Writes model.json: the shapes of what a language server sends, in the words of the protocol's own
meta model. They are taken from the Python package lsprotocol, which is generated from that model:

    pip install lsprotocol==2025.0.0 && python3 generate.py > model.json
"""

import collections.abc
import enum
import json
import typing

import attrs
from lsprotocol import types

SENT_BY_SERVER = ("serverToClient", "both")
# Asked for by the framework or the connection, not by a feature.
CONNECTION = {"initialize", "shutdown"}

structures, enumerations = {}, {}


def base(name):
    return {"kind": "base", "name": name}


def shape(hint):
    """The type in the words of the meta model."""
    if isinstance(hint, (str, typing.ForwardRef)):
        return shape(getattr(types, hint if isinstance(hint, str) else hint.__forward_arg__))
    if hint in (None, type(None)):
        return base("null")
    if hint in (typing.Any, object):
        return base("any")
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Union:
        if typing.Any in arguments:
            return base("any")
        return {"kind": "or", "items": [shape(it) for it in arguments]}
    if origin is typing.Literal:
        return {"kind": "literal", "values": list(arguments)}
    if origin in (collections.abc.Sequence, list):
        return {"kind": "array", "element": shape(arguments[0])}
    if origin in (collections.abc.Mapping, dict):
        return {"kind": "map", "value": shape(arguments[1])}
    if origin is tuple:
        return {"kind": "tuple", "items": [shape(it) for it in arguments]}
    if hint in (str, bool, int, float):
        return base({str: "string", bool: "boolean", int: "integer", float: "decimal"}[hint])
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        enumeration(hint)
        return {"kind": "reference", "name": hint.__name__}
    if attrs.has(hint):
        structure(hint)
        return {"kind": "reference", "name": hint.__name__}
    raise TypeError(hint)


def enumeration(kind):
    enumerations[kind.__name__] = {
        "values": [it.value for it in kind],
        "supportsCustomValues": kind.__name__ in OPEN,
    }


# What the meta model marks with `supportsCustomValues`.
OPEN = {"CodeActionKind", "FoldingRangeKind", "PositionEncodingKind"}


def structure(kind):
    if kind.__name__ in structures:
        return
    properties = structures[kind.__name__] = {}
    hints = typing.get_type_hints(kind, vars(types))
    for field in attrs.fields(kind):
        hint = hints[field.name]
        optional = field.default is not attrs.NOTHING and typing.get_origin(hint) is not typing.Literal
        nullable = types.is_special_property(kind, field.name)
        arguments = typing.get_args(hint)
        words = getattr(field.validator, "options", None)
        if words:
            properties[camel(field.name)] = {
                "type": {"kind": "literal", "values": list(words)},
                "optional": False,
            }
            continue
        if optional and not nullable and type(None) in arguments:
            kept = tuple(it for it in arguments if it is not type(None))
            hint = typing.Union[kept]
        found = shape(hint)
        if found == base("integer") and "uinteger" in repr(field.validator):
            found = base("uinteger")
        properties[camel(field.name)] = {"type": found, "optional": optional}


def camel(name):
    first, *rest = name.rstrip("_").split("_")
    return first + "".join(word.capitalize() for word in rest)


def result(response):
    return shape(typing.get_type_hints(response, vars(types))["result"])


requests, notifications = {}, {}
for method, (message, response, params, _) in sorted(types.METHOD_TO_TYPES.items()):
    direction = types.message_direction(method)
    if direction == "clientToServer" or direction == "both":
        if response and method not in CONNECTION:
            requests[method] = result(response)
    if direction in SENT_BY_SERVER and params:
        notifications[method] = shape(params)
requests["initialize"] = shape(types.InitializeResult)
# What `$/progress` carries, which the model calls any value.
for name in ("WorkDoneProgressBegin", "WorkDoneProgressReport", "WorkDoneProgressEnd"):
    structure(getattr(types, name))

print(
    json.dumps(
        {
            "results": requests,
            "params": notifications,
            "structures": dict(sorted(structures.items())),
            "enumerations": dict(sorted(enumerations.items())),
        },
        separators=(",", ":"),
    ).replace('},"', '},\n"')
)
