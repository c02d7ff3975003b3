import { parseArn } from "../../../components/iam/arn";
import { Unknown } from "../../../engine/graph/resourceGraph";
import type { CatalogTable, TableLookup } from "../../glue/catalogTable";
import type { Conversion } from "../conversion/convertRecords";
import { jodaParser } from "../conversion/jodaTimestamp";
import type { Deserializer, Serializer } from "../features/conversionFormats";
import type { ConversionTable, FormatConversion } from "../features/formatConversion";
import type { Declared, InputProblem, Known } from "./declaredInputs";

const group = "extendedS3Configuration.dataFormatConversionConfiguration";

/**
 * The conversion of a delivery stream without problems.
 *
 * @param arn of the delivery stream
 * @param problems receives why it cannot run on this machine
 * @returns undefined without a conversion, or with a problem
 */
export function readConversion(
  declared: Declared<FormatConversion | undefined>,
  arn: string,
  tables: TableLookup,
  problems: InputProblem[],
): Conversion | undefined {
  if (declared === undefined || declared instanceof Unknown) return undefined;
  const { from, to, table } = declared;
  if (!isKnown(from) || !isKnown(to) || !isKnown(table) || to.type !== "Parquet") return undefined;
  const knownFrom = from as Known<Deserializer>;
  const found = findTable(table, tables, problems);
  if (knownFrom.type === "HiveJson")
    knownFrom.timestampFormats.forEach((format, index) => {
      reportFormat(format, index, problems);
    });
  if (found === undefined || problems.length > 0) return undefined;
  const { region, account, partition } = parseArn(arn);
  const catalogId = textOr(table.catalogId, account);
  const ofTable = textOr(table.region, region);
  return {
    from: knownFrom,
    to: to as Known<Extract<Serializer, { readonly type: "Parquet" }>>,
    table: found,
    catalog: {
      catalogId,
      region: ofTable,
      versionId: textOr(table.versionId, "LATEST"),
      catalogArn: `arn:${partition}:glue:${ofTable}:${catalogId}:catalog`,
    },
  };
}

function findTable(
  { databaseName, tableName }: ConversionTable,
  tables: TableLookup,
  problems: InputProblem[],
): CatalogTable | undefined {
  const [database, table] = [textOr(databaseName, ""), textOr(tableName, "")];
  const name = `${database}.${table}`;
  const report = (reason: string): void => {
    problems.push({ input: `${group}.schemaConfiguration.tableName`, reason });
  };
  try {
    const found = tables(database, table);
    if (found !== undefined) return found;
  } catch (error) {
    report(`is "${table}", but of the table ${name}, ${(error as Error).message}`);
    return undefined;
  }
  const save = `aws glue get-table --database-name ${database} --name ${table} > ${name}.json`;
  report(
    `is "${table}", but the program does not declare the table ${name}, so that its columns are ` +
      `unknown. Declare it with aws.glue.CatalogTable, or save it with "${save}" and specify ` +
      `--table ${name}=${name}.json`,
  );
  return undefined;
}

function reportFormat(format: string, index: number, problems: InputProblem[]): void {
  try {
    jodaParser(format);
  } catch (error) {
    const deserializer = `${group}.inputFormatConfiguration.deserializer.hiveJsonSerDe`;
    problems.push({
      input: `${deserializer}.timestampFormats.${index}`,
      reason: `${(error as Error).message} by the local delivery engine`,
    });
  }
}

/** An empty string counts as not set. */
function textOr(value: Declared<string> | undefined, other: string): string {
  return typeof value === "string" && value !== "" ? value : other;
}

function isKnown<T extends object>(value: Declared<T> | undefined): value is T {
  return value !== undefined && !(value instanceof Unknown);
}
