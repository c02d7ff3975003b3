import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as z from "zod";

/** What a pack publishes about a rule, in addition to what it sends to the Pulumi engine. */
export interface RuleHelp {
  /** Why the rule exists, in sentences. */
  readonly why: string;
  /** The page about the rule itself. Default: there is none. */
  readonly page?: string | undefined;
  /** The page that the rule is based on. Default: there is none. */
  readonly source?: string | undefined;
  /** A program that passes the rule. Default: there is none. */
  readonly program?: { readonly language: Language; readonly text: string };
}

const LANGUAGES = ["typescript", "python", "yaml"] as const;
type Language = (typeof LANGUAGES)[number];

/** The file next to a pack, by the names of its rules. */
const helpFile = z.record(
  z.string(),
  z.object({
    why: z.string(),
    page: z.string().optional(),
    source: z.string().optional(),
    programs: z.record(z.enum(LANGUAGES), z.string()).optional(),
  }),
);

/**
 * Reads `ruleHelp.json` of a pack, or of the installed `@streamlake/policy` that a thin pack starts.
 * Reports are complete without it, so that a pack without one, or with an invalid one, has no help.
 *
 * @param runtime of the project, which decides the language of programs. Default: YAML
 */
export function readRuleHelp(
  policyPack: string | undefined,
  runtime: unknown,
): ReadonlyMap<string, RuleHelp> {
  const language = languageOf(runtime);
  try {
    const file = helpFileOf(policyPack ?? "");
    const help = helpFile.parse(JSON.parse(readFileSync(file, "utf8")));
    return new Map(
      Object.entries(help).map(([rule, { programs, ...facts }]) => [
        rule,
        { ...facts, ...(programs && { program: { language, text: programs[language] } }) },
      ]),
    );
  } catch {
    return new Map();
  }
}

function helpFileOf(policyPack: string): string {
  const own = join(policyPack, "ruleHelp.json");
  if (existsSync(own)) return own;
  const { resolve: find } = createRequire(join(policyPack, "index.js"));
  return find("@streamlake/policy/ruleHelp.json");
}

/** @param runtime in Pulumi.yaml: a name, or an object with the name */
function languageOf(runtime: unknown): Language {
  const name =
    typeof runtime === "object" && runtime !== null && "name" in runtime ? runtime.name : runtime;
  if (name === "nodejs" || name === "bun") return "typescript";
  return name === "python" ? "python" : "yaml";
}
