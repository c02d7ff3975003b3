import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { COMPONENT, PackageHost } from "../support/packageHost";
import type { PackageSchema, PropertySchema } from "../support/packageSchema";

const COMPONENTS = join(__dirname, "../../../components");
const FILES = ["args.ts", "deliveryPipeline.ts", "settings/effectiveSettings.ts"];

/** What the comment above each declaration says, by `Name` or `Name.member`, without any parsing of tags. */
function docstrings(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const file of FILES) {
    const text = readFileSync(join(COMPONENTS, file), "utf8");
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
    const add = (name: string, node: ts.Node): void => {
      const range = ts.getLeadingCommentRanges(text, node.getFullStart())?.at(-1);
      if (range !== undefined) found.set(name, plainText(text.slice(range.pos, range.end)));
    };
    for (const statement of source.statements) {
      if (ts.isVariableStatement(statement))
        for (const { name } of statement.declarationList.declarations)
          add(name.getText(source), statement);
      if (!ts.isInterfaceDeclaration(statement) && !ts.isClassDeclaration(statement)) continue;
      const owner = statement.name?.text ?? "";
      add(owner, statement);
      for (const member of statement.members)
        if (member.name !== undefined) add(`${owner}.${member.name.getText(source)}`, member);
    }
  }
  return found;
}

function plainText(comment: string): string {
  const lines = comment.replace(/^\/\*\*|\*\/$/g, "").split("\n");
  return words(lines.map((line) => line.replace(/^\s*\*/, "")).join(" "));
}

const words = (text = ""): string => text.replace(/\s+/g, " ").trim();

describe("the descriptions in the package schema", () => {
  const ended = new AbortController();
  let schema: PackageSchema;
  before(async () => {
    schema = await (await PackageHost.start(ended.signal)).schema();
  });
  after(() => {
    ended.abort();
  });

  /** Every description by the name of what it describes. */
  function descriptions(): [string, string][] {
    const members = (owner: string, properties: Readonly<Record<string, PropertySchema>>) =>
      Object.entries(properties).map(([name, { description }]): [string, string] => [
        `${owner}.${name}`,
        words(description),
      ]);
    const component = schema.resources[COMPONENT];
    assert.ok(component !== undefined);
    const { inputProperties, properties, description } = component;
    return [
      ["DeliveryPipeline", words(description)],
      ...members("DeliveryPipeline", properties),
      ...members("DeliveryPipelineArgs", inputProperties),
      // Pulumi's SDK takes no description of a type itself, only of its properties.
      ...Object.entries(schema.types).flatMap(([token, type]) =>
        members(token.split(":").at(-1) ?? "", (type as Partial<typeof type>).properties ?? {}),
      ),
    ];
  }

  it("are the whole docstrings, without what JSDoc takes for tags", () => {
    const documented = docstrings();
    const described = descriptions();
    assert.ok(described.length > 80);
    const expected = described.map(([name]) => [name, documented.get(name)]);
    assert.deepEqual(described, expected);
  });
});
