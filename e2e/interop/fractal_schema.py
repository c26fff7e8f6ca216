"""Whether arguments are what Fractal's server takes: the JSON Schemas of the tasks in the package's manifest."""

import json
import re
from importlib.resources import files

MANIFEST = json.loads(files("fractal_tasks_core").joinpath("__FRACTAL_MANIFEST__.json").read_text("utf-8"))
TYPES = {"string": str, "boolean": bool, "integer": int, "number": (int, float), "object": dict, "array": list, "null": type(None)}
SERVER = {"zarr_url", "zarr_urls", "zarr_dir"}


def require_valid(task, arguments):
    """Raises where the task's schema does not allow the arguments, or does not know one of them, however deep."""
    found = [one for one in MANIFEST["task_list"] if one["name"] == task]
    if not found:
        raise ValueError(f"there is no task {task!r}")
    schema = found[0].get("args_schema_non_parallel") or found[0]["args_schema_parallel"]
    served = {name: "" if name != "zarr_urls" else [] for name in SERVER & set(schema["properties"])}
    problem = problem_of({**served, **arguments}, schema, schema, "arguments")
    if problem:
        raise ValueError(problem)


def problem_of(value, schema, root, where):
    """Why a value does not fit, or None; of the parts of JSON Schema that the manifest uses."""
    if "$ref" in schema:
        schema = {**root["$defs"][schema["$ref"].rsplit("/", 1)[1]], **{k: v for k, v in schema.items() if k != "$ref"}}
    for choice in ("oneOf", "anyOf"):
        if choice in schema:
            problems = [problem_of(value, option, root, where) for option in schema[choice]]
            return None if None in problems else f"{where}: {'; or '.join(problems)}"
    kind = schema.get("type")
    if kind and (not isinstance(value, TYPES[kind]) or (isinstance(value, bool) and kind != "boolean")):
        return f"{where} is no {kind}"
    if "const" in schema and value != schema["const"] or "enum" in schema and value not in schema["enum"]:
        return f"{where} cannot be {value!r}"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        return f"{where} does not match {schema['pattern']}"
    if "minimum" in schema and value < schema["minimum"] or "exclusiveMinimum" in schema and value <= schema["exclusiveMinimum"]:
        return f"{where} is too small"
    if kind == "array":
        return next(filter(None, (problem_of(one, schema.get("items", {}), root, f"{where}[{i}]") for i, one in enumerate(value))), None)
    if kind == "object":
        return object_problem(value, schema, root, where)
    return None


def object_problem(value, schema, root, where):
    known, others = schema.get("properties", {}), schema.get("additionalProperties", False)
    missing = [name for name in schema.get("required", []) if name not in value]
    if missing:
        return f"{where} lacks {missing[0]}"
    for name, one in value.items():
        rule = known.get(name, others)
        if rule is False:
            return f"{where} has no {name}"
        problem = problem_of(one, rule, root, f"{where}.{name}") if isinstance(rule, dict) else None
        if problem:
            return problem
    return None
