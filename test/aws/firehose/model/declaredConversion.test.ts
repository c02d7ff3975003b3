import assert from "node:assert/strict";
import { deliveryConfiguration } from "../../../../aws/firehose/model/deliveryConfiguration";
import { readDeliveryStream } from "../../../../aws/firehose/model/deliveryStream";
import { declaredTables, noTables, type TableLookup } from "../../../../aws/glue/catalogTable";
import type { Properties, PropertyValue } from "../../../../engine/graph/resourceGraph";
import { deliveryStreamResource, graphOf, resourceOf } from "../../../local/support/graph";
import { tableOf } from "../support/conversion";
import { conversion } from "../support/inputs";

const role = "arn:aws:iam::123456789012:role/r";
const columns = { id: "bigint", tags: "array<string>" };

function declared(changes: Properties = {}, destination: Properties = {}) {
  return readDeliveryStream(
    deliveryStreamResource("events", {
      destination: "extended_s3",
      kinesisSourceConfiguration: {
        kinesisStreamArn: "arn:aws:kinesis:eu-central-1:123456789012:stream/s",
        roleArn: role,
      },
      extendedS3Configuration: {
        ...{ bucketArn: "arn:aws:s3:::my-lake", roleArn: role, bufferingSize: 64 },
        dataFormatConversionConfiguration: { ...conversion, ...changes },
        ...destination,
      },
    }),
  );
}

const tables: TableLookup = (database, name) =>
  `${database}.${name}` === "lake.events" ? tableOf(columns) : undefined;

describe("the conversion of a delivery stream", () => {
  it("has the columns of its table, the defaults of the API and AWS's extension", () => {
    const { conversion: read, fileExtension } = deliveryConfiguration(declared(), tables);
    assert.deepEqual(read, {
      from: {
        type: "OpenXJson",
        caseInsensitive: true,
        convertDotsInJsonKeysToUnderscores: false,
        columnToJsonKeyMappings: {},
      },
      to: {
        type: "Parquet",
        compression: "SNAPPY",
        writerVersion: "V1",
        enableDictionaryCompression: false,
        blockSizeBytes: 268_435_456,
        pageSizeBytes: 1_048_576,
        maxPaddingBytes: 0,
      },
      table: tableOf(columns),
      catalog: {
        catalogId: "123456789012",
        region: "eu-central-1",
        versionId: "LATEST",
        catalogArn: "arn:aws:glue:eu-central-1:123456789012:catalog",
      },
    });
    assert.equal(fileExtension, ".parquet");
  });

  it("keeps an extension that is set", () => {
    const stream = declared({}, { fileExtension: ".pq" });
    assert.equal(deliveryConfiguration(stream, tables).fileExtension, ".pq");
  });

  it("is off if it is disabled, whatever its table is", () => {
    const read = deliveryConfiguration(declared({ enabled: false }), noTables);
    assert.equal(read.conversion, undefined);
    assert.equal(read.fileExtension, "");
  });

  it("names the catalog, region and version of its table", () => {
    const schemaConfiguration = {
      ...conversion.schemaConfiguration,
      ...{ catalogId: "111111111111", region: "us-east-1", versionId: "7" },
    };
    const { conversion: read } = deliveryConfiguration(declared({ schemaConfiguration }), tables);
    assert.deepEqual(read?.catalog, {
      ...{ catalogId: "111111111111", region: "us-east-1", versionId: "7" },
      catalogArn: "arn:aws:glue:us-east-1:111111111111:catalog",
    });
  });

  it("is rejected with a fix if no table of that name is known", () => {
    assert.throws(() => deliveryConfiguration(declared(), noTables), {
      message:
        "The delivery stream events cannot run on this machine:\n" +
        "  extendedS3Configuration.dataFormatConversionConfiguration.schemaConfiguration.tableName " +
        'is "events", but the program does not declare the table lake.events, so that its columns ' +
        'are unknown. Declare it with aws.glue.CatalogTable, or save it with "aws glue get-table ' +
        '--database-name lake --name events > lake.events.json" and specify ' +
        "--table lake.events=lake.events.json",
    });
  });

  it("is rejected for timestamp formats that are not supported, and for nothing else at once", () => {
    const hive = (timestampFormats: string[]) =>
      declared({
        inputFormatConfiguration: { deserializer: { hiveJsonSerDe: { timestampFormats } } },
      });
    assert.throws(
      () => deliveryConfiguration(hive(["millis", "yyyy-'W'ww"]), tables),
      /hiveJsonSerDe\.timestampFormats\.1 has "ww", which is not supported by the local/,
    );
    const { conversion: read } = deliveryConfiguration(hive(["yyyy-MM-dd HH:mm"]), tables);
    assert.deepEqual(read?.from, { type: "HiveJson", timestampFormats: ["yyyy-MM-dd HH:mm"] });
  });

  it("finds the table that the program declares", () => {
    const graph = (storageDescriptor: PropertyValue, more: Properties = {}) =>
      declaredTables(
        graphOf(
          resourceOf("aws:glue/catalogTable:CatalogTable", "events", {
            ...{ databaseName: "lake", name: "events", storageDescriptor },
            partitionKeys: [{ name: "day", type: "string" }],
            ...more,
          }),
        ),
      );
    const list = [
      { name: "id", type: "bigint" },
      { name: "tags", type: "array<string>" },
    ];
    const found = deliveryConfiguration(declared(), graph({ columns: list }));
    assert.deepEqual(found.conversion?.table, tableOf(columns));
    assert.throws(
      () => deliveryConfiguration(declared(), graph({ columns: list }, { name: "other" })),
      /does not declare the table lake\.events/,
    );
    assert.throws(
      () => deliveryConfiguration(declared(), graph({ columns: [{ name: "id", type: "long" }] })),
      /of the table lake\.events, the column id has the type "long": "long" is not a supported type/,
    );
    assert.throws(
      () => deliveryConfiguration(declared(), graph({})),
      /of the table lake\.events, it has no columns/,
    );
  });
});
