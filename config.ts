import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";
import {
  checkSettings,
  type DeliveryPipelineArgs,
  explainProblems,
  pathText,
  type Problem,
} from "./components/index";

/** A stack's config: the name of its pipeline, and the component's args. */
export interface StackConfig {
  readonly name: string;
  readonly args: DeliveryPipelineArgs;
}

/**
 * Reads and checks the config of the current stack. The component does not check the returned args
 * again.
 *
 * @throws RunError that lists all problems of the config, each with the command that fixes it
 */
export function loadConfig(): StackConfig {
  const { name, ...args } = projectConfig();
  const secrets = secretKeys();
  const problems =
    secrets.length > 0
      ? secrets.map(secretProblem)
      : [...checkSettings(name, args).problems, ...regionProblems(args)];
  if (problems.length > 0) throw new pulumi.RunError(explain(problems));
  return { name: name as string, args };
}

/** All config of this project, unknown keys included. Pulumi passes groups as JSON. */
function projectConfig(): Record<string, unknown> {
  const project = `${pulumi.getProject()}:`;
  return Object.fromEntries(
    Object.entries(pulumi.runtime.allConfig())
      .filter(([key]) => key.startsWith(project))
      .map(([key, value]) => [key.slice(project.length), parsed(value)]),
  );
}

/** The value of JSON; any other string as it is. */
function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** The keys of this project whose values are secrets; the language host passes them. */
function secretKeys(): readonly string[] {
  const variable = "PULUMI_CONFIG_SECRET_KEYS";
  const { data: keys } = z.array(z.string()).safeParse(parsed(process.env[variable] ?? "[]"));
  if (keys === undefined) throw new Error(`${variable} is not a JSON list of config keys`);
  const project = `${pulumi.getProject()}:`;
  return keys.filter((key) => key.startsWith(project)).map((key) => key.slice(project.length));
}

/** AWS shows the settings in plain text, so a secret among them would not be protected. */
function secretProblem(key: string): Problem {
  return {
    path: [key],
    reason: "is a secret",
    allowed: "plain values only: everyone who can see the pipeline in AWS can read its settings",
  };
}

/** Firehose is created in the provider's region, and uses streams and keys of that region only. */
function regionProblems({ existing }: DeliveryPipelineArgs): readonly Problem[] {
  const providerRegion = pulumi.runtime.allConfig()["aws:region"];
  return (["streamArn", "keyArn"] as const).flatMap((name) => {
    const arn: unknown = existing?.[name];
    const region = /^arn:[^:]+:(?:kinesis|kms):([^:]+):/.exec(typeof arn === "string" ? arn : "");
    const arnRegion = region?.[1];
    if (providerRegion === undefined || arnRegion === undefined || providerRegion === arnRegion)
      return [];
    return {
      path: ["existing", name],
      reason: `is in region ${arnRegion}, but aws:region is ${providerRegion}`,
      allowed: `an ARN in ${providerRegion}, or aws:region ${arnRegion}`,
    };
  });
}

function explain(problems: readonly Problem[]): string {
  const stack = pulumi.getStack();
  const whose = { subject: `Stack "${stack}"`, settings: `config (Pulumi.${stack}.yaml)` };
  return explainProblems(whose, problems, command);
}

/** The command that fixes a problem in the stack file. */
function command({ path, suggestion = "<value>", mustBeRemoved = false }: Problem): string {
  const place = `--path ${quoted(pathText(path))}`;
  return mustBeRemoved
    ? `pulumi config rm ${place}`
    : `pulumi config set ${place} ${quoted(suggestion)}`;
}

/** One word for a shell, whatever a `!` or a space means to it. */
function quoted(value: boolean | number | string): string {
  const word = String(value);
  return /^[\w./:<>-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
