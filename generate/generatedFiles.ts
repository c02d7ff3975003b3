import { readFileSync } from "node:fs";
import { format, resolveConfig } from "prettier";
import { argsInterfaces } from "./argsInterfaces";
import { directionRows, floorPlan } from "./directions";
import { stackSchema } from "./stackSchema";
import { alarmsTable, rulesReference, settingsTable, table } from "./tables";

/** A file with what stands in it once the definitions are written into it. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

/** Everything that is written from a definition elsewhere, as it should be now. */
export async function generatedFiles(): Promise<readonly GeneratedFile[]> {
  const files = {
    "components/args.ts": argsInterfaces(),
    "stack.schema.json": stackSchema(),
    "README.md": withTables("README.md", {
      settings: settingsTable(),
      alarms: alarmsTable(),
    }),
    "policy/README.md": withTables("policy/README.md", { rules: rulesReference() }),
    "CONTRIBUTING.md": withTables("CONTRIBUTING.md", {
      directions: table(["directory", "holds", "may import"], directionRows()),
    }),
    "docs/architecture.md": withTables("docs/architecture.md", { directions: floorPlan() }),
  };
  return Promise.all(
    Object.entries(files).map(async ([path, content]) => {
      const options = await resolveConfig(path);
      return { path, content: await format(content, { ...options, filepath: path }) };
    }),
  );
}

/** Puts each table between its two comments, `<!-- settings -->` and `<!-- /settings -->`. */
function withTables(path: string, tables: Readonly<Record<string, string>>): string {
  return Object.entries(tables).reduce(
    (result, [name, content]) => {
      const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
      const [head, rest = ""] = result.split(begin);
      const [, tail] = rest.split(end);
      if (head === undefined || tail === undefined)
        throw new Error(`${path} has no place for the table: ${begin} ... ${end}`);
      return `${head}${begin}\n\n${content}\n\n${end}${tail}`;
    },
    readFileSync(path, "utf8"),
  );
}
