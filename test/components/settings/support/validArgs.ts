import fc from "fast-check";
import { alarmDefinitions, alarmNames } from "../../../../components/alarms/alarmDefinitions";
import { arns } from "../rules/rule";
import { numbers, some } from "./arbitraries";
import { impliedDefaults } from "./impliedDefaults";
import { validDelivery } from "./validDelivery";
import { type ValidFeatures, validFeatures } from "./validFeatures";

const days = numbers(1, 36_500);

const stream = some({
  shardCount: numbers(1, 10_000),
  retentionHours: numbers(24, 8760),
  shardLevelMetrics: fc.subarray(["IncomingBytes", "OutgoingRecords", "IteratorAgeMilliseconds"]),
});

/** Supported sequences of storage classes. */
const sequences: fc.Arbitrary<string[]> = fc.constantFrom(
  ["STANDARD_IA", "INTELLIGENT_TIERING", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"],
  ["STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER", "DEEP_ARCHIVE"],
);
/** Days in a class before the next one; 30 if it is not listed. */
const stays = { INTELLIGENT_TIERING: 1, GLACIER_IR: 90, GLACIER: 90 } as Record<string, number>;
const tiering = sequences
  .chain((sequence) =>
    fc.tuple(fc.subarray(sequence), fc.array(numbers(0, 100), { minLength: 5, maxLength: 5 })),
  )
  .map(([classes, extra]) => {
    let age = 0;
    return classes.map((storageClass, index) => {
      const afterDays = Math.max(age + (extra[index] ?? 0), storageClass.endsWith("_IA") ? 30 : 0);
      age = afterDays + (stays[storageClass] ?? 30);
      return { storageClass, afterDays };
    });
  });

const bucket = fc
  .tuple(
    some({
      versioning: fc.boolean(),
      noncurrentExpiryDays: days,
      errorExpiryDays: days,
      forceDestroy: fc.boolean(),
    }),
    fc.option(tiering, { nil: undefined }),
    fc.option(numbers(1, 1000), { nil: undefined }),
    fc.constantFrom({}, { accessLogs: false }, { accessLogs: true, accessLogExpiryDays: 7 }),
  )
  .map(([simple, steps, keptOn, logs]) => ({
    ...simple,
    ...logs,
    ...(steps && { tiering: steps }),
    ...(keptOn !== undefined && { expiryDays: (steps?.at(-1)?.afterDays ?? 0) + keptOn }),
  }));

const encryption = fc.constantFrom(
  ...[{}, { errorLog: true }, { mode: "customer-managed", errorLog: true }],
  ...[{ mode: "aws-managed" }, { mode: "aws-managed", errorLog: false }],
);

const roles = some({
  path: fc.constantFrom("/", "/delivery/", `/${"p".repeat(398)}/`),
  permissionsBoundaryArn: fc.constantFrom(arns.boundaryArn, "arn:aws:iam::aws:policy/a/B"),
});

/** Ranges that are valid for every retention period and buffer interval. */
const thresholds: Readonly<Record<string, readonly [number, number]>> = {
  iteratorAge: [1000, 86_399_999],
  behindLatest: [1000, 86_399_999],
  dataFreshness: [900, 31_536_000],
};
const alarm = (name: (typeof alarmNames)[number]) => {
  const { thresholdRange, evaluationPeriodsRange } = alarmDefinitions[name];
  const [min, max] = thresholds[name] ?? [thresholdRange.min, thresholdRange.max];
  return some({
    enabled: fc.boolean(),
    threshold: fc.constantFrom(min, (min + max) / 2, max),
    evaluationPeriods: numbers(evaluationPeriodsRange.min, evaluationPeriodsRange.max),
  });
};
const actions = fc.array(
  fc.constantFrom(arns.topicArn, "arn:aws:ssm-incidents::123456789012:response-plan/lake"),
  { maxLength: 5 },
);
const alarms = some({
  enabled: fc.boolean(),
  dashboard: fc.boolean(),
  actionArns: actions,
  okActionArns: actions,
  ...Object.fromEntries(alarmNames.map((name) => [name, alarm(name)])),
});

const tag = fc.tuple(
  fc.constantFrom("team", "Cost Center", "env/größe:1", "k".repeat(128)),
  fc.constantFrom("", "growth", "a_b.c:d/e=f+g-h@i 7", "v".repeat(256)),
);

/** Periods of the longest delivery with partitions, 2100 seconds, that are a day together. */
const mostStalledPeriods = 41;

/** Without more periods of an alarm than its metric allows with partitions. */
function withinADay(settings: object | undefined, { keys }: ValidFeatures): object | undefined {
  const { deliveryStalled = {} } = (settings ?? {}) as { deliveryStalled?: object };
  const { evaluationPeriods = 1 } = deliveryStalled as { evaluationPeriods?: number };
  if (Object.keys(keys).length === 0 || evaluationPeriods <= mostStalledPeriods) return settings;
  return {
    ...settings,
    deliveryStalled: { ...deliveryStalled, evaluationPeriods: mostStalledPeriods },
  };
}

/** Args that AWS and the pipeline accept, with the defaults that follow from their features. */
export interface ValidArgs {
  readonly args: object;
  /** Those that differ from the defaults of a pipeline without features. */
  readonly implied: object;
}

/**
 * With every feature and every combination of them. They contain no settings that would have no effect,
 * such as those of existing resources.
 */
export const validArgsWithDefaults: fc.Arbitrary<ValidArgs> = fc
  .tuple(
    some({ stream, bucket, encryption, roles, alarms, protect: fc.boolean() }),
    fc.option(fc.array(tag, { maxLength: 4 }), { nil: undefined }),
    fc.subarray([
      ...(["streamArn", "bucketArn", "roleArn", "accessLogBucketArn"] as const),
      ...(["keyArn", "streamKeyArn", "bucketKeyArn"] as const),
    ]),
    validFeatures.chain((features) => fc.tuple(fc.constant(features), validDelivery(features))),
  )
  .map(([groups, tags, existing, [features, delivery]]) => {
    const { stream, bucket, roles, encryption, alarms, ...rest } = groups;
    const has = (arn: (typeof existing)[number]) => existing.includes(arn);
    const kept = existing.filter(
      (arn) =>
        !(arn === "keyArn" && encryption?.mode === "aws-managed") &&
        !(arn === "keyArn" && has("streamKeyArn") && has("bucketKeyArn")) &&
        !(arn === "bucketKeyArn" && has("streamKeyArn") && encryption?.mode === "aws-managed") &&
        !(arn === "accessLogBucketArn" && (has("bucketArn") || bucket?.accessLogs)),
    );
    const args = {
      ...rest,
      ...features.groups,
      ...(Object.keys(delivery).length > 0 && { delivery }),
      ...(encryption && { encryption }),
      ...(alarms && { alarms: withinADay(alarms, features) }),
      ...(stream && !has("streamArn") && { stream }),
      ...(bucket && !has("bucketArn") && { bucket }),
      ...(roles && !has("roleArn") && { roles }),
      ...(tags && { tags: Object.fromEntries(tags) }),
      ...(kept.length > 0 && {
        existing: Object.fromEntries(kept.map((arn) => [arn, arns[arn]])),
      }),
    };
    const isPacked = (delivery as { recordCompression?: string }).recordCompression === "GZIP";
    return { args, implied: impliedDefaults(features, isPacked) };
  });

export const validArgs: fc.Arbitrary<object> = validArgsWithDefaults.map(({ args }) => args);
