import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";
import type { DeliveryPipelineArgs } from "./args";
import { type CommandContext, configCommand, regionCommand } from "./config/configCommand";
import { type Fix, fixOf, type Root, type Trial } from "./config/fixes";
import { type RegionProblem, regionProblems } from "./config/regionProblems";
import { type SecretPlace, secretPlaces } from "./config/secretPlaces";
import { parseConfigValue, typedSettings } from "./config/typedSettings";
import { explainProblems, pathText, type Problem } from "./settings/problem";
import { settingsSchema } from "./settings/schema";
import { kindOf, placeAt } from "./settings/schemaTree";
import { checkSettings } from "./settings/settings";
import { changedAt } from "./settings/valueAt";

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
  const secrets = placesOfSecrets();
  const root = withoutSecrets(configuredSettings(), secrets);
  const { name, ...args } = root;
  const { problems } = checkSettings(name, args);
  const ofRegion = regionProblems(providerRegion(), args);
  const explained = [
    ...secretProblems(secrets, { root, problems }),
    ...settingProblems(secrets, { root, problems }),
    ...ofRegion.map((problem) => ({ problem, fix: regionFix(problem, { root, problems }) })),
  ];
  if (explained.length > 0) throw new pulumi.RunError(explain(explained));
  return { name: name as string, args };
}

/** All settings in the config, unknown ones included, with the types of the settings. */
function configuredSettings(): Root {
  const given = Object.entries(pulumi.runtime.allConfig()).flatMap(([key, text]) =>
    inNamespace(key).map((name) => [name, valueOf(name, text)]),
  );
  return typedSettings(Object.fromEntries(given), settingsSchema) as Root;
}

/** A name is a string, also if it is `true`. */
function valueOf(name: string, text: string): unknown {
  const value = parseConfigValue(text);
  const isGroup = typeof value === "object" && value !== null;
  return name === "name" && !isGroup ? text : value;
}

/** The key without the namespace; none for a key of another namespace. */
function inNamespace(key: string): readonly [string] | readonly [] {
  const prefix = `${namespace}:`;
  return key.startsWith(prefix) ? [key.slice(prefix.length)] : [];
}

function placesOfSecrets(): readonly SecretPlace[] {
  const variable = "PULUMI_CONFIG_SECRET_KEYS";
  const given = parseConfigValue(process.env[variable] ?? "[]");
  const { data: keys } = z.array(z.string()).safeParse(given);
  if (keys === undefined) throw new Error(`${variable} is not a JSON list of config keys`);
  const prefixes = [`${namespace}:`, `${namespace}:config:`];
  return secretPlaces(
    keys.flatMap(inNamespace),
    { directories: projectDirectories(), stack: pulumi.getStack() },
    pulumi.getProject() === namespace ? [...prefixes, ""] : prefixes,
  );
}

/** The directory of `Pulumi.yaml`, and that of the program, which is the same in most projects. */
function projectDirectories(): readonly string[] {
  try {
    return [pulumi.getRootDirectory(), process.cwd()];
  } catch {
    return [process.cwd()];
  }
}

/** The settings as they are after the secrets are removed, which no message may show. */
function withoutSecrets(root: Root, secrets: readonly SecretPlace[]): Root {
  return secrets.reduce((rest, { path }) => {
    const isItem = typeof path.at(-1) === "number";
    // The items behind it keep their places.
    return changedAt(rest, path, isItem ? null : undefined) as Root;
  }, root);
}

/** A problem, with the command that fixes it, or in words where no command does. */
interface Explained {
  readonly problem: Problem;
  readonly fix: string;
}

type Checked = Pick<Trial, "root" | "problems">;

/** AWS shows the settings in plain text, so a secret among them would not be protected. */
function secretProblems(secrets: readonly SecretPlace[], checked: Checked): readonly Explained[] {
  return secrets.map(({ path, isLocated }) => {
    const place = pathText(path);
    const missing = checked.problems.find((problem) => pathText(problem.path) === place);
    const isItem = typeof path.at(-1) === "number";
    const fix = missing === undefined || isItem ? [{ path }] : fixOf(missing, trial(checked));
    const isKnown = isLocated || kindOf(placeAt(path).schema) !== undefined || place === "name";
    return {
      problem: {
        path,
        reason: isKnown ? "is a secret" : "is or contains a secret",
        allowed:
          "plain values only: everyone who can see the pipeline in AWS can read its settings",
      },
      fix: isKnown
        ? commandFor(fix)
        : `remove the secret where the stack's environment or config file sets ${place}`,
    };
  });
}

function settingProblems(secrets: readonly SecretPlace[], checked: Checked): readonly Explained[] {
  const places = secrets.map(({ path }) => pathText(path));
  return checked.problems
    .filter(({ path }) => !places.includes(pathText(path)))
    .map((problem) => ({ problem, fix: commandFor(fixOf(problem, trial(checked))) }));
}

function trial(checked: Checked): Trial {
  return {
    ...checked,
    region: providerRegion().region,
    check: ({ name, ...args }) => checkSettings(name, args).problems,
  };
}

function providerRegion() {
  const config = pulumi.runtime.allConfig();
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  return {
    region: config["aws:region"] ?? AWS_REGION ?? AWS_DEFAULT_REGION,
    acceptsUnknown: config["aws:skipRegionValidation"] === "true",
  };
}

function regionFix(problem: RegionProblem, checked: Checked): string {
  return problem.region === undefined
    ? commandFor(fixOf(problem, trial(checked)))
    : regionCommand(problem.region, context());
}

function context(): CommandContext {
  // A key without a namespace belongs to the project.
  const keyPrefix = pulumi.getProject() === namespace ? "" : `${namespace}:`;
  return { stack: pulumi.getStack(), keyPrefix };
}

function commandFor(fix: Fix): string {
  const commands = fix.map((step) => configCommand(step, context()));
  return commands.includes(undefined)
    ? `edit Pulumi.${pulumi.getStack()}.yaml, because no command can name this key`
    : commands.join(" && ");
}

function explain(explained: readonly Explained[]): string {
  const stack = pulumi.getStack();
  const whose = { subject: `Stack "${stack}"`, settings: `config (Pulumi.${stack}.yaml)` };
  const fixes = new Map(explained.map(({ problem, fix }) => [problem, fix]));
  const problems = explained.map(({ problem }) => problem);
  return explainProblems(whose, problems, (problem) => fixes.get(problem) ?? "");
}
