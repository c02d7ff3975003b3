import type { ExampleProgram, ExampleResource, ExampleValue } from "./exampleProgram";
import {
  className,
  documentOf,
  partsOf,
  type Reference,
  referencesIn,
  referredIn,
} from "./reference";

/** The program in TypeScript; prettier formats it. */
export function typescriptProgram(program: ExampleProgram): string {
  const referred = referredIn(program);
  const statements = Object.entries(program).map(([name, resource]) => {
    const declaration = `new ${className(resource.type)}(${argumentsOf(name, resource)});`;
    return referred.has(name) ? `const ${variable(name)} = ${declaration}` : declaration;
  });
  const body = statements.join("\n\n");
  const imports = [
    'import * as aws from "@pulumi/aws";',
    ...(/\bpulumi\./u.test(body) ? ['import * as pulumi from "@pulumi/pulumi";'] : []),
  ];
  return `${imports.join("\n")}\n\n${body}\n`;
}

function argumentsOf(name: string, { properties, options }: ExampleResource): string {
  const isEmpty = Object.keys(properties).length === 0 && options === undefined;
  return [
    JSON.stringify(name),
    ...(isEmpty ? [] : [expression(properties)]),
    ...(options ? [expression({ ...options })] : []),
  ].join(", ");
}

function expression(value: ExampleValue): string {
  const document = documentOf(value);
  if (document !== undefined) {
    const stringify = referencesIn(document).length > 0 ? "pulumi.jsonStringify" : "JSON.stringify";
    return `${stringify}(${expression(document)})`;
  }
  if (typeof value === "string") return stringExpression(value);
  if (Array.isArray(value)) return `[${value.map(expression).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${keyOf(key)}: ${expression(item)}`);
  return `{ ${entries.join(", ")} }`;
}

function stringExpression(text: string): string {
  const parts = partsOf(text);
  const [first] = parts;
  if (parts.length === 1 && typeof first === "object") return access(first);
  if (parts.every((part) => typeof part === "string")) return JSON.stringify(text);
  const content = parts
    .map((part) =>
      typeof part === "string" ? part.replace(/[`\\]/gu, "\\$&") : `\${${access(part)}}`,
    )
    .join("");
  return `pulumi.interpolate\`${content}\``;
}

function access({ resource, property }: Reference): string {
  return [variable(resource), ...(property === undefined ? [] : [property])].join(".");
}

/** `lakeVersioning` for `lake-versioning`. */
function variable(name: string): string {
  return name.replace(/-([a-z0-9])/gu, (_, letter: string) => letter.toUpperCase());
}

function keyOf(key: string): string {
  return /^[A-Za-z_]\w*$/u.test(key) ? key : JSON.stringify(key);
}
