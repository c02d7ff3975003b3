import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { coerce, satisfies } from "semver";
import { readYamlMapping } from "../../../engine/stack/yamlFile";
import type { Check } from "../check";
import { failed, type Finding, ok, warning } from "../finding";
import type { Subject } from "../subject";

const run = promisify(execFile);

/** Error hooks, which `awaitIamPropagation` uses, run for every error of a provider since this version. */
const ERROR_HOOKS = ">=3.244.0";

const INSTALL = "install it from https://www.pulumi.com/docs/install";

/** Whether the Pulumi CLI is there, and new enough for the project. */
export const pulumiCli: Check = {
  name: "Pulumi CLI",
  ofProject: false,
  async run(subject) {
    const version = await cliVersion(subject.signal);
    if (version === undefined)
      return warning(
        "pulumi is not on the PATH. Deployments need it; plan, local and simulate do not.",
        INSTALL,
      );
    return cliFinding(version, await needsOf(subject));
  },
};

/** A range of versions, and why. */
export interface CliNeed {
  readonly range: string;
  /** A clause, e.g. `Pulumi.yaml requires it`. */
  readonly why: string;
}

/** @param printed by `pulumi version`, e.g. `v3.248.0` */
export function cliFinding(printed: string, needs: readonly CliNeed[]): Finding {
  const version = coerce(printed, { includePrerelease: true });
  if (version === null) return warning(`pulumi version printed "${printed}", which has no number.`);
  const unmet = needs.filter(
    ({ range }) => !satisfies(version, range, { includePrerelease: true }),
  );
  if (unmet.length === 0)
    return ok([version.version, ...needs.map(({ range }) => `${range} needed`)].join("; "));
  const reasons = unmet.map(({ range, why }) => `it must be ${range}, because ${why}`);
  return failed(
    `This is ${version.version}, but ${[...new Set(reasons)].join("; ")}.`,
    "upgrade it: https://www.pulumi.com/docs/install",
  );
}

async function cliVersion(signal: AbortSignal): Promise<string | undefined> {
  try {
    const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
    const { stdout } = await run("pulumi", ["version"], { signal, env });
    return stdout.trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new Error(`"pulumi version" fails: ${(error as Error).message}`, { cause: error });
  }
}

async function needsOf(subject: Subject): Promise<readonly CliNeed[]> {
  const needs: CliNeed[] = [];
  if (!subject.isProject) return needs;
  const { requiredPulumiVersion: range } = readYamlMapping(
    join(subject.directory, "Pulumi.yaml"),
  ) as { requiredPulumiVersion?: unknown };
  if (typeof range === "string") needs.push({ range, why: "Pulumi.yaml requires it" });
  const resources = await subject.resources().then(
    ({ graph }) => graph.resources,
    () => [],
  );
  if (resources.some(({ options }) => (options.errorHooks ?? []).length > 0))
    needs.push({ range: ERROR_HOOKS, why: "the program has error hooks" });
  return needs.filter(
    ({ range: needed }, index) => needs.findIndex((one) => one.range === needed) === index,
  );
}
