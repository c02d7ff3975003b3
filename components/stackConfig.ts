import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";
import type { DeliveryPipelineArgs } from "./args";
import { explainProblems, pathText, type Problem } from "./settings/problem";
import { checkSettings } from "./settings/settings";

/** The namespace of the config keys, in a project of any name. */
const namespace = "streamlake";

/** A stack's config: the name of its pipeline, and the component's args. */
export interface StackConfig {
  readonly name: string;
  readonly args: DeliveryPipelineArgs;
}

/**
 * Reads and checks the settings in the config of the current stack: its keys `streamlake:name`,
 * `streamlake:delivery` and so on, as `stack.schema.json` of this package describes them. The component does not check the returned args
 * again.
 *
 * @throws RunError that lists all problems of the config, each with the command that fixes it
 */
export function loadConfig(): StackConfig {
  const { name, ...args } = configuredSettings();
  const secrets = secretKeys();
  const problems =
    secrets.length > 0
      ? secrets.map(secretProblem)
      : [...checkSettings(name, args).problems, ...regionProblems(args)];
  if (problems.length > 0) throw new pulumi.RunError(explain(problems));
  return { name: name as string, args };
}

/** All settings in the config, unknown ones included. Pulumi passes groups as JSON. */
function configuredSettings(): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(pulumi.runtime.allConfig()).flatMap(([key, value]) =>
      inNamespace(key).map((name) => [name, parsed(value)]),
    ),
  );
}

/** The key without the namespace; none for a key of another namespace. */
function inNamespace(key: string): readonly [string] | readonly [] {
  const prefix = `${namespace}:`;
  return key.startsWith(prefix) ? [key.slice(prefix.length)] : [];
}

/** The value of JSON; any other string as it is. */
function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** The settings whose values are secrets; the language host passes their keys. */
function secretKeys(): readonly string[] {
  const variable = "PULUMI_CONFIG_SECRET_KEYS";
  const { data: keys } = z.array(z.string()).safeParse(parsed(process.env[variable] ?? "[]"));
  if (keys === undefined) throw new Error(`${variable} is not a JSON list of config keys`);
  return keys.flatMap(inNamespace);
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
  // A key without a namespace belongs to the project.
  const key = pulumi.getProject() === namespace ? "" : `${namespace}:`;
  const place = `--path ${quoted(`${key}${pathText(path)}`)}`;
  return mustBeRemoved
    ? `pulumi config rm ${place}`
    : `pulumi config set ${place} ${quoted(suggestion)}`;
}

/** One word for a shell, whatever a `!` or a space means to it. */
function quoted(value: boolean | number | string): string {
  const word = String(value);
  return /^[\w./:<>-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
