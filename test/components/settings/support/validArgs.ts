import fc from "fast-check";
import { alarmDefinitions, alarmNames } from "../../../../components/alarms/alarmDefinitions";
import { arns } from "../rules/rule";

/** A record with any of its fields, none of them `undefined`. */
const some = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(fields, { requiredKeys: [], noNullPrototype: true });
const numbers = (min: number, max: number) =>
  fc.oneof(fc.constantFrom(min, max), fc.integer({ min, max }));
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

const text = fc
  .stringMatching(/^[a-z0-9_=.-]{0,12}$/)
  .chain((plain) => fc.constantFrom(plain, `${plain} ä😀'(){}`));
const expression = fc.constantFrom(
  ...["!{timestamp:yyyy}", "!{timestamp:yyyy/MM/dd}", "!{timestamp:yyyy-MM-dd'T'HH:mm:ss}"],
  ...["!{timestamp:YYYY-'W'ww}", "!{timestamp:hh a}", "!{timestamp:DDD}", "!{timestamp:MMMM}"],
  ...["!{firehose:random-string}", "!{timestamp:''yyyy''[ XXX]}"],
);
const parts = fc
  .array(fc.tuple(expression, text), { maxLength: 4 })
  .map((pairs) => pairs.flat().join("/"));
const prefixes = fc
  .tuple(fc.constantFrom("raw/", "2026/raw", ""), parts, text, parts)
  .map(([head, data, name, error]) => ({
    prefix: head + data,
    errorPrefix: `failed/${name}/${error}!{firehose:error-output-type}/`,
  }));

const format = fc.constantFrom(
  ...[{}, { compression: "GZIP", fileExtension: ".json.gz" }, { fileExtension: ".gz" }],
  ...[{ compression: "ZIP" }, { compression: "ZIP", fileExtension: ".zip" }],
  ...[{ compression: "Snappy" }, { compression: "HADOOP_SNAPPY", fileExtension: ".snappy" }],
  ...[{ compression: "UNCOMPRESSED" }, { compression: "UNCOMPRESSED", fileExtension: ".json" }],
  ...[".gz", ".json.gz"].map((fileExtension) => ({
    ...{ recordCompression: "GZIP", compression: "UNCOMPRESSED" },
    ...{ delimiter: "none", fileExtension },
  })),
  { compression: "UNCOMPRESSED", delimiter: "none", fileExtension: ".gz" },
);
const delivery = fc
  .tuple(
    some({
      bufferSizeMiB: numbers(1, 128),
      bufferIntervalSeconds: numbers(0, 900),
      timeZone: fc.constantFrom("UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"),
      delimiter: fc.constantFrom("newline", "none"),
      logRetentionDays: fc.constantFrom(1, 5, 90, 3653),
    }),
    format,
    fc.oneof(fc.constant({}), prefixes),
  )
  .map(([simple, ...rest]) => Object.assign({}, simple, ...rest) as object);

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

/**
 * Args that AWS and the pipeline accept: they contain no settings that would have no effect on
 * existing resources.
 */
export const validArgs: fc.Arbitrary<object> = fc
  .tuple(
    some({ stream, bucket, delivery, encryption, roles, alarms, protect: fc.boolean() }),
    fc.option(fc.array(tag, { maxLength: 4 }), { nil: undefined }),
    fc.subarray([
      ...(["streamArn", "bucketArn", "roleArn", "accessLogBucketArn"] as const),
      ...(["keyArn", "streamKeyArn", "bucketKeyArn"] as const),
    ]),
  )
  .map(([groups, tags, existing]) => {
    const { stream, bucket, roles, encryption, ...rest } = groups;
    const has = (arn: (typeof existing)[number]) => existing.includes(arn);
    const kept = existing.filter(
      (arn) =>
        !(arn === "keyArn" && encryption?.mode === "aws-managed") &&
        !(arn === "keyArn" && has("streamKeyArn") && has("bucketKeyArn")) &&
        !(arn === "bucketKeyArn" && has("streamKeyArn") && encryption?.mode === "aws-managed") &&
        !(arn === "accessLogBucketArn" && (has("bucketArn") || bucket?.accessLogs)),
    );
    return {
      ...rest,
      ...(encryption && { encryption }),
      ...(stream && !has("streamArn") && { stream }),
      ...(bucket && !has("bucketArn") && { bucket }),
      ...(roles && !has("roleArn") && { roles }),
      ...(tags && { tags: Object.fromEntries(tags) }),
      ...(kept.length > 0 && {
        existing: Object.fromEntries(kept.map((arn) => [arn, arns[arn]])),
      }),
    };
  });
