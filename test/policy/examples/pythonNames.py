"""Compiles Python programs, and prints the properties of the resources that each declares."""

import ast
import json
import sys


def value_of(node):
    """Dictionaries and lists of properties; anything else is a value without names."""
    if isinstance(node, ast.Dict):
        return {key.value: value_of(value) for key, value in zip(node.keys, node.values)}
    if isinstance(node, ast.List):
        return [value_of(item) for item in node.elts]
    return None


def resources_of(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("aws."):
            names = {each.arg: value_of(each.value) for each in node.keywords if each.arg != "opts"}
            # Python adds an underscore to a module whose name is a keyword.
            type_name = ast.unparse(node.func).replace("_.", ".").replace(".", ":")
            yield {"type": type_name, "properties": names}


programs = json.load(sys.stdin)
for name, text in programs.items():
    compile(text, name, "exec")
print(json.dumps({name: list(resources_of(ast.parse(text))) for name, text in programs.items()}))
