import assert from "node:assert/strict";
import { deliveryConfiguration } from "../../../../local/aws/firehose/deliveryConfiguration";
import {
  type GraphResource,
  type Properties,
  type PropertyValue,
  Secret,
  Unknown,
} from "../../../../local/engine/resourceGraph";
import { deliveryStreamResource } from "../support/graph";

const minimal = { bucketArn: "arn:aws:s3:::my-lake", roleArn: "arn:aws:iam::123456789012:role/r" };

function resource(destination: Properties, more: Properties = {}): GraphResource {
  return deliveryStreamResource("events", {
    destination: "extended_s3",
    kinesisSourceConfiguration: {
      kinesisStreamArn: "arn:aws-cn:kinesis:cn-north-1:123456789012:stream/my.stream-1",
      roleArn: "arn:aws:iam::123456789012:role/r",
    },
    extendedS3Configuration: { ...minimal, ...destination },
    ...more,
  });
}

describe("deliveryConfiguration", () => {
  it("fills in the provider's defaults", () => {
    assert.deepEqual(deliveryConfiguration(resource({})), {
      name: "events",
      source: { name: "my.stream-1", region: "cn-north-1" },
      bucket: "my-lake",
      prefix: "",
      errorPrefix: "",
      bufferBytes: 5 * 1024 * 1024,
      bufferSeconds: 300,
      compression: "UNCOMPRESSED",
      fileExtension: "",
      timeZone: "UTC",
      newlineDelimiter: false,
    });
  });

  it("takes over what is declared", () => {
    const declared = resource(
      {
        prefix: "raw/!{timestamp:yyyy}/",
        errorOutputPrefix: "errors/!{firehose:error-output-type}/",
        bufferingSize: 64,
        bufferingInterval: 0,
        compressionFormat: "GZIP",
        customTimeZone: "Europe/Berlin",
        kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/k",
        cloudwatchLoggingOptions: { enabled: true },
        dynamicPartitioningConfiguration: { enabled: false },
        s3BackupMode: "Disabled",
        processingConfiguration: {
          enabled: true,
          processors: [{ type: "AppendDelimiterToRecord", parameters: [] }],
        },
      },
      { name: "events-4f3a2b1", tags: { team: "lake" } },
    );
    const { source, bucket, ...settings } = deliveryConfiguration(declared);
    assert.deepEqual([source.name, bucket], ["my.stream-1", "my-lake"]);
    assert.deepEqual(settings, {
      name: "events-4f3a2b1",
      prefix: "raw/!{timestamp:yyyy}/",
      errorPrefix: "errors/!{firehose:error-output-type}/",
      bufferBytes: 64 * 1024 * 1024,
      bufferSeconds: 0,
      compression: "GZIP",
      fileExtension: ".gz",
      timeZone: "Europe/Berlin",
      newlineDelimiter: true,
    });
  });

  it("replaces the extension, and takes an empty one for none given", () => {
    const extension = (fileExtension: string) =>
      deliveryConfiguration(resource({ compressionFormat: "GZIP", fileExtension })).fileExtension;
    assert.equal(extension(".json.gz"), ".json.gz");
    assert.equal(extension(""), ".gz");
  });

  it("lets processors rest that are not enabled", () => {
    const processingConfiguration = { processors: [{ type: "AppendDelimiterToRecord" }] };
    const { newlineDelimiter } = deliveryConfiguration(resource({ processingConfiguration }));
    assert.equal(newlineDelimiter, false);
  });

  it("reads secrets", () => {
    const secret = resource({ prefix: new Secret("hidden/"), errorOutputPrefix: "errors/" });
    assert.equal(deliveryConfiguration(secret).prefix, "hidden/");
  });

  describe("refuses", () => {
    const processors = (...types: readonly string[]): PropertyValue => ({
      enabled: true,
      processors: types.map((type) => ({ type })),
    });
    const cases: readonly [string, GraphResource, RegExp][] = [
      [
        "another destination",
        resource({}, { destination: "redshift" }),
        /destination is "redshift"/,
      ],
      [
        "another source",
        resource({}, { mskSourceConfiguration: {} }),
        /mskSourceConfiguration is not/,
      ],
      [
        "no source",
        resource({}, { kinesisSourceConfiguration: null }),
        /kinesisStreamArn is not set/,
      ],
      [
        "a bucket that is no ARN",
        resource({ bucketArn: "my-lake" }),
        /bucketArn: "my-lake" is not the ARN/,
      ],
      [
        "what only a deployment knows",
        resource({ bucketArn: new Unknown() }),
        /bucketArn is not known/,
      ],
      ["a wrong type", resource({ bufferingSize: "5" }), /bufferingSize must be a number/],
      [
        "a size out of range",
        resource({ bufferingSize: 129 }),
        /bufferingSize is 129; allowed: .*1 to/,
      ],
      [
        "an interval out of range",
        resource({ bufferingInterval: 901 }),
        /bufferingInterval is 901/,
      ],
      ["other compressions", resource({ compressionFormat: "ZIP" }), /compressionFormat is "ZIP"/],
      [
        "dynamic partitioning",
        resource({ dynamicPartitioningConfiguration: { enabled: true } }),
        /dynamic part/,
      ],
      ["format conversion", resource({ dataFormatConversionConfiguration: {} }), /Parquet and ORC/],
      ["source backup", resource({ s3BackupMode: "Enabled" }), /s3BackupMode asks for backup/],
      [
        "other processors",
        resource({ processingConfiguration: processors("Lambda") }),
        /processor Lambda/,
      ],
      [
        "encryption of its own",
        resource({}, { serverSideEncryption: { enabled: true } }),
        /beside a Kinesis/,
      ],
      [
        "what it has never heard of",
        resource({ newThing: 1 }),
        /extendedS3Configuration.newThing is not/,
      ],
      [
        "a broken prefix",
        resource({ prefix: "!{x}/", errorOutputPrefix: "errors/" }),
        /\.prefix has "!{x}"/,
      ],
      [
        "a broken error prefix",
        resource({ errorOutputPrefix: "!{timestamp:yyyy}/" }),
        /errorOutputPrefix has exp/,
      ],
      [
        "a prefix with month names",
        resource({ prefix: "raw/!{timestamp:MMM}/", errorOutputPrefix: "e/" }),
        /"MMM", which is not evaluated/,
      ],
      [
        "an unknown time zone",
        resource({ customTimeZone: "Mars/Base" }),
        /"Mars\/Base" is not known/,
      ],
    ];
    for (const [what, declared, message] of cases) {
      it(what, () => {
        assert.throws(() => deliveryConfiguration(declared), message);
      });
    }
  });

  it("names everything that is wrong in one error, each thing once", () => {
    const broken = resource({
      bufferingSize: 0,
      compressionFormat: "Snappy",
      customTimeZone: new Unknown(),
      processingConfiguration: { enabled: true, processors: [{ type: "RecordDeAggregation" }] },
    });
    assert.throws(
      () => deliveryConfiguration(broken),
      (error: Error) => {
        const [title, ...problems] = error.message.split("\n");
        assert.equal(title, "The delivery stream events cannot run on this machine:");
        assert.equal(problems.length, 4);
        return true;
      },
    );
  });
});
