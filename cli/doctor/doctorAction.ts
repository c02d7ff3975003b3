import { statSync } from "node:fs";
import { deployerPermissions } from "../../local/access/deployer/deployerPermissions";
import { policyDocuments } from "../../local/access/deployer/policyDocuments";
import { interrupted, interruptible } from "../interruptible";
import { counted } from "../../records/amounts";
import { jsonText, printable } from "../reports/printable";
import { columnsOf, type ReportOutput } from "../reports/terminal";
import { type Check, type CheckResult, runCheck } from "./check";
import { credentials } from "./checks/credentials";
import { dependencies } from "./checks/dependencies";
import { diskSpace } from "./checks/diskSpace";
import { nodeVersion } from "./checks/nodeVersion";
import { packConfig } from "./checks/packConfig";
import { permissions } from "./checks/permissions";
import { plugins } from "./checks/plugins";
import { programBuild } from "./checks/programBuild";
import { pulumiCli } from "./checks/pulumiCli";
import { region } from "./checks/region";
import { stackProgram } from "./checks/stackProgram";
import { countOf, resultLines, summary } from "./doctorReport";
import { Subject, type SubjectOptions } from "./subject";

export interface DoctorOptions extends SubjectOptions {
  readonly json?: boolean;
  /** Print the policy of a deployer instead of checking. */
  readonly policy?: boolean;
}

/** In the order of the report: what the next ones need first. */
const checks: readonly Check[] = [
  nodeVersion,
  programBuild,
  dependencies,
  pulumiCli,
  plugins,
  stackProgram,
  packConfig,
  credentials,
  region,
  permissions,
  diskSpace,
];

/**
 * Checks machine, project, stack and credentials, or prints the policy of a deployer.
 *
 * @returns the exit code: 1 if a check failed
 * @throws Error if there is nothing to check, or no policy to print
 */
export async function doctor(options: DoctorOptions, output: ReportOutput): Promise<number> {
  if (statSync(options.cwd, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new Error(`--cwd "${printable(options.cwd)}" is not a directory.`);
  return interruptible(async (signal) => {
    const subject = new Subject(options, signal);
    if (!subject.isProject && (options.policy || options.stack !== undefined))
      throw new Error(
        `--${options.policy ? "policy" : "stack"} needs a Pulumi project, and there is no Pulumi.yaml here. Specify its directory with --cwd DIR.`,
      );
    if (options.policy) return printPolicy(subject, options, output);
    const results = await runChecks(subject, options, output);
    if (signal.aborted) return interrupted;
    if (options.json) output.stdout.write(`${jsonText(documentOf(subject, results))}\n`);
    else output.stdout.write(`\n${summary(results, output.colors)}\n`);
    return countOf(results, "error") > 0 ? 1 : 0;
  });
}

/** All at once. Each is printed as soon as it and those before it have ended. */
async function runChecks(
  subject: Subject,
  { json }: DoctorOptions,
  output: ReportOutput,
): Promise<readonly CheckResult[]> {
  const applying = checks.filter(({ ofProject }) => subject.isProject || !ofProject);
  const running = applying.map((check) => runCheck(check, subject));
  if (json) return Promise.all(running);
  output.stdout.write(`${titleOf(subject)}\n\n`);
  const width = Math.max(...applying.map(({ name }) => name.length));
  const results: CheckResult[] = [];
  for (const check of running) {
    const result = await check;
    if (subject.signal.aborted) break;
    results.push(result);
    output.stdout.write(`${resultLines(result, width, columnsOf(output), output.colors)}\n`);
  }
  return results;
}

function titleOf(subject: Subject): string {
  const { project, stack } = namesOf(subject);
  if (!subject.isProject) return "There is no Pulumi.yaml here, so only this machine is checked:";
  const of = stack === undefined ? "" : `, stack ${printable(stack)}`;
  return `Project ${printable(project ?? "")}${of}:`;
}

function namesOf(subject: Subject): { readonly project?: string; readonly stack?: string } {
  try {
    const { project, stack } = subject.readStack();
    return { project: project.name, stack };
  } catch {
    try {
      return { project: subject.readProject().name };
    } catch {
      return {};
    }
  }
}

function documentOf(subject: Subject, results: readonly CheckResult[]) {
  const { project, stack } = namesOf(subject);
  return {
    project: project ?? null,
    stack: stack ?? null,
    errors: countOf(results, "error"),
    warnings: countOf(results, "warning"),
    checks: results.flatMap(({ name, findings }) =>
      findings.map(({ status, message, fix }) => ({
        ...{ check: name, status, message },
        ...(fix !== undefined && { fix }),
      })),
    ),
  };
}

async function printPolicy(
  subject: Subject,
  { json }: DoctorOptions,
  output: ReportOutput,
): Promise<number> {
  subject.readStack();
  const [{ graph, region: ofStack }, identity] = await Promise.all([
    subject.plan(),
    subject.identity().catch(() => undefined),
  ]);
  const account = identity && { account: identity.account };
  const needed = deployerPermissions(graph, { region: ofStack, ...account });
  const policies = policyDocuments(needed.statements);
  if (json) {
    const { uncovered, notes } = needed;
    output.stdout.write(`${jsonText({ policies, uncovered, notes })}\n`);
    return 0;
  }
  if (policies.length === 0) throw new Error("The deployment needs no permissions of AWS.");
  output.stdout.write(policies.map((policy) => `${jsonText(policy)}\n`).join("\n"));
  const messages = [
    ...(policies.length > 1
      ? [
          `These are ${counted(policies.length, "policy", "policies")}, because one would exceed the size that IAM allows.`,
        ]
      : []),
    ...(identity === undefined
      ? [
          "Without credentials, the account is the one of the stack's config, or else 123456789012: replace it.",
        ]
      : []),
    ...needed.notes,
    ...(needed.uncovered.length > 0
      ? [`Not covered, because their calls are unknown: ${needed.uncovered.join(", ")}`]
      : []),
  ];
  for (const message of messages) output.stderr.write(`note: ${printable(message)}\n`);
  return 0;
}
