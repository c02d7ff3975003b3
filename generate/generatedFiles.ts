import { readFileSync } from "node:fs";
import { format, resolveConfig } from "prettier";
import * as z from "zod";
import { answersSchema } from "../engine/stack/answersSchema";
import { priceFileSchema } from "../local/estimate/prices/priceFile";
import { actionData } from "./actionData";
import { argsInterfaces } from "./argsInterfaces";
import { gitignore } from "../cli/init/template";
import { directionRows, floorPlan } from "./directions";
import { manifests } from "./manifests";
import { configSchema, exemptionsSchema } from "./policySchemas";
import { rulePageFiles } from "./rulePages/rulePageFiles";
import { stackSchema } from "./stackSchema";
import {
  alarmsTable,
  causesTable,
  rulesReference,
  runbookTable,
  settingsTable,
  table,
} from "./tables";

/** A file with its content as generated. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

/** All files that are generated, completely or in part, from the current definitions. */
export async function generatedFiles(): Promise<readonly GeneratedFile[]> {
  const files = {
    ...manifests(),
    "cli/answers.schema.json": JSON.stringify(z.toJSONSchema(answersSchema, { io: "input" })),
    "cli/estimate/prices.schema.json": JSON.stringify(priceFileSchema()),
    "cli/template/.gitignore": gitignore,
    ...copies("policy/config/dev.json", "policy/config/prod.json"),
    "components/args.ts": argsInterfaces(),
    "components/stack.schema.json": stackSchema(),
    "policy/rules/iam/actionData.ts": await actionData(),
    "policy/config.schema.json": configSchema(),
    "policy/exemptions.schema.json": exemptionsSchema(),
    "docs/settings.md": withTables("docs/settings.md", {
      settings: settingsTable(),
      alarms: alarmsTable(),
    }),
    ...(await rulePageFiles()),
    "policy/README.md": withTables("policy/README.md", { rules: rulesReference() }),
    "CONTRIBUTING.md": withTables("CONTRIBUTING.md", {
      directions: table(["directory", "holds", "may import"], directionRows()),
    }),
    "docs/runbook.md": withTables("docs/runbook.md", { alarms: runbookTable() }),
    "docs/operate.md": withTables("docs/operate.md", { causes: causesTable() }),
    "docs/architecture.md": withTables("docs/architecture.md", { directions: floorPlan() }),
  };
  return Promise.all(
    Object.entries(files).map(async ([path, content]) => {
      if (path.endsWith(".gitignore")) return { path, content };
      const options = await resolveConfig(path);
      // The programs in the pages are formatted already.
      const embeddedLanguageFormatting = path.startsWith("docs/rules/") ? "off" : "auto";
      const formatting = { ...options, filepath: path, embeddedLanguageFormatting } as const;
      return { path, content: await format(content, formatting) };
    }),
  );
}

/** The policy configs of this project are those that `streamlake init` writes. */
function copies(...paths: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    paths.map((path) => [`cli/template/${path}`, readFileSync(path, "utf8")]),
  );
}

/** Replaces what is between the two comments of each table, e.g. `<!-- rules -->` and `<!-- /rules -->`. */
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
