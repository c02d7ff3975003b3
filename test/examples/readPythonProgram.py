"""Prints, as JSON, how a Python program uses the package streamlake.

modules: what it imports; arguments: what it passes to DeliveryPipeline, with ${...} for values of
the program; outputs: what it reads from the pipeline.
"""

import ast
import json
import sys


def value_of(node):
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Dict):
        return {key.value: value_of(value) for key, value in zip(node.keys, node.values)}
    if isinstance(node, ast.List):
        return [value_of(item) for item in node.elts]
    if isinstance(node, (ast.Attribute, ast.Name)):
        return "${" + ast.unparse(node) + "}"
    raise ValueError(f"line {node.lineno}: {ast.unparse(node)} is not supported here")


def creates_pipeline(node):
    return (
        isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func) == "streamlake.DeliveryPipeline"
    )


with open(sys.argv[1], encoding="utf-8") as program:
    tree = ast.parse(program.read())
nodes = list(ast.walk(tree))
[pipeline] = filter(creates_pipeline, nodes)
variable = pipeline.targets[0].id
json.dump(
    {
        "modules": [
            name.name for node in nodes if isinstance(node, ast.Import) for name in node.names
        ],
        "arguments": {
            keyword.arg: value_of(keyword.value) for keyword in pipeline.value.keywords
        },
        "outputs": [
            node.attr
            for node in nodes
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) == variable
        ],
    },
    sys.stdout,
)
