import { Unknown } from "../../../engine/graph/resourceGraph";
import { requiredText } from "../model/allowedValues";
import { readArn, roleForm } from "../model/arns";
import type { Declared, DeclaredInputs } from "../model/declaredInputs";
import {
  type Deserializer,
  readDeserializer,
  readSerializer,
  type Serializer,
} from "./conversionFormats";
import { type Feature, lineOf, shownInputs } from "./feature";

/** Conversion of JSON records to Parquet or ORC. Groups that are missing are undefined. */
export interface FormatConversion {
  readonly from: Declared<Deserializer> | undefined;
  readonly to: Declared<Serializer> | undefined;
  readonly table: Declared<ConversionTable>;
}

/** The table of the AWS Glue Data Catalog whose columns the records have. */
export interface ConversionTable {
  readonly databaseName: Declared<string> | undefined;
  readonly tableName: Declared<string> | undefined;
  /** ARN of the role that reads the table. */
  readonly roleArn: Declared<string> | undefined;
  /** Undefined for that of the account. */
  readonly catalogId: Declared<string> | undefined;
  /** Undefined for that of the delivery stream. */
  readonly region: Declared<string> | undefined;
  readonly versionId: Declared<string>;
}

/**
 * It is enabled by default once it is configured; undefined if it is not. The local delivery engine
 * writes Parquet, and no ORC.
 *
 * Source: Firehose API, DataFormatConversionConfiguration.
 */
export const formatConversion: Feature<Declared<FormatConversion | undefined>> = {
  read(destination) {
    const inputs = destination.group(name);
    const enabled = inputs.flag("enabled");
    const converts = enabled ?? destination.has(name);
    if (converts instanceof Unknown) return converts;
    if (!converts) return undefined;
    const groups = ["inputFormatConfiguration", "outputFormatConfiguration", "schemaConfiguration"];
    for (const group of groups) if (!inputs.has(group)) inputs.refuse(group, "is not set");
    const to = readSerializer(inputs.group("outputFormatConfiguration"));
    if (to !== undefined && "type" in to && to.type === "Orc")
      destination.unsupported(
        name,
        "requires conversion to ORC, which the local delivery engine does not write. To run it " +
          "locally, declare outputFormatConfiguration.serializer.parquetSerDe",
      );
    return {
      from: readDeserializer(inputs.group("inputFormatConfiguration")),
      to,
      table: readTable(inputs.group("schemaConfiguration")),
    };
  },
  report(destination) {
    const inputs = destination.group(name);
    const schema = inputs.group("schemaConfiguration");
    const formats = [
      ["OpenX JSON", "inputFormatConfiguration", "deserializer", "openXJsonSerDe"],
      ["Hive JSON", "inputFormatConfiguration", "deserializer", "hiveJsonSerDe"],
      ["Parquet", "outputFormatConfiguration", "serializer", "parquetSerDe"],
      ["ORC", "outputFormatConfiguration", "serializer", "orcSerDe"],
    ] as const;
    const declared = formats.flatMap(([label, group, kind, input]) =>
      inputs.group(group).group(kind).has(input) ? [label] : [],
    );
    return [
      ...lineOf("format conversion", inputs.shown("enabled")),
      ...lineOf("formats", declared.length === 0 ? undefined : declared.join(", then ")),
      ...shownInputs(schema, [
        { label: "database", input: "databaseName" },
        { label: "table", input: "tableName" },
      ]),
    ];
  },
};

const name = "dataFormatConversionConfiguration";

/**
 * What the keys of converted objects end in, unless the delivery stream sets another extension. That of
 * Parquet was observed in AWS.
 *
 * @returns undefined without a conversion
 */
export function convertedExtension(
  conversion: Declared<FormatConversion | undefined>,
): Declared<string> | undefined {
  if (conversion === undefined || conversion instanceof Unknown) return conversion;
  if (conversion.to === undefined || conversion.to instanceof Unknown) return conversion.to;
  return conversion.to.type === "Parquet" ? ".parquet" : ".orc";
}

/** What is missing in a group that is missing itself is not reported again. */
function readTable(inputs: DeclaredInputs): ConversionTable {
  const required = (input: string) => (inputs.isSet ? requiredText(inputs, input) : undefined);
  return {
    databaseName: required("databaseName"),
    tableName: required("tableName"),
    roleArn: inputs.isSet ? readArn(inputs, "roleArn", roleForm) : undefined,
    catalogId: inputs.text("catalogId"),
    region: inputs.text("region"),
    versionId: inputs.text("versionId") ?? "LATEST",
  };
}
