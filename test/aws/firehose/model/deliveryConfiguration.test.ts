import assert from "node:assert/strict";
import { deliveryConfiguration } from "../../../../aws/firehose/model/deliveryConfiguration";
import {
  type GraphResource,
  type Properties,
  type PropertyValue,
  Secret,
  Unknown,
} from "../../../../engine/graph/resourceGraph";
import { deliveryStreamResource } from "../../../local/support/graph";

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
      arn: "arn:aws-cn:firehose:cn-north-1:123456789012:deliverystream/events",
      source: {
        name: "my.stream-1",
        region: "cn-north-1",
        arn: "arn:aws-cn:kinesis:cn-north-1:123456789012:stream/my.stream-1",
        roleArn: "arn:aws:iam::123456789012:role/r",
      },
      bucket: "my-lake",
      bucketArn: "arn:aws:s3:::my-lake",
      roleArn: "arn:aws:iam::123456789012:role/r",
      prefix: "",
      errorPrefix: "",
      bufferBytes: 5 * 1024 * 1024,
      bufferSeconds: 300,
      compression: "UNCOMPRESSED",
      fileExtension: "",
      timeZone: "UTC",
      newlineDelimiter: false,
      processors: [],
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
        cloudwatchLoggingOptions: {
          enabled: true,
          logGroupName: "/aws/kinesisfirehose/events",
          logStreamName: "DestinationDelivery",
        },
        dynamicPartitioningConfiguration: { enabled: false },
        s3BackupMode: "Disabled",
        processingConfiguration: {
          enabled: true,
          processors: [
            { type: "AppendDelimiterToRecord", parameters: [] },
            { type: "Decompression" },
          ],
        },
      },
      { name: "events-4f3a2b1", tags: { team: "lake" } },
    );
    const { source, bucket, bucketArn, roleArn, arn, ...settings } =
      deliveryConfiguration(declared);
    assert.deepEqual(
      [source.name, bucket, bucketArn, roleArn, arn],
      [
        "my.stream-1",
        "my-lake",
        "arn:aws:s3:::my-lake",
        "arn:aws:iam::123456789012:role/r",
        "arn:aws-cn:firehose:cn-north-1:123456789012:deliverystream/events-4f3a2b1",
      ],
    );
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
      kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/k",
      errorLog: {
        logGroupName: "/aws/kinesisfirehose/events",
        logStreamName: "DestinationDelivery",
      },
      processors: [{ type: "Decompression" }],
    });
  });

  it("logs nothing without its consent", () => {
    const options = { enabled: false, logGroupName: "group", logStreamName: "stream" };
    const { errorLog } = deliveryConfiguration(resource({ cloudwatchLoggingOptions: options }));
    assert.equal(errorLog, undefined);
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
      [
        "other compressions",
        resource({ compressionFormat: "snappy" }),
        /compressionFormat is "snappy"; allowed: .*Snappy/,
      ],
      ["no role", resource({ roleArn: null }), /extendedS3Configuration\.roleArn is not set/],
      [
        "a log without a name",
        resource({ cloudwatchLoggingOptions: { enabled: true, logGroupName: "group" } }),
        /logStreamName is not set, although logging is enabled/,
      ],
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
        "a prefix in which Java releases differ",
        resource({ prefix: "raw/!{timestamp:LLL}/", errorOutputPrefix: "e/" }),
        /\.prefix has "LLL", which is not evaluated on this machine: .*"MMM"/,
      ],
      [
        "an error prefix in which Java releases differ",
        resource({
          errorOutputPrefix: "!{firehose:error-output-type}/!{timestamp:z}/",
          customTimeZone: "Asia/Dubai",
        }),
        /errorOutputPrefix has "z".*name of Asia\/Dubai/,
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
      compressionFormat: "LZ4",
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
