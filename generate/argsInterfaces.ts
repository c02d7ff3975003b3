import { itemOf, type Place, placeOf } from "../components/settings/schemaTree";
import { type GroupText, groupTexts, type SettingText } from "./settingTexts";

/**
 * The component's args as interfaces, with what each setting means. They stay within what Pulumi
 * can derive a schema for other languages from: plain interfaces, inputs, lists, string maps.
 */
export function argsInterfaces(): string {
  return [
    "// Written by `npm run generate` from components/settings: change the settings there.",
    'import type * as pulumi from "@pulumi/pulumi";',
    ...[...groupTexts()].map(([typeName, group]) => interfaceOf(typeName, group)),
  ].join("\n\n");
}

function interfaceOf(typeName: string, { about, settings }: GroupText): string {
  const fields = [...settings].map(([name, text]) => {
    const { place } = text;
    return `${comment(tell(text))}\n${name}${place.required ? "" : "?"}: ${typeOf(place)};`;
  });
  return `${comment([about])}\nexport interface ${typeName} {\n${fields.join("\n")}\n}`;
}

/** What a setting means, what may stand there, and what holds without it. */
function tell({ place, allowed, byDefault }: SettingText): string[] {
  const { description, required, typeName } = place;
  if (typeName !== undefined) return [description];
  return [
    description,
    ...(allowed === "true or false" ? [] : [`Allowed: ${allowed}.`]),
    ...(required ? [] : [`Default: ${byDefault}.`]),
  ];
}

/** TypeScript wants a decisive setting as a plain value; every other may be an Output. */
function typeOf({ schema, decisive, typeName }: Place): string {
  if (typeName !== undefined) return typeName;
  const item = itemOf(schema);
  if (item !== undefined) {
    const inner = typeOf(placeOf(item));
    return decisive ? `${inner}[]` : `pulumi.Input<${inner}[]>`;
  }
  const { type } = schema._zod.def;
  // Single tags may be Outputs, though the map of them must be known.
  if (type === "record") return "Record<string, pulumi.Input<string>>";
  const plain = plainTypes[type];
  if (plain === undefined) throw new Error(`No args can be made of ${type}`);
  return decisive ? plain : `pulumi.Input<${plain}>`;
}

const plainTypes: Readonly<Record<string, string>> = {
  boolean: "boolean",
  number: "number",
  literal: "number",
  string: "string",
  enum: "string",
};

/** A doc comment that fits into a line with prettier's indentation, or breaks. */
function comment(sentences: readonly string[]): string {
  const lines: string[] = [""];
  for (const word of sentences.join(" ").split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line.length + word.length < 92) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(` ${word}`);
  }
  return lines.length === 1 ? `/**${lines[0] ?? ""} */` : `/**\n *${lines.join("\n *")}\n */`;
}
