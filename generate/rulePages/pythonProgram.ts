import type { ExampleProgram, ExampleResource, ExampleValue } from "./exampleProgram";
import {
  className,
  documentOf,
  partsOf,
  type Reference,
  referencesIn,
  referredIn,
} from "./reference";

/** Columns of a line, as Python's formatters have it. */
const WIDTH = 88;

/** Properties whose keys are data and not names of properties, so that every language has the same. */
export const MAPS: ReadonlySet<string> = new Set(["dimensions", "tags"]);

/** The program in Python, formatted. */
export function pythonProgram(program: ExampleProgram): string {
  const referred = referredIn(program);
  const statements = Object.entries(program).map(([name, resource]) => {
    const call = callOf(name, resource);
    return referred.has(name)
      ? print({ ...call, open: `${variable(name)} = ${call.open}` })
      : print(call);
  });
  const body = statements.join("\n\n");
  const standard = /\bjson\.dumps/u.test(body) ? "import json\n\n" : "";
  const pulumi = /\bpulumi\./u.test(body) ? "import pulumi\n" : "";
  return `${standard}${pulumi}import pulumi_aws as aws\n\n${body}\n`;
}

/** What Python writes for the name of a property: `sse_algorithm` for `sseAlgorithm`. */
export function pythonName(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/gu, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/gu, "$1_$2")
    .toLowerCase();
}

/** An expression: text, or items between brackets, which are on one line if they fit there. */
type Node = string | Group;

interface Group {
  /** `name=[`, `"key": {`, `aws.s3.Bucket(` */
  readonly open: string;
  readonly items: readonly Node[];
  readonly close: string;
  /** Whether a broken line may end with a comma. A call with one argument has none. */
  readonly isSingle?: true;
}

function print(node: Node, indent = 0): string {
  const flat = flatText(node);
  if (typeof node === "string" || indent + flat.length <= WIDTH) return flat;
  const inner = " ".repeat(indent + 4);
  const items = node.items.map(
    (item) => `${inner}${print(item, indent + 4)}${node.isSingle ? "" : ","}\n`,
  );
  return `${node.open}\n${items.join("")}${" ".repeat(indent)}${node.close}`;
}

function flatText(node: Node): string {
  if (typeof node === "string") return node;
  return `${node.open}${node.items.map(flatText).join(", ")}${node.close}`;
}

function callOf(name: string, { type, properties, options }: ExampleResource): Group {
  const opts = options && {
    open: "opts=pulumi.ResourceOptions(",
    items: Object.entries(options).map(([key, value]) =>
      prefixed(`${pythonName(key)}=`, node(value, false)),
    ),
    close: ")",
  };
  return {
    open: `${pythonClass(type)}(`,
    items: [
      JSON.stringify(name),
      ...Object.entries(properties).map(([key, value]) =>
        prefixed(`${pythonName(key)}=`, node(value, MAPS.has(key))),
      ),
      ...(opts ? [opts] : []),
    ],
    close: ")",
  };
}

/** The class in Python, which adds an underscore to a module whose name is a keyword: `aws.lambda_.Function`. */
function pythonClass(type: string): string {
  return className(type).replace(".lambda.", ".lambda_.");
}

/** @param isData whether keys stay as they are */
function node(value: ExampleValue, isData: boolean): Node {
  const document = documentOf(value);
  if (document !== undefined) {
    const dumps = referencesIn(document).length > 0 ? "pulumi.Output.json_dumps(" : "json.dumps(";
    return { open: dumps, items: [node(document, true)], close: ")", isSingle: true };
  }
  if (typeof value === "string") return stringNode(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value))
    return { open: "[", items: value.map((item) => node(item, isData)), close: "]" };
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const items = Object.entries(value).map(([key, item]) =>
    prefixed(
      `${JSON.stringify(isData ? key : pythonName(key))}: `,
      node(item, isData || MAPS.has(key)),
    ),
  );
  return { open: "{", items, close: "}" };
}

function stringNode(text: string): Node {
  const parts = partsOf(text);
  const [first] = parts;
  if (parts.length === 1 && typeof first === "object") return access(first);
  if (parts.every((part) => typeof part === "string")) return JSON.stringify(text);
  const items = parts.map((part) =>
    typeof part === "string" ? JSON.stringify(part) : access(part),
  );
  return { open: "pulumi.Output.concat(", items, close: ")" };
}

function prefixed(prefix: string, value: Node): Node {
  return typeof value === "string"
    ? `${prefix}${value}`
    : { ...value, open: `${prefix}${value.open}` };
}

function access({ resource, property }: Reference): string {
  return [variable(resource), ...(property === undefined ? [] : [pythonName(property)])].join(".");
}

function variable(name: string): string {
  return name.replaceAll("-", "_");
}
