"""Write the Python client anew from the API's own OpenAPI document: clients/python/yibao_client/.

    python tools/make_client.py

Types and calls come from the document, the way they are sent from `client_base.py.txt` beside this file. A test holds
what is committed against what this writes.
"""

from __future__ import annotations

import keyword
import os
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "clients" / "python" / "yibao_client"
BASE = Path(__file__).with_name("client_base.py.txt")
PLAIN = {"string": "str", "integer": "int", "boolean": "bool", "number": "float", "null": "None"}
WIDE = 110


def document() -> dict[str, Any]:
    """The OpenAPI document of this very source."""
    from yibao.channels.api.urls import api

    found: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/v1/")
    return found


def type_of(shape: dict[str, Any]) -> str:
    """A JSON schema as a Python type."""
    if "$ref" in shape:
        return str(shape["$ref"].rpartition("/")[2])
    if "const" in shape or "enum" in shape:
        return f"Literal[{', '.join(map(_quoted, shape.get('enum', [shape.get('const')])))}]"
    if "anyOf" in shape:
        return " | ".join(dict.fromkeys(type_of(one) for one in shape["anyOf"]))
    if shape.get("type") == "array":
        return f"list[{type_of(shape['items'])}]"
    if shape.get("type") == "object":
        return f"dict[str, {type_of(shape.get('additionalProperties') or {})}]"
    return PLAIN.get(shape.get("type", ""), "Any")


def _quoted(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


def shapes_of(part: Any, every: dict[str, Any], found: set[str] | None = None) -> set[str]:
    """The shapes that a part of the document needs, and those that these need."""
    found = set() if found is None else found
    for name in re.findall(r"#/components/schemas/(\w+)", repr(part)):
        if name not in found:
            found.add(name)
            shapes_of(every[name], every, found)
    return found


def model(name: str, shape: dict[str, Any]) -> str:
    """One shape as a TypedDict; a key that Python reserves needs the other way of writing it."""
    fields = {key: type_of(value) for key, value in shape.get("properties", {}).items()}
    needed = shape.get("required", ())
    fields = {key: told if key in needed else f"NotRequired[{told}]" for key, told in fields.items()}
    words = " ".join(shape.get("description", name).split())
    if any(map(keyword.iskeyword, fields)):
        rows = "\n".join(f'        "{key}": {told!r},' for key, told in fields.items())
        return f'{name} = TypedDict(\n    "{name}",\n    {{\n{rows}\n    }},\n)\n"""{words}"""'
    rows = "\n".join(f"    {key}: {told}" for key, told in fields.items())
    return f"class {name}(TypedDict):\n" + _docstring(words, "    ") + f"\n{rows}"


def _docstring(words: str, indent: str) -> str:
    lines = textwrap.wrap(words, WIDE - len(indent))
    if len(lines) == 1 and len(lines[0]) + len(indent) + 6 <= WIDE + 8:
        return f'{indent}"""{lines[0]}"""\n'
    return f'{indent}"""' + f"\n{indent}".join([*lines, '"""']) + "\n"


def call(path: str, told: dict[str, Any]) -> str:
    """One call as a method."""
    answer = type_of(told["responses"][200]["content"]["application/json"]["schema"])
    inside = [one for one in told.get("parameters", ()) if one["in"] == "path"]
    query = [one for one in told.get("parameters", ()) if one["in"] == "query"]
    given = ["self", *(f"{one['name']}: str" for one in inside)]
    given += ["*"] if query else []
    given += [f"{one['name']}: {_asked(one)} | None = None" for one in query]
    head = _wrapped(f"    def {told['operationId']}(", given, f") -> {answer}:")
    address = "".join([f"f'{path}'" if inside else f"'{path}'"]).replace("'", '"')
    for one in inside:
        address = address.replace("{" + one["name"] + "}", "{quoted(" + one["name"] + ")}")
    pairs = [f'"{one["name"]}": {one["name"]}' for one in query]
    sent = _wrapped("        query: Query = {", pairs, "}") + "\n" if query else ""
    last = f"        found: {answer} = self._get({address}{', query' if query else ''})\n        return found"
    words = " ".join(f"{told['summary']}. {told.get('description', '')}".split())
    return f"{head}\n{_docstring(words, ' ' * 8)}{sent}{last}"


def _asked(parameter: dict[str, Any]) -> str:
    return type_of(parameter["schema"]).removesuffix(" | None")


def _wrapped(head: str, parts: list[str], tail: str) -> str:
    """A list on one line where it fits, else over lines."""
    line = head + ", ".join(parts) + tail
    if len(line) <= WIDE:
        return line
    indent = " " * (len(head) - len(head.lstrip()) + 4)
    rows = textwrap.wrap(", ".join(part.replace(" ", "\0") for part in parts) + ",", WIDE - len(indent))
    told = "\n".join(indent + row.replace("\0", " ") for row in rows)
    return f"{head}\n{told}\n{indent[4:]}{tail}"


def files() -> Iterator[tuple[str, str]]:
    """Every file of the client by its name, as it should be."""
    told = document()
    every, version = told["components"]["schemas"], told["info"]["version"]
    calls = {path: methods["get"] for path, methods in told["paths"].items()}
    law = shapes_of([one for one in calls.values() if one["tags"] == ["law"]], every)
    own = shapes_of([one for one in calls.values() if one["tags"] == ["me"]], every) - law
    made = f"Made by tools/make_client.py from the OpenAPI document of yibao {version}; not edited by hand."
    start = "from __future__ import annotations\n\nfrom typing import Any, Literal, NotRequired, TypedDict\n"
    for name, words, shapes in (("law", "the law", law), ("record", "a record", own)):
        named = set(re.findall(r"#/components/schemas/(\w+)", repr([every[one] for one in shapes])))
        used = sorted((named & law) - shapes)
        brought = f"\nfrom yibao_client.law import {', '.join(used)}\n" if used else ""
        models = "\n\n\n".join(model(one, every[one]) for one in every if one in shapes)
        head = f'"""What comes back when {words} is asked.\n\n{made}\n"""\n\n{start}{brought}\n\n'
        yield f"{name}.py", _tidy(head + models + "\n")
    methods = "\n\n".join(call(path, one) for path, one in calls.items())
    base = BASE.read_text(encoding="utf-8").replace("MADE", made).replace("VERSION", version)
    answers = {type_of(one["responses"][200]["content"]["application/json"]["schema"]) for one in calls.values()}
    for module, shapes in (("law", law), ("record", own)):
        base = base.replace(f"SHAPES_OF_{module.upper()}", ", ".join(sorted(answers & shapes)))
    yield "__init__.py", base + "\n" + methods + "\n"


def _tidy(text: str) -> str:
    """Without imports that nothing uses."""
    body = text.split("TypedDict\n", 1)[1]
    names = [name for name in ("Any", "Literal", "NotRequired", "TypedDict") if re.search(rf"\b{name}\b", body)]
    return text.replace("import Any, Literal, NotRequired, TypedDict", f"import {', '.join(names)}", 1)


def main() -> None:
    """Write them."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yibao.site.settings")
    django.setup()
    for name, text in files():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
