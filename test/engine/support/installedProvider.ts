import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import ts from "typescript";

const ROOT = dirname(require.resolve("@pulumi/aws/package.json"));

/** A resource type as the installed provider declares it, read with the TypeScript compiler. */
export interface InstalledType {
  /** Name -> the text of its type. */
  readonly inputs: ReadonlyMap<string, string>;
  readonly optionalInputs: ReadonlySet<string>;
  readonly outputs: ReadonlySet<string>;
  /** Ids in the examples of `pulumi import`. */
  readonly importedIds: readonly string[];
}

const read = new Map<string, InstalledType | undefined>();

/** The type with this token; undefined if the provider does not have it. */
export function installedType(token: string): InstalledType | undefined {
  if (!read.has(token)) read.set(token, readType(token));
  return read.get(token);
}

function readType(token: string): InstalledType | undefined {
  const [, module = "", className = ""] = /^aws:(.+):(\w+)$/.exec(token) ?? [];
  // Some files have a name with other capitals than the token.
  const files = readdirSync(join(ROOT, dirname(module)));
  const file = files.find(
    (name) => name.toLowerCase() === `${basename(module)}.d.ts`.toLowerCase(),
  );
  const path = join(dirname(module), file?.replace(/\.d\.ts$/, "") ?? "");
  const source = declarations(`${path}.d.ts`);
  const code = textOf(`${path}.js`);
  if (source === undefined || !code?.includes(`'${token}'`)) return undefined;
  const inputs = new Map<string, string>();
  const optionalInputs = new Set<string>();
  const outputs = new Set<string>();
  for (const statement of source.statements) {
    if (ts.isInterfaceDeclaration(statement) && statement.name.text === `${className}Args`)
      for (const member of statement.members) {
        if (!ts.isPropertySignature(member)) continue;
        const name = member.name.getText(source);
        inputs.set(name, member.type?.getText(source) ?? "");
        if (member.questionToken !== undefined) optionalInputs.add(name);
      }
    if (ts.isClassDeclaration(statement) && statement.name?.text === className)
      for (const member of statement.members)
        if (ts.isPropertyDeclaration(member)) outputs.add(member.name.getText(source));
  }
  const examples = [...source.text.matchAll(/^ \* \$ pulumi import \S+ \S+ (\S.*)$/gm)];
  const importedIds = examples.map(([, id = ""]) => id.replace(/^['"`]|['"`]$/g, ""));
  return { inputs, optionalInputs, outputs, importedIds };
}

function declarations(file: string): ts.SourceFile | undefined {
  const text = textOf(file);
  return text === undefined ? undefined : ts.createSourceFile(file, text, ts.ScriptTarget.ES2022);
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(join(ROOT, file), "utf8");
  } catch {
    return undefined;
  }
}

/** The names in every nested group of inputs: `inputs.kinesis.StreamStreamModeDetails` -> names. */
export function installedGroups(): ReadonlyMap<string, readonly string[]> {
  const source = declarations(join("types", "input.d.ts"));
  const groups = new Map<string, readonly string[]>();
  const add = (statements: readonly ts.Statement[], path: string): void => {
    for (const statement of statements) {
      if (ts.isModuleDeclaration(statement) && statement.body && ts.isModuleBlock(statement.body))
        add(statement.body.statements, `${path}.${statement.name.text}`);
      if (ts.isInterfaceDeclaration(statement))
        groups.set(
          `${path}.${statement.name.text}`,
          statement.members.flatMap(({ name }) => (name && source ? [name.getText(source)] : [])),
        );
    }
  };
  add(source?.statements ?? [], "inputs");
  return groups;
}
