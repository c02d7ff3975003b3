import type { AlarmName } from "../alarms/alarmDefinitions";
import type {
  AlarmChoice,
  AlarmSettings,
  BucketSettings,
  DeliverySettings,
  DeliveryPipelineArgs,
  EncryptionSettings,
  ExistingResources,
  RoleSettings,
  StreamSettings,
} from "../args";
import { markDeferred, putBack } from "./deferred";
import { explainProblems, show } from "./problem";
import { settingsSchema } from "./schema";
import { defaultPrefixes } from "./groups/delivery";
import { settingsProblems } from "./settingsProblems";
import { without } from "./valueAt";

/** `T` with every default in place; what has none stays optional. */
type Complete<T, WithoutDefault extends keyof T = never> = Required<Omit<T, WithoutDefault>> &
  Pick<T, WithoutDefault>;

/** All settings of a pipeline, every default in place. */
export interface Settings {
  readonly stream: Complete<StreamSettings, "shardCount">;
  readonly bucket: Complete<BucketSettings, "expiryDays">;
  readonly delivery: Complete<DeliverySettings, "fileExtension">;
  readonly encryption: Complete<EncryptionSettings>;
  readonly roles: Complete<RoleSettings, "permissionsBoundaryArn">;
  readonly alarms: Complete<Omit<AlarmSettings, AlarmName>> &
    Readonly<Record<AlarmName, Complete<AlarmChoice, "threshold">>>;
  readonly existing: ExistingResources;
  readonly protect: boolean;
  readonly tags: Required<DeliveryPipelineArgs>["tags"];
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
      explainProblems({ subject: `DeliveryPipeline ${show(name)}`, settings: "args" }, problems),
    );
  const { marked, deferred } = markDeferred(args);
  const settings = settingsSchema.parse(without(marked, deferred));
  const delivery = { ...defaultPrefixes(name), ...settings.delivery };
  return putBack<Settings>({ ...settings, delivery }, args, deferred);
}
