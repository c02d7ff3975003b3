import type {
  BucketArgs,
  DeliveryArgs,
  DeliveryPipelineArgs,
  EncryptionArgs,
  ExistingArgs,
  StreamArgs,
} from "../args";
import { crossProblems } from "./crossProblems";
import { withDeferred, withoutDeferred } from "./deferred";
import { nameProblems } from "./nameProblems";
import { prefixSettingProblems } from "./prefixSettingProblems";
import { explainProblems, type Problem } from "./problem";
import { type SettingsInput, settingsSchema } from "./schema";
import { schemaProblems } from "./schemaProblems";

/** All settings of a pipeline, every default in place. */
export interface Settings {
  readonly stream: Pick<StreamArgs, "shardCount"> & Required<Omit<StreamArgs, "shardCount">>;
  readonly bucket: Required<BucketArgs>;
  readonly delivery: Required<DeliveryArgs>;
  readonly encryption: Required<EncryptionArgs>;
  readonly existing: ExistingArgs;
  readonly protect: boolean;
  readonly tags: Required<DeliveryPipelineArgs>["tags"];
}

/** Settings that decide which resources exist, so they cannot wait for the deployment. */
const decisive = [
  "protect",
  "bucket.versioning",
  "bucket.forceDestroy",
  "delivery.delimiter",
  "encryption.mode",
];

/** Everything that is wrong with the name and the args of a pipeline; empty when all is well. */
export function settingsProblems(name: unknown, args: object): readonly Problem[] {
  const { plain, deferred } = withoutDeferred(args);
  const tooLate = deferred
    .filter(({ path }) => path.length === 1 || decisive.includes(path.join(".")))
    .map(({ path }) => ({
      path,
      reason: "is an Output, but decides which resources there are",
      allowed: "a value that is known when the program runs",
    }));
  const misnamed = nameProblems(name);
  const prefixes = defaultPrefixes(misnamed.length === 0 ? (name as string) : "name");
  const alone = [...misnamed, ...tooLate, ...schemaProblems(plain)];
  // Only settings that are sound alone can be compared with each other.
  const sound = without(plain, alone) as SettingsInput;
  const isDeferred = (field: string) =>
    deferred.some(({ path }) => path.join(".") === `delivery.${field}`);
  return [...alone, ...crossProblems(sound), ...prefixSettingProblems(sound, prefixes, isDeferred)];
}

/** The settings without those that have a problem of their own. */
function without(plain: object, problems: readonly Problem[]): object {
  const rest = structuredClone(plain);
  for (const { path } of problems) {
    const group = path
      .slice(0, -1)
      .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], rest);
    if (typeof group === "object" && group !== null)
      Reflect.deleteProperty(group, path.at(-1) ?? "");
  }
  return rest;
}

/**
 * Completes the args of a pipeline with the defaults.
 *
 * @throws Error that lists everything that is wrong with them.
 */
export function resolveSettings(name: string, args: DeliveryPipelineArgs): Settings {
  const problems = settingsProblems(name, args);
  if (problems.length > 0)
    throw new Error(
      explainProblems({ subject: `DeliveryPipeline "${name}"`, settings: "args" }, problems),
    );
  const { plain, deferred } = withoutDeferred(args);
  const settings = settingsSchema.parse(plain);
  const delivery = { ...defaultPrefixes(name), ...settings.delivery };
  return withDeferred<Settings>({ ...settings, delivery }, deferred);
}

/** Data and errors lie in folders of their own, so that a crawler of one never reads the other. */
function defaultPrefixes(name: string): { prefix: string; errorPrefix: string } {
  return {
    prefix: `raw/${name}/!{timestamp:yyyy/MM/dd}/`,
    errorPrefix: `errors/${name}/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/`,
  };
}
