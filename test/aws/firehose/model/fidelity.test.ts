import assert from "node:assert/strict";
import { readDeliveryStream } from "../../../../aws/firehose/model/deliveryStream";
import type { Properties } from "../../../../engine/graph/resourceGraph";
import { deliveryStreamResource } from "../../../local/support/graph";

function problemsOf(destination: Properties, more: Properties = {}) {
  const { refusals, unsupported } = readDeliveryStream(
    deliveryStreamResource("events", {
      destination: "extended_s3",
      kinesisSourceConfiguration: {
        kinesisStreamArn: "arn:aws:kinesis:eu-central-1:123456789012:stream/events",
        roleArn: "arn:aws:iam::123456789012:role/source",
      },
      extendedS3Configuration: {
        ...{ bucketArn: "arn:aws:s3:::my-lake", roleArn: "arn:aws:iam::123456789012:role/r" },
        ...destination,
      },
      ...more,
    }),
  );
  const sentences = (problems: typeof refusals) =>
    problems.map(({ input, reason }) => `${input} ${reason}`);
  return { refusals: sentences(refusals), unsupported: sentences(unsupported) };
}

const processing = (...types: readonly string[]): Properties => ({
  processingConfiguration: {
    enabled: true,
    processors: types.map((type) => ({ type, parameters: [] })),
  },
});
const withErrors = (prefix: string): Properties => ({
  prefix,
  errorOutputPrefix: "errors/!{firehose:error-output-type}/",
});
const delimiter = "AppendDelimiterToRecord";

/** What AWS accepts, so the local run does too. */
const accepted: readonly (readonly [what: string, destination: Properties, more?: Properties])[] = [
  ["a literal prefix without an error prefix", { prefix: "events/" }],
  ["a literal prefix of 499 characters", { prefix: "x".repeat(499) }],
  ["a literal prefix of 512 characters", { prefix: "x".repeat(512) }],
  ["an error prefix below the prefix", { prefix: "raw/", errorOutputPrefix: "raw/errors/" }],
  [
    "a static error prefix of a prefix with expressions",
    { ...withErrors("!{timestamp:yyyy}/"), errorOutputPrefix: "errors/" },
  ],
  ["a week-based year", withErrors("raw/!{timestamp:YYYY}/")],
  ["an hour of the 12-hour clock", withErrors("raw/!{timestamp:yyyy/MM/dd/hh}/")],
  ["minutes in place of months", withErrors("raw/!{timestamp:yyyy/mm/dd}/")],
  ["a week with a calendar year", withErrors("raw/!{timestamp:yyyy/ww}/")],
  ["one processor", processing(delimiter)],
  ["five processors", processing(...Array.from({ length: 5 }, () => delimiter))],
  [
    "processing that is not enabled, without processors",
    { processingConfiguration: { processors: [] } },
  ],
  ["a file extension of every allowed character", { fileExtension: ".09az!-_.*'()" }],
  ["a file extension of 128 characters", { fileExtension: `.${"x".repeat(127)}` }],
  ["an empty file extension", { fileExtension: "" }],
  ["a name of 64 characters", {}, { name: "Az09_.-x".repeat(8) }],
  ["a buffer of 1 MiB and 0 seconds", { bufferingSize: 1, bufferingInterval: 0 }],
  ["an empty time zone", { customTimeZone: "" }],
];

/** What AWS rejects, with the message of the local run. */
const rejected: readonly (readonly [what: string, message: RegExp, Properties, Properties?])[] = [
  ["a literal prefix of 513 characters", /\.prefix has at least 513/, { prefix: "x".repeat(513) }],
  [
    "a prefix with expressions without an error prefix",
    /errorOutputPrefix is not set/,
    { prefix: "!{timestamp:yyyy}/" },
  ],
  [
    "an error prefix with expressions but no error type",
    /errorOutputPrefix has expressions, but not/,
    { errorOutputPrefix: "!{timestamp:yyyy}/" },
  ],
  [
    "the error type in a prefix",
    /only the error prefix supports/,
    withErrors("!{firehose:error-output-type}/"),
  ],
  [
    "a partition key without dynamic partitioning",
    /needs dynamic partitioning/,
    withErrors("!{partitionKeyFromQuery:a}/"),
  ],
  ["an unknown letter", /has the unknown letter "r"/, withErrors("!{timestamp:rr}/")],
  ["too many letters", /has "MMMMMM"/, withErrors("!{timestamp:MMMMMM}/")],
  ["an unclosed quote", /has an unclosed quote/, withErrors("!{timestamp:yyyy'T}/")],
  ["an unknown namespace", /"date" is not a namespace/, withErrors("!{date:yyyy}/")],
  ["no processor", /processors has 0 processors/, processing()],
  [
    "six processors",
    /processors has 6 processors/,
    processing(...Array.from({ length: 6 }, () => delimiter)),
  ],
  ["two functions", /several processors of type Lambda/, processing("Lambda", "Lambda")],
  ["a processor that does not exist", /type is "Gunzip"; allowed: /, processing("Gunzip")],
  ["a file extension without a dot", /fileExtension is "json"/, { fileExtension: "json" }],
  ["a file extension in capitals", /fileExtension is ".JSON"/, { fileExtension: ".JSON" }],
  [
    "a file extension of 129 characters",
    /fileExtension is/,
    { fileExtension: `.${"x".repeat(128)}` },
  ],
  ["a name with a space", /^name is "events v2"/, {}, { name: "events v2" }],
  ["a name of 65 characters", /^name is/, {}, { name: "x".repeat(65) }],
  ["an empty name", /^name is ""/, {}, { name: "" }],
  ["an offset as time zone", /customTimeZone/, { customTimeZone: "+01:00" }],
  [
    "conversion with a small buffer",
    /bufferingSize is 5; allowed with conversion/,
    { dataFormatConversionConfiguration: {} },
  ],
  [
    "conversion with a compression",
    /compressionFormat is "GZIP"; allowed with/,
    { dataFormatConversionConfiguration: {}, bufferingSize: 64, compressionFormat: "GZIP" },
  ],
  [
    "dynamic partitioning with a small buffer",
    /bufferingSize is 5; allowed with dynamic/,
    { dynamicPartitioningConfiguration: { enabled: true } },
  ],
];

describe("the inputs of a delivery stream", () => {
  for (const [what, destination, more] of accepted) {
    it(`can be ${what}`, () => {
      assert.deepEqual(problemsOf(destination, more), { refusals: [], unsupported: [] });
    });
  }

  for (const [what, message, destination, more] of rejected) {
    it(`cannot be ${what}`, () => {
      const { refusals } = problemsOf(destination, more);
      assert.equal(refusals.length, 1, refusals.join("\n"));
      assert.match(refusals[0] ?? "", message);
    });
  }

  it("can have partition keys in the prefix of a delivery stream with dynamic partitioning", () => {
    const { refusals, unsupported } = problemsOf({
      ...withErrors("!{partitionKeyFromQuery:customer}/"),
      ...{ dynamicPartitioningConfiguration: { enabled: true }, bufferingSize: 64 },
    });
    assert.deepEqual(refusals, []);
    assert.equal(unsupported.length, 1);
  });
});
