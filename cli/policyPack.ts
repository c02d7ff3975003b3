import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join, resolve } from "node:path";
import type { PolicyOptions } from "./options";

/**
 * The directory of the policy pack to evaluate: the given one, otherwise `policy` in the project,
 * otherwise `@streamlake/policy` as installed for the project.
 *
 * @param given relative to the project
 * @throws Error if none is given, in the project or installed
 */
export function policyPackFor(project: string, given: string | undefined): string {
  if (given !== undefined) return resolve(project, given);
  const own = join(project, "policy");
  if (existsSync(join(own, "PulumiPolicy.yaml"))) return own;
  try {
    const { resolve: find } = createRequire(join(project, "index.js"));
    return dirname(find("@streamlake/policy/package.json"));
  } catch {
    throw new Error(
      `There is no policy pack: ${own} is not one, and @streamlake/policy is not installed. ` +
        "Install it: npm install --save-dev @streamlake/policy",
    );
  }
}

/**
 * What a pack of `@streamlake/policy` reads in its environment: the files with exemptions, and whether to
 * report which resources its rules evaluated.
 */
export function packEnvironment(
  { exemptions, compliance }: Pick<PolicyOptions, "exemptions" | "compliance">,
  from: (path: string) => string,
): Readonly<Record<string, string>> {
  return {
    ...(exemptions && { STREAMLAKE_EXEMPTIONS: exemptions.map(from).join(delimiter) }),
    ...(compliance && { STREAMLAKE_EVIDENCE: "1" }),
  };
}
