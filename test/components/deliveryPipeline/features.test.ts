import assert from "node:assert/strict";
import { DeliveryPipeline, type DeliveryPipelineArgs } from "../../../components/index";
import { record } from "../../support/record";
import {
  columns,
  destinationOf,
  features,
  functionArn,
  modelOf,
  tableArn,
} from "../support/features";
import { allChildren, children, component, existing, pipeline } from "../support/recordedPipeline";

/** The children that a pipeline has in addition to those of every pipeline. */
async function added(args: DeliveryPipelineArgs): Promise<string[]> {
  return children(await pipeline(args)).filter((child) => !allChildren.includes(child));
}

const processorsOf = async (args: DeliveryPipelineArgs) => {
  const { processingConfiguration } = destinationOf(await pipeline(args)) as {
    processingConfiguration?: { processors: { type: string; parameters?: Parameter[] }[] };
  };
  return (processingConfiguration?.processors ?? []).map(({ type, parameters = [] }) => ({
    type,
    ...Object.fromEntries(parameters.map((one) => [one.parameterName, one.parameterValue])),
  }));
};

interface Parameter {
  readonly parameterName: string;
  readonly parameterValue: string;
}

describe("DeliveryPipeline with partitions", () => {
  it("extracts the keys with jq, and has them in the prefix", async () => {
    const recording = await pipeline({
      partitioning: { keys: { customer: ".customer", day: '.time | split("T")[0]' } },
    });
    const destination = destinationOf(recording);
    assert.deepEqual(destination["dynamicPartitioningConfiguration"], {
      enabled: true,
      retryDuration: 300,
    });
    assert.equal(
      destination["prefix"],
      "raw/events/customer=!{partitionKeyFromQuery:customer}/day=!{partitionKeyFromQuery:day}/!{timestamp:yyyy/MM/dd}/",
    );
    assert.deepEqual(destination["processingConfiguration"], {
      enabled: true,
      processors: [
        {
          type: "MetadataExtraction",
          parameters: [
            {
              parameterName: "MetadataExtractionQuery",
              parameterValue: '{customer:.customer,day:(.time | split("T")[0])}',
            },
            { parameterName: "JsonParsingEngine", parameterValue: "JQ-1.6" },
          ],
        },
        { type: "AppendDelimiterToRecord" },
      ],
    });
  });

  it("has no partitioning block without keys, which would replace the delivery stream", async () => {
    for (const args of [{}, { partitioning: { keys: {} } }, features.backup])
      assert.ok(!("dynamicPartitioningConfiguration" in destinationOf(await pipeline(args))));
  });

  it("splits records before it extracts the keys", async () => {
    const split = (splitRecords: string) =>
      processorsOf({ partitioning: { ...features.partitioning.partitioning, splitRecords } });
    const [json] = await split("json");
    assert.deepEqual(json, { type: "RecordDeAggregation", SubRecordType: "JSON" });
    const [delimited] = await split("####");
    assert.deepEqual(delimited, {
      ...{ type: "RecordDeAggregation", SubRecordType: "DELIMITED", Delimiter: "IyMjIw==" },
    });
  });

  it("fails a preview with a single error if jq 1.6 does not compile an expression", async () => {
    const build = () =>
      new DeliveryPipeline("events", { partitioning: { keys: { a: "if .a then .b end" } } });
    await assert.rejects(
      record(build, { preview: true }),
      /^Error: DeliveryPipeline "events" has 1 problem in its args:\n\n {2}partitioning\.keys\.a has if without else/,
    );
  });
});

describe("DeliveryPipeline with a function", () => {
  it("leaves out parameters that equal AWS's defaults", async () => {
    const parameters = async (transform: NonNullable<DeliveryPipelineArgs["transform"]>) => {
      const [first] = await processorsOf({ transform: { functionArn, ...transform } });
      return first;
    };
    const lambda = { type: "Lambda", LambdaArn: functionArn };
    assert.deepEqual(await parameters({}), lambda);
    const same = { retries: 3, bufferSizeMiB: 1, bufferIntervalSeconds: 60 };
    assert.deepEqual(await parameters(same), lambda);
    assert.deepEqual(await parameters({ retries: 0 }), { ...lambda, NumberOfRetries: "0" });
    assert.deepEqual(await parameters({ bufferSizeMiB: 0.2 }), {
      ...lambda,
      ...{ BufferSizeInMBs: "0.2", BufferIntervalInSeconds: "60" },
    });
  });

  it("has the keys that the function returns in the prefix", async () => {
    const recording = await pipeline({ transform: { functionArn, partitionKeys: ["tenant"] } });
    const { prefix, dynamicPartitioningConfiguration } = destinationOf(recording);
    assert.match(String(prefix), /^raw\/events\/tenant=!\{partitionKeyFromLambda:tenant\}\//);
    assert.ok(dynamicPartitioningConfiguration !== undefined);
    assert.deepEqual(modelOf(recording).refusals, []);
  });
});

describe("DeliveryPipeline with a conversion", () => {
  it("declares a database and a table of AWS Glue that Athena reads", async () => {
    const recording = await pipeline({ ...features.conversion, ...features.partitioning });
    assert.deepEqual(
      children(recording).filter((child) => child.startsWith("aws:glue")),
      [
        "aws:glue/catalogDatabase:CatalogDatabase events",
        "aws:glue/catalogTable:CatalogTable events",
      ],
    );
    const { inputs, protect } = recording.one("aws:glue/catalogTable:CatalogTable");
    assert.equal(protect, true);
    const template = "s3://events/raw/events/customer=${customer_2}/${day}/";
    assert.deepEqual(
      { ...inputs, description: undefined, parameters: undefined },
      {
        databaseName: "events_test",
        name: "events",
        description: undefined,
        tableType: "EXTERNAL_TABLE",
        parameters: undefined,
        partitionKeys: [
          {
            ...{ name: "customer_2", type: "string" },
            comment: "partition key customer; each query must compare it with a value",
          },
          {
            name: "day",
            type: "string",
            comment: "yyyy/MM/dd of arrival in UTC, at most 3650 days ago",
          },
        ],
        storageDescriptor: {
          location: "s3://events/raw/events/",
          columns,
          inputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
          outputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
          serDeInfo: {
            serializationLibrary: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
          },
        },
      },
    );
    const parameters = inputs["parameters"] as Record<string, string>;
    assert.equal(parameters["classification"], "parquet");
    assert.equal(parameters["projection.customer_2.type"], "injected");
    assert.equal(parameters["storage.location.template"], template);
    const sql = recording.outputs(component)["athenaTable"] as string;
    assert.match(
      sql,
      /^CREATE EXTERNAL TABLE IF NOT EXISTS `events_test`\.`events` \(\n {2}`customer` string,\n {2}`amount` decimal\(10,2\)\n\)/,
    );
    assert.match(sql, /\nSTORED AS PARQUET\n/);
    const { athenaDatabaseName, athenaTableName } = recording.outputs(component);
    assert.deepEqual([athenaDatabaseName, athenaTableName], ["events_test", "events"]);
  });

  it("converts with the columns of that table, uncompressed outside and without delimiters", async () => {
    const destination = destinationOf(await pipeline(features.conversion));
    const { compressionFormat, fileExtension, processingConfiguration } = destination;
    assert.deepEqual(
      { compressionFormat, fileExtension, processingConfiguration },
      {
        ...{ compressionFormat: "UNCOMPRESSED", fileExtension: ".parquet" },
        processingConfiguration: undefined,
      },
    );
    assert.deepEqual(destination["dataFormatConversionConfiguration"], {
      enabled: true,
      inputFormatConfiguration: {
        deserializer: {
          openXJsonSerDe: { caseInsensitive: true, convertDotsInJsonKeysToUnderscores: false },
        },
      },
      outputFormatConfiguration: {
        serializer: {
          parquetSerDe: {
            compression: "SNAPPY",
            enableDictionaryCompression: false,
            blockSizeBytes: 268_435_456,
            pageSizeBytes: 1_048_576,
            maxPaddingBytes: 0,
            writerVersion: "V1",
          },
        },
      },
      schemaConfiguration: {
        databaseName: "events_test",
        tableName: "events",
        roleArn: "arn:aws:iam::123456789012:role/events-delivery",
      },
    });
  });

  it("converts to ORC with an existing table and Hive's reader", async () => {
    const recording = await pipeline({
      conversion: {
        ...{ tableArn, from: "hive", to: "orc" },
        hive: { timestampFormats: ["millis"] },
        orc: { bloomFilterColumns: ["customer"] },
      },
    });
    assert.deepEqual(await added({ conversion: { tableArn } }), [
      "aws:cloudwatch/metricAlarm:MetricAlarm events-failed-conversions",
    ]);
    const { s3, refusals } = modelOf(recording);
    assert.deepEqual(refusals, []);
    assert.deepEqual(s3?.formatConversion, {
      from: { type: "HiveJson", timestampFormats: ["millis"] },
      to: {
        ...{ type: "Orc", compression: "SNAPPY", formatVersion: "V0_12" },
        ...{ blockSizeBytes: 268_435_456, stripeSizeBytes: 67_108_864, rowIndexStride: 10_000 },
        ...{ enablePadding: false, paddingTolerance: 0.05, dictionaryKeyThreshold: 0 },
        ...{ bloomFilterColumns: ["customer"], bloomFilterFalsePositiveProbability: 0.05 },
      },
      table: {
        ...{ databaseName: "lake", tableName: "clicks", versionId: "LATEST" },
        ...{ catalogId: "123456789012", region: "us-east-1" },
        roleArn: "arn:aws:iam::123456789012:role/events-delivery",
      },
    });
    assert.equal(destinationOf(recording)["fileExtension"], ".orc");
    assert.match(
      recording.outputs(component)["athenaTable"] as string,
      /^-- Athena reads the data as "lake"\."clicks", if s3:\/\/events\/raw\/events\/ is/,
    );
    const { athenaDatabaseName, athenaTableName } = recording.outputs(component);
    assert.deepEqual([athenaDatabaseName, athenaTableName], ["lake", "clicks"]);
  });
});

describe("DeliveryPipeline with a backup", () => {
  it("creates a bucket with all safeguards of the lake's, before the delivery stream", async () => {
    const recording = await pipeline({ ...features.backup, bucket: { accessLogs: true } });
    const safeguards = children(recording).filter((child) =>
      /^aws:s3\/bucket.* events-backup$/.test(child),
    );
    const ofLake = children(recording).filter((child) => /^aws:s3\/bucket.* events$/.test(child));
    assert.deepEqual(
      safeguards,
      ofLake.map((child) => `${child}-backup`),
    );
    const { dependencies } = recording.one(
      "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
    );
    for (const child of safeguards.filter((one) => !/Logging|:Bucket /.test(one))) {
      const [type = "", name] = child.split(" ");
      const { urn, protect } = recording.one(type, name);
      assert.equal(protect, true);
      assert.ok(dependencies.includes(urn), child);
    }
    const logs = recording.document("aws:s3/bucketPolicy:BucketPolicy", "events-access-logs");
    assert.match(
      JSON.stringify(logs),
      /"aws:SourceArn":\["arn:aws:s3:::events","arn:aws:s3:::events-backup"\]/,
    );
  });

  it("stores source records under their own prefix, encrypted with the pipeline's key", async () => {
    const recording = await pipeline(features.backup);
    const destination = destinationOf(recording);
    assert.equal(destination["s3BackupMode"], "Enabled");
    assert.deepEqual(destination["s3BackupConfiguration"], {
      bucketArn: "arn:aws:s3:::events-backup",
      roleArn: "arn:aws:iam::123456789012:role/events-delivery",
      prefix: "backup/events/!{timestamp:yyyy/MM/dd}/",
      errorOutputPrefix:
        "backup-errors/events/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/",
      bufferingSize: 64,
      bufferingInterval: 300,
      compressionFormat: "GZIP",
      kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/events",
      cloudwatchLoggingOptions: {
        enabled: true,
        logGroupName: "/aws/kinesisfirehose/events-test",
        logStreamName: "BackupDelivery",
      },
    });
  });

  it("uses an existing bucket without any change to it", async () => {
    assert.deepEqual(await added({ backup: { bucketArn: existing.bucketArn } }), [
      "aws:cloudwatch/logStream:LogStream events-backup",
      "aws:cloudwatch/metricAlarm:MetricAlarm events-backup-freshness",
      "aws:cloudwatch/metricAlarm:MetricAlarm events-backup-success",
    ]);
  });

  it("outputs what bucket and key of others must allow", async () => {
    const outputs = (
      await pipeline({
        backup: {
          ...{ bucketArn: existing.bucketArn, bucketAccountId: "210987654321" },
          keyArn: existing.keyArn,
        },
      })
    ).outputs(component);
    const sids = (name: string) =>
      (JSON.parse(outputs[name] as string) as { Statement: { Sid: string }[] }).Statement.map(
        ({ Sid }) => Sid,
      );
    assert.deepEqual(sids("requiredBackupBucketPolicy"), ["WriteObjects", "FindBucket"]);
    assert.deepEqual(sids("requiredBackupKeyPolicy"), ["BackupEncryptObjects"]);
    assert.match(outputs["requiredPolicy"] as string, /s3:PutObjectAcl/);
    const none = (await pipeline()).outputs(component);
    assert.equal(none["requiredBackupBucketPolicy"], "");
    assert.equal(none["requiredBackupKeyPolicy"], "");
    assert.equal(none["backupBucketArn"], "");
  });
});

describe("DeliveryPipeline with several features", () => {
  const all = {
    ...features.partitioning,
    ...features.transform,
    ...features.conversion,
    ...features.backup,
  };

  it("lists processors in AWS's order, whatever the order of the settings", async () => {
    const types = async (args: DeliveryPipelineArgs) =>
      (await processorsOf(args)).map(({ type }) => type);
    assert.deepEqual(
      await types({
        transform: { functionArn },
        partitioning: { splitRecords: "json", keys: { customer: ".customer" } },
        delivery: { cloudWatchLogs: "decompress" },
      }),
      [
        ...["Decompression", "RecordDeAggregation", "Lambda", "MetadataExtraction"],
        "AppendDelimiterToRecord",
      ],
    );
    assert.deepEqual(await types(features.cloudWatchLogs), [
      ...["Decompression", "CloudWatchLogProcessing"],
    ]);
  });

  for (const [name, args] of Object.entries({ ...features, all }))
    for (const preview of [false, true])
      it(`declares what AWS accepts with ${name}, in ${preview ? "a preview" : "an update"}`, async () => {
        const recording = await record(() => new DeliveryPipeline("events", args), { preview });
        assert.deepEqual(modelOf(recording).refusals, []);
      });

  it("adds the alarms of the features that are on", async () => {
    assert.deepEqual(
      (await added(all))
        .filter((child) => child.includes("MetricAlarm"))
        .map((child) => child.split("events-")[1]),
      [
        ...["active-partitions", "backup-freshness", "backup-success", "failed-conversions"],
        ...["partitions-exceeded", "transform-duration", "transform-success"],
      ],
    );
  });

  it("grants the role what each feature needs, and nothing for those that are off", async () => {
    const sids = async (args: DeliveryPipelineArgs) => {
      const recording = await pipeline(args);
      const document = recording.document("aws:iam/rolePolicy:RolePolicy", "events-delivery");
      return (document as { Statement: { Sid: string }[] }).Statement.map(({ Sid }) => Sid);
    };
    const base = await sids({});
    const grants = async (args: DeliveryPipelineArgs) =>
      (await sids(args)).filter((sid) => !base.includes(sid));
    assert.deepEqual(await grants(features.partitioning), []);
    assert.deepEqual(await grants(features.cloudWatchLogs), []);
    assert.deepEqual(await grants(features.transform), ["TransformRecords"]);
    assert.deepEqual(await grants(features.conversion), ["ReadTable"]);
    assert.deepEqual(await grants(features.backup), [
      ...["BackupWriteObjects", "BackupFindBucket", "BackupEncryptObjects"],
    ]);
  });
});
