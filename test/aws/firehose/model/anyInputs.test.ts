import assert from "node:assert/strict";
import fc from "fast-check";
import { readDeliveryStream } from "../../../../aws/firehose/model/deliveryStream";
import {
  type Properties,
  type PropertyValue,
  Unknown,
} from "../../../../engine/graph/resourceGraph";
import { deliveryStreamResource } from "../../../local/support/graph";
import { conversion, extraction, lambda, partitioned, processor } from "../support/inputs";

/** Inputs of every feature, of which a test replaces some. */
const declared = {
  name: "events",
  destination: "extended_s3",
  kinesisSourceConfiguration: { kinesisStreamArn: "arn", roleArn: "arn" },
  mskSourceConfiguration: { mskClusterArn: "arn", topicName: "t", authenticationConfiguration: {} },
  serverSideEncryption: { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: "arn" },
  extendedS3Configuration: {
    ...partitioned,
    ...{ bucketArn: "arn", roleArn: "arn", kmsKeyArn: "arn", customTimeZone: "UTC" },
    ...{ compressionFormat: "GZIP", fileExtension: ".gz", s3BackupMode: "Enabled" },
    dataFormatConversionConfiguration: conversion,
    cloudwatchLoggingOptions: { enabled: true, logGroupName: "g", logStreamName: "s" },
    s3BackupConfiguration: { bucketArn: "arn", roleArn: "arn", bufferingInterval: 60 },
    processingConfiguration: {
      enabled: true,
      processors: [
        lambda({ NumberOfRetries: "3" }),
        extraction(),
        processor("RecordDeAggregation", { SubRecordType: "JSON" }),
        processor("Decompression", { CompressionFormat: "GZIP" }),
      ],
    },
  },
} satisfies Properties;

const anyValue: fc.Arbitrary<PropertyValue> = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<PropertyValue>,
  fc.constantFrom<PropertyValue>(
    new Unknown(),
    null,
    "",
    {},
    [],
    -1,
    1e9,
    true,
    "!{a",
    "arn:aws:s3:::b",
  ),
);

/** The paths of all values in an input, e.g. `extendedS3Configuration.prefix`. */
function pathsIn(value: PropertyValue, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null || value instanceof Unknown) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, inner]) =>
      pathsIn(inner as PropertyValue, [...path, key]),
    ),
  ];
}

function replaced(value: PropertyValue, path: readonly string[], by: PropertyValue): PropertyValue {
  const [first, ...rest] = path;
  if (first === undefined) return by;
  if (typeof value !== "object" || value === null || value instanceof Unknown) return value;
  const inner = (key: string, old: unknown) =>
    key === first ? replaced(old as PropertyValue, rest, by) : (old as PropertyValue);
  if (Array.isArray(value)) return value.map((old, index) => inner(String(index), old));
  return Object.fromEntries(Object.entries(value).map(([key, old]) => [key, inner(key, old)]));
}

function exists(value: PropertyValue | undefined, path: readonly string[]): boolean {
  const [first, ...rest] = path;
  if (first === undefined) return value !== undefined && value !== null;
  if (typeof value !== "object" || value === null || value instanceof Unknown) return false;
  if (!Object.hasOwn(value, first)) return false;
  return exists((value as Properties)[first], rest);
}

function refusalsOf(inputs: Properties) {
  return readDeliveryStream(deliveryStreamResource("events", inputs)).refusals;
}

function assertNamesInputs(inputs: Properties): void {
  for (const { input, reason } of refusalsOf(inputs)) {
    const isMissing = /^(?:is not set|has no )/.test(reason);
    assert.ok(isMissing || exists(inputs, input.split(".")), `${input} ${reason}`);
  }
}

describe("readDeliveryStream with any inputs", () => {
  it("never throws, and rejects only what is there or missing", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), anyValue), (inputs) => {
        assertNamesInputs(inputs);
      }),
    );
  });

  it("never throws when some inputs are replaced, and rejects only what is there or missing", () => {
    const paths = pathsIn(declared).filter((path) => path.length > 0);
    const changes = fc.array(fc.tuple(fc.constantFrom(...paths), anyValue), { maxLength: 4 });
    fc.assert(
      fc.property(changes, (all) => {
        const inputs = all.reduce<PropertyValue>(
          (before, [path, by]) => replaced(before, path, by),
          declared,
        );
        assertNamesInputs(inputs as Properties);
      }),
      { numRuns: 1000 },
    );
  });

  it("rejects nothing because of a value that is unknown", () => {
    for (const path of pathsIn(declared).filter(({ length }) => length > 0)) {
      const before = new Set(refusalsOf(declared).map(({ input, reason }) => input + reason));
      const unknown = replaced(declared, path, new Unknown()) as Properties;
      const added = refusalsOf(unknown).filter(({ input, reason }) => !before.has(input + reason));
      assert.deepEqual(added, [], path.join("."));
    }
  });
});
