import assert from "node:assert/strict";
import {
  deliveryConfiguration,
  type DeliveryConfiguration,
  expectsGzipRecords,
  producersCompress,
} from "../../../../aws/firehose/model/deliveryConfiguration";
import { readDeliveryStream } from "../../../../aws/firehose/model/deliveryStream";
import {
  type GraphResource,
  type Properties,
  type PropertyValue,
  Secret,
  Unknown,
} from "../../../../engine/graph/resourceGraph";
import { deliveryStreamResource } from "../../../local/support/graph";
import { conversion } from "../support/inputs";

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

function configurationOf(declared: GraphResource): DeliveryConfiguration {
  return deliveryConfiguration(readDeliveryStream(declared));
}

describe("deliveryConfiguration", () => {
  it("uses the provider's defaults for inputs that are not set", () => {
    assert.deepEqual(configurationOf(resource({})), {
      name: "events",
      arn: "arn:aws-cn:firehose:cn-north-1:123456789012:deliverystream/events",
      source: {
        type: "kinesis",
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

  it("reads a delivery stream without a source, to which producers put records", () => {
    const arn = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/events";
    const keyArn = "arn:aws:kms:eu-west-1:123456789012:key/k";
    const directPut = (serverSideEncryption: Properties): DeliveryConfiguration =>
      configurationOf({
        ...resource({}, { kinesisSourceConfiguration: null, serverSideEncryption }),
        outputs: { arn },
      });
    const plain = directPut({ enabled: false, keyType: "CUSTOMER_MANAGED_CMK", keyArn });
    assert.deepEqual(plain.source, { type: "direct-put", region: "eu-west-1" });
    assert.deepEqual([plain.arn, plain.serverSideEncryption], [arn, undefined]);
    assert.deepEqual(directPut({ enabled: true }).serverSideEncryption, {
      keyType: "AWS_OWNED_CMK",
    });
    const customerManaged = { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn };
    assert.deepEqual(directPut(customerManaged).serverSideEncryption, {
      keyType: "CUSTOMER_MANAGED_CMK",
      keyArn,
    });
    assert.throws(
      () => directPut({ enabled: true, keyType: "CUSTOMER_MANAGED_CMK" }),
      /serverSideEncryption.keyArn is not set, although keyType is CUSTOMER_MANAGED_CMK/,
    );
    assert.throws(
      () => directPut({ enabled: true, keyType: "MINE" }),
      /serverSideEncryption.keyType is "MINE"; allowed: AWS_OWNED_CMK, CUSTOMER_MANAGED_CMK/,
    );
  });

  it("reads a backup as a delivery stream without a source and features, with its own extension in UTC", () => {
    const { backup, ...settings } = configurationOf(
      resource({
        ...{ prefix: "raw/", customTimeZone: "Europe/Berlin", fileExtension: ".json" },
        processingConfiguration: {
          enabled: true,
          processors: [{ type: "AppendDelimiterToRecord" }, { type: "Decompression" }],
        },
        s3BackupMode: "Enabled",
        s3BackupConfiguration: {
          bucketArn: "arn:aws:s3:::my-backup",
          roleArn: "arn:aws:iam::123456789012:role/backup",
          ...{ prefix: "source/", bufferingSize: 2, compressionFormat: "GZIP" },
        },
      }),
    );
    assert.deepEqual(backup, {
      name: settings.name,
      arn: settings.arn,
      source: { type: "direct-put", region: "cn-north-1" },
      bucket: "my-backup",
      bucketArn: "arn:aws:s3:::my-backup",
      roleArn: "arn:aws:iam::123456789012:role/backup",
      ...{ prefix: "source/", errorPrefix: "", bufferBytes: 2 * 1024 * 1024, bufferSeconds: 300 },
      ...{ compression: "GZIP", fileExtension: ".gz", timeZone: "UTC" },
      ...{ newlineDelimiter: false, processors: [] },
    });
    assert.equal(configurationOf(resource({ s3BackupMode: "Disabled" })).backup, undefined);
  });

  it("reads all declared inputs", () => {
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
    const { source, bucket, bucketArn, roleArn, arn, ...settings } = configurationOf(declared);
    assert.deepEqual(
      [source.type === "kinesis" && source.name, bucket, bucketArn, roleArn, arn],
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

  it("has no error log while logging is disabled", () => {
    const options = { enabled: false, logGroupName: "group", logStreamName: "stream" };
    const { errorLog } = configurationOf(resource({ cloudwatchLoggingOptions: options }));
    assert.equal(errorLog, undefined);
  });

  it("replaces the file extension, and uses the default for an empty one", () => {
    const extension = (fileExtension: string) =>
      configurationOf(resource({ compressionFormat: "GZIP", fileExtension })).fileExtension;
    assert.equal(extension(".json.gz"), ".json.gz");
    assert.equal(extension(""), ".gz");
  });

  it("ignores processors that are not enabled", () => {
    const processingConfiguration = { processors: [{ type: "AppendDelimiterToRecord" }] };
    const { newlineDelimiter } = configurationOf(resource({ processingConfiguration }));
    assert.equal(newlineDelimiter, false);
  });

  it("reads secret inputs", () => {
    const secret = resource({ prefix: new Secret("hidden/"), errorOutputPrefix: "errors/" });
    assert.equal(configurationOf(secret).prefix, "hidden/");
  });

  describe("with invalid or unsupported inputs", () => {
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
        resource({}, { kinesisSourceConfiguration: null, mskSourceConfiguration: {} }),
        /mskSourceConfiguration is not/,
      ],
      [
        "two sources",
        resource({}, { mskSourceConfiguration: {} }),
        /mskSourceConfiguration cannot be combined/,
      ],
      [
        "no source and an ARN that is unknown before a deployment",
        resource({}, { kinesisSourceConfiguration: null }),
        /arn is unknown until deployment/,
      ],
      [
        "encryption of a delivery stream that reads a stream",
        resource({}, { serverSideEncryption: { enabled: true } }),
        /serverSideEncryption cannot be combined with a Kinesis source/,
      ],
      [
        "a bucket ARN that is not an ARN",
        resource({ bucketArn: "my-lake" }),
        /bucketArn is "my-lake"; allowed: the ARN/,
      ],
      [
        "a value that is unknown before a deployment",
        resource({ bucketArn: new Unknown() }),
        /bucketArn is unknown until deployment/,
      ],
      [
        "a buffer size that is not a number",
        resource({ bufferingSize: "5" }),
        /bufferingSize must be a number/,
      ],
      [
        "a buffer size above 128 MiB",
        resource({ bufferingSize: 129 }),
        /bufferingSize is 129; allowed: .*1 to/,
      ],
      [
        "a buffer interval above 900 seconds",
        resource({ bufferingInterval: 901 }),
        /bufferingInterval is 901/,
      ],
      [
        "a compression with the wrong case",
        resource({ compressionFormat: "snappy" }),
        /compressionFormat is "snappy"; allowed: .*Snappy/,
      ],
      [
        "a missing role",
        resource({ roleArn: null }),
        /extendedS3Configuration\.roleArn is not set/,
      ],
      [
        "an error log without a log stream name",
        resource({ cloudwatchLoggingOptions: { enabled: true, logGroupName: "group" } }),
        /logStreamName is not set, although logging is enabled/,
      ],
      [
        "dynamic partitioning",
        resource({ dynamicPartitioningConfiguration: { enabled: true } }),
        /dynamic part/,
      ],
      [
        "conversion to ORC",
        resource({
          bufferingSize: 64,
          dataFormatConversionConfiguration: {
            ...conversion,
            outputFormatConfiguration: { serializer: { orcSerDe: {} } },
          },
        }),
        /requires conversion to ORC, which the local delivery engine does not write. To run it/,
      ],
      [
        "a backup without its configuration",
        resource({ s3BackupMode: "Enabled" }),
        /s3BackupConfiguration is not set, although s3BackupMode is "Enabled"/,
      ],
      [
        "a function without its ARN",
        resource({ processingConfiguration: processors("Lambda") }),
        /has no LambdaArn/,
      ],
      [
        "server-side encryption with a Kinesis source",
        resource({}, { serverSideEncryption: { enabled: true } }),
        /cannot be combined with a Kinesis/,
      ],
      [
        "an input that does not exist",
        resource({ newThing: 1 }),
        /extendedS3Configuration.newThing is not/,
      ],
      [
        "an invalid prefix",
        resource({ prefix: "!{x}/", errorOutputPrefix: "errors/" }),
        /\.prefix has "!{x}"/,
      ],
      [
        "an invalid error prefix",
        resource({ errorOutputPrefix: "!{timestamp:yyyy}/" }),
        /errorOutputPrefix has exp/,
      ],
      [
        "a prefix that Java releases evaluate differently",
        resource({ prefix: "raw/!{timestamp:LLL}/", errorOutputPrefix: "e/" }),
        /\.prefix has "LLL", which is not evaluated on this machine: .*"MMM"/,
      ],
      [
        "an error prefix that Java releases evaluate differently",
        resource({
          errorOutputPrefix: "!{firehose:error-output-type}/!{timestamp:z}/",
          customTimeZone: "Asia/Dubai",
        }),
        /errorOutputPrefix has "z".*name of Asia\/Dubai/,
      ],
      [
        "an unknown time zone",
        resource({ customTimeZone: "Mars/Base" }),
        /customTimeZone is "Mars\/Base"; allowed: UTC/,
      ],
    ];
    for (const [what, declared, message] of cases) {
      it(`rejects ${what}`, () => {
        assert.throws(() => configurationOf(declared), message);
      });
    }
  });

  it("reports all problems in one error, each once", () => {
    const broken = resource({
      bufferingSize: 0,
      compressionFormat: "LZ4",
      customTimeZone: new Unknown(),
      processingConfiguration: {
        enabled: true,
        processors: [
          {
            type: "Lambda",
            parameters: [{ parameterName: "LambdaArn", parameterValue: "clean" }],
          },
        ],
      },
    });
    assert.throws(
      () => configurationOf(broken),
      (error: Error) => {
        const [title, ...problems] = error.message.split("\n");
        assert.equal(title, "The delivery stream events cannot run on this machine:");
        assert.deepEqual(
          problems.map((problem) => /^ {2}extendedS3Configuration\.(\S+) /.exec(problem)?.[1]),
          [
            ...["bufferingSize", "compressionFormat"],
            ...["processingConfiguration.processors.0.parameters", "customTimeZone"],
          ],
        );
        return true;
      },
    );
  });
});

describe("expectsGzipRecords", () => {
  const packed = { compressionFormat: "UNCOMPRESSED", fileExtension: ".json.gz" };
  const processing = (...processors: Properties[]): Properties => ({
    processingConfiguration: { enabled: true, processors },
  });
  const decompression = {
    type: "Decompression",
    parameters: [{ parameterName: "CompressionFormat", parameterValue: "GZIP" }],
  };
  const expects = (destination: Properties): boolean =>
    expectsGzipRecords(configurationOf(resource(destination)));

  it("is true for .gz objects that Firehose only joins", () => {
    assert.equal(expects(packed), true);
    assert.equal(expects({ fileExtension: ".gz" }), true);
    const disabled = { enabled: false, processors: [decompression] };
    assert.equal(expects({ ...packed, processingConfiguration: disabled }), true);
  });

  for (const [what, destination] of [
    ["without an extension", { fileExtension: "" }],
    ["with another extension", { ...packed, fileExtension: ".json" }],
    ["that Firehose compresses", { ...packed, compressionFormat: "GZIP" }],
    [
      "with newlines between records",
      { ...packed, ...processing({ type: "AppendDelimiterToRecord" }) },
    ],
    ["of records that Firehose decompresses", { ...packed, ...processing(decompression) }],
  ] as const)
    it(`is false for objects ${what}`, () => {
      assert.equal(expects(destination), false);
    });

  it("is part of producersCompress, as are records that Firehose decompresses", () => {
    const compressed = (destination: Properties): boolean =>
      producersCompress(configurationOf(resource(destination)));
    assert.equal(compressed(packed), true);
    assert.equal(compressed(processing(decompression)), true);
    assert.equal(compressed({}), false);
  });
});
