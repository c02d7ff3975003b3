import { firehoseFileExtensionsAreValid } from "../../../policy/rules/firehose/firehoseFileExtensionsAreValid";
import { firehoseNamesAreValid } from "../../../policy/rules/firehose/firehoseNamesAreValid";
import { firehoseProcessorsAreValid } from "../../../policy/rules/firehose/firehoseProcessorsAreValid";
import { secret, unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { deliveryStream } from "./resources";

const named = (name: unknown) => ({ resources: deliveryStream({ name }) });
const invalidName = [/\nname is not 1 to 64 characters of a-z, A-Z, 0-9, _ \. and -: change it/];

export const firehoseNamesAreValidTable: PolicyTable = {
  policy: firehoseNamesAreValid,
  pass: {
    "a name of every allowed character": named("Az09_.-"),
    "a name of 64 characters": named("x".repeat(64)),
    "an absent name, which the provider chooses": named(undefined),
    "a secret name": named(secret("events")),
  },
  fail: {
    "an empty name": { ...named(""), messages: invalidName },
    "a name with a space": { ...named("events v2"), messages: invalidName },
    "a name of 65 characters": { ...named("x".repeat(65)), messages: invalidName },
    "a name with a line break at its end": { ...named("events\n"), messages: invalidName },
    "a secret name with a space": { ...named(secret("events v2")), messages: invalidName },
    "a name that is not a string": { ...named(3), messages: invalidName },
  },
  undecided: { "an unknown name": { ...named(unknown), what: "name" } },
};

const toS3 = (extendedS3Configuration: unknown) => ({
  resources: deliveryStream({ extendedS3Configuration }),
});
const path = "extendedS3Configuration";
const withExtension = (fileExtension: unknown) => toS3({ fileExtension });
const invalidExtension = [
  /fileExtension is not a dot with .* after it, at most 128 characters: ch/,
];
const noDestination = {
  "a delivery stream to another destination than S3": {
    resources: deliveryStream({ destination: "splunk" }),
    reason: /no S3 destination/,
  },
};

export const firehoseFileExtensionsAreValidTable: PolicyTable = {
  policy: firehoseFileExtensionsAreValid,
  pass: {
    "an absent file extension": toS3({}),
    "an empty file extension": withExtension(""),
    "a file extension of every allowed character": withExtension(".09az!-_.*'()"),
    "a file extension of 128 characters": withExtension(`.${"x".repeat(127)}`),
    "a secret file extension": withExtension(secret(".json")),
  },
  fail: {
    "a file extension without a dot": { ...withExtension("json"), messages: invalidExtension },
    "a file extension in capitals": { ...withExtension(".JSON"), messages: invalidExtension },
    "only a dot": { ...withExtension("."), messages: invalidExtension },
    "a file extension of 129 characters": {
      ...withExtension(`.${"x".repeat(128)}`),
      messages: invalidExtension,
    },
    "a secret file extension without a dot": {
      ...withExtension(secret("json")),
      messages: invalidExtension,
    },
    "a file extension that is not a string": { ...withExtension(3), messages: invalidExtension },
  },
  undecided: {
    "an unknown file extension": { ...withExtension(unknown), what: `${path}.fileExtension` },
  },
  notApplicable: noDestination,
};

const partitioned = { dynamicPartitioningConfiguration: { enabled: true } };
const processing = (
  processors: unknown,
  enabled: unknown = true,
  partitioning: object = partitioned,
) => toS3({ processingConfiguration: { enabled, processors }, ...partitioning });
const parameters: Readonly<Record<string, readonly string[]>> = {
  RecordDeAggregation: ["SubRecordType"],
  CloudWatchLogProcessing: ["DataMessageExtraction"],
  Lambda: ["LambdaArn"],
  MetadataExtraction: ["MetadataExtractionQuery", "JsonParsingEngine"],
};
const ofTypes = (...types: readonly unknown[]) =>
  types.map((type) => ({
    type,
    parameters: (parameters[String(type)] ?? []).map((parameterName) => ({
      parameterName,
      parameterValue: unknown,
    })),
  }));
const withParameters = (...names: readonly unknown[]) =>
  processing([
    { type: "MetadataExtraction", parameters: names.map((parameterName) => ({ parameterName })) },
  ]);
const delimiters = (count: number) =>
  ofTypes(...Array<string>(count).fill("AppendDelimiterToRecord"));
const processors = `${path}.processingConfiguration.processors`;

export const firehoseProcessorsAreValidTable: PolicyTable = {
  policy: firehoseProcessorsAreValid,
  pass: {
    "one processor": processing(delimiters(1)),
    "five processors": processing(delimiters(5)),
    "a processor of each type but one": processing(
      ofTypes(
        ...["RecordDeAggregation", "Decompression", "CloudWatchLogProcessing", "Lambda"],
        "MetadataExtraction",
      ),
    ),
    "a secret processor": processing(secret(delimiters(1))),
    "valid processors with an unknown flag": processing(delimiters(1), unknown),
    "processors of another destination": {
      resources: deliveryStream({
        splunkConfiguration: {
          processingConfiguration: { enabled: true, processors: ofTypes("Lambda") },
        },
      }),
    },
  },
  fail: {
    "no processor": {
      ...processing([]),
      messages: [/processors has 0 processors: set 1 to 5, or/],
    },
    "absent processors": { ...processing(undefined), messages: [/has 0 processors/] },
    "six processors": { ...processing(delimiters(6)), messages: [/has 6 processors/] },
    "a type that does not exist": {
      ...processing(ofTypes("Gunzip")),
      messages: [/processors\.type is not one of RecordDeAggregation, .*: correct it/],
    },
    "a processor without a parameter that it requires": {
      ...withParameters("JsonParsingEngine"),
      messages: [
        /\[0\]\.parameters has no MetadataExtractionQuery, which a processor of type Meta/,
      ],
    },
    "no processor of another destination": {
      resources: deliveryStream({
        httpEndpointConfiguration: { processingConfiguration: { enabled: true, processors: [] } },
      }),
      messages: [/httpEndpointConfiguration\.processingConfiguration\.processors has 0 processors/],
    },
    "processors that require dynamic partitioning": {
      ...processing(ofTypes("RecordDeAggregation", "MetadataExtraction"), true, {}),
      messages: [
        /has MetadataExtraction and RecordDeAggregation without dynamic partitioning: set dynamicP/,
      ],
    },
    "messages of logs that are not decompressed": {
      ...processing(ofTypes("CloudWatchLogProcessing")),
      messages: [/has CloudWatchLogProcessing without Decompression, whose output it reads: add/],
    },
    "two functions": {
      ...processing(ofTypes("Lambda", "Lambda")),
      messages: [/has several processors of type Lambda: keep one/],
    },
  },
  undecided: {
    "unknown processors": { ...processing(unknown), what: processors },
    "a processor of an unknown type": {
      ...processing(ofTypes(unknown, "Lambda")),
      what: `${processors}.type`,
    },
    "unknown types, while reporting the others": {
      ...processing(ofTypes(unknown, "Gunzip")),
      what: `${processors}.type`,
      messages: [/is not one of/],
    },
    "an unknown parameter that may be the required one": {
      ...withParameters("JsonParsingEngine", unknown),
      what: `${processors}[0].parameters`,
    },
    "a processor that requires an unknown flag": {
      ...processing(ofTypes("MetadataExtraction"), true, {
        dynamicPartitioningConfiguration: { enabled: unknown },
      }),
      what: `${path}.dynamicPartitioningConfiguration.enabled`,
    },
    "messages of logs that an unknown processor may decompress": {
      ...processing(ofTypes("CloudWatchLogProcessing", unknown)),
      what: `${processors}.type`,
    },
    "six processors with an unknown flag": {
      ...processing(delimiters(6), unknown),
      what: `${path}.processingConfiguration.enabled`,
    },
  },
  notApplicable: {
    "processing that is not enabled": {
      ...processing(delimiters(6), false),
      reason: /processes no records/,
    },
    "a delivery stream without processing": { ...toS3({}), reason: /processes no records/ },
  },
  anyValuePasses: [`${processors}.parameters.parameterValue`],
};
