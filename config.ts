import * as pulumi from "@pulumi/pulumi";
import {
  type DeliveryPipelineArgs,
  explainProblems,
  pathText,
  type Problem,
  settingsProblems,
} from "./components/index";

/** A stack's config: the name of its pipeline, and the component's args under the same names. */
export interface StackConfig {
  readonly name: string;
  readonly args: DeliveryPipelineArgs;
}

/**
 * Reads the config of the current stack.
 *
 * @throws RunError that lists everything that is wrong with it, each with the command that mends it.
 */
export function loadConfig(): StackConfig {
  const { name, ...args } = ownConfig();
  const secrets = secretKeys();
  const problems =
    secrets.length > 0
      ? secrets.map(secretProblem)
      : [...settingsProblems(name, args), ...elsewhere(args)];
  if (problems.length > 0) throw new pulumi.RunError(explain(problems));
  return { name: name as string, args };
}

/** All config of this project, misspelt keys too; groups arrive as JSON text. */
function ownConfig(): Record<string, unknown> {
  const project = `${pulumi.getProject()}:`;
  return Object.fromEntries(
    Object.entries(pulumi.runtime.allConfig())
      .filter(([key]) => key.startsWith(project))
      .map(([key, text]) => [key.slice(project.length), fromJson(text)]),
  );
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Set by the language host: it says which values must not be shown. */
function secretKeys(): readonly string[] {
  const keys = JSON.parse(process.env["PULUMI_CONFIG_SECRET_KEYS"] ?? "[]") as string[];
  const project = `${pulumi.getProject()}:`;
  return keys.filter((key) => key.startsWith(project)).map((key) => key.slice(project.length));
}

/** The settings end up readable in AWS, so a secret among them would only seem to be kept. */
function secretProblem(key: string): Problem {
  return {
    path: [key],
    reason: "is a secret",
    allowed:
      "plain values only: these settings can be read in AWS by everyone who sees the pipeline",
  };
}

/** Firehose is made where the provider is, and uses streams and keys of its own region only. */
function elsewhere({ existing }: DeliveryPipelineArgs): readonly Problem[] {
  const here = pulumi.runtime.allConfig()["aws:region"];
  return (["streamArn", "keyArn"] as const).flatMap((name) => {
    const there = /^arn:[^:]+:(?:kinesis|kms):([^:]+):/.exec(text(existing?.[name]))?.[1];
    if (here === undefined || there === undefined || here === there) return [];
    return {
      path: ["existing", name],
      reason: `is of region ${there}, but aws:region is ${here}`,
      allowed: `an ARN of ${here}, or aws:region ${there}`,
    };
  });
}

function explain(problems: readonly Problem[]): string {
  const stack = pulumi.getStack();
  const whose = { subject: `Stack "${stack}"`, settings: `config (Pulumi.${stack}.yaml)` };
  return explainProblems(whose, problems, command);
}

/** The command that mends a problem in the stack file. */
function command({
  path,
  suggestion: accepted = "<value>",
  mustBeRemoved: surplus = false,
}: Problem): string {
  const place = `--path ${quoted(pathText(path))}`;
  return surplus ? `pulumi config rm ${place}` : `pulumi config set ${place} ${quoted(accepted)}`;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** As one word to a shell, whatever it would read into a `!` or a space. */
function quoted(value: boolean | number | string): string {
  const text = String(value);
  return /^[\w./:<>-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
