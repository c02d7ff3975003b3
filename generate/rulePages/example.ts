import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import * as z from "zod";
import { type ExampleProgram, type ExampleResource, programSchema } from "./exampleProgram";
import { isObject, referencesIn } from "./reference";

/** A program that violates a rule, and the same program after the fix. */
export interface Example {
  /** Why the rule exists, in sentences: what happens without it. */
  readonly why: string;
  /** Settings of the rule with which the programs are evaluated. Default: none. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly bad: ExampleProgram;
  readonly good: ExampleProgram;
}

const fileSchema = z.strictObject({
  why: z.string().min(1),
  config: z.record(z.string(), z.unknown()).default({}),
  /** Default: none, for rules on the pack itself, which no program violates. */
  bad: programSchema.default({}),
  /** What the fix changes, as a JSON merge patch (RFC 7396) of `bad`: null removes, a list is replaced. */
  fix: z.record(z.string(), z.unknown()).default({}),
});

/** The file with the example of a rule: `policy/examples/s3/s3BucketsAreEncrypted.yaml`. */
function exampleFile(rule: string): string {
  const name = rule.replace(/-([a-z0-9])/gu, (_, letter: string) => letter.toUpperCase());
  return `policy/examples/${serviceOf(rule)}/${name}.yaml`;
}

/** The service of a rule, which is also the directory of its file; `pack` for rules on the pack itself. */
export function serviceOf(rule: string): string {
  const [service = ""] = rule.split("-", 1);
  return existsSync(`policy/rules/${service}`) ? service : "pack";
}

/**
 * The example of a rule.
 *
 * @throws Error that names the file if it does not exist or is invalid
 */
export function readExample(rule: string): Example {
  const file = exampleFile(rule);
  if (!existsSync(file))
    throw new Error(
      `Rule ${rule} has no example: write ${file} with why, bad and fix, as the files next to it.`,
    );
  const read = fileSchema.safeParse(parse(readFileSync(file, "utf8")));
  if (!read.success) throw new Error(`${file}: ${z.prettifyError(read.error)}`);
  const { why, config, bad, fix } = read.data;
  const good = programSchema.safeParse(mergePatch(bad, fix));
  if (!good.success) throw new Error(`${file}, fix: ${z.prettifyError(good.error)}`);
  return { why: why.trim(), config, bad: declarable(bad), good: declarable(good.data) };
}

/** The resources in an order in which each comes after those that it refers to. */
function declarable(program: ExampleProgram): ExampleProgram {
  const ordered = new Map<string, ExampleResource>();
  const declare = (name: string): void => {
    const resource = program[name];
    if (resource === undefined || ordered.has(name)) return;
    for (const reference of referencesIn(resource)) declare(reference.resource);
    ordered.set(name, resource);
  };
  for (const name of Object.keys(program)) declare(name);
  return Object.fromEntries(ordered);
}

function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged = new Map(Object.entries(isObject(target) ? target : {}));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else merged.set(name, mergePatch(merged.get(name), value));
  }
  return Object.fromEntries(merged);
}
