import * as z from "zod";
import { arn, arnParts, group, list, oneOf, text } from "../leaf";
import { isColumnType } from "../../athena/columnType";
import { hive, openX, orc, parquet } from "./conversionFormats";

const { region, account } = arnParts;

/** Columns of a table of AWS Glue. Athena User Guide, "Naming databases, tables, and columns". */
const columnName = /^[a-z_][a-z0-9_]{0,254}$/;

const column = group("CatalogColumn", "A column of the table.", {
  name: text("Name of the column, and of the member of a record that it contains.", {
    pattern: columnName,
    allowed: "up to 255 lowercase letters, digits and _",
  }).meta({ decisive: true }),
  type: z.string().refine(isColumnType).meta({
    description: "Type of the column, as in a CREATE TABLE statement of Hive.",
    allowed:
      "tinyint, smallint, int, bigint, float, double, decimal(p,s), boolean, string, char(n), varchar(n), binary, date, timestamp, or an array, map or struct of them such as array<string>",
    decisive: true,
  }),
});

const catalog = group(
  "CatalogSettings",
  "A new table of AWS Glue with these columns, which Firehose converts to and Athena reads.",
  {
    columns: list(
      "Columns of the table, in their order. After a change, Firehose uses the new columns only once the delivery stream has been updated too. If Lake Formation manages the database, grant the delivery role access to the table.",
      column,
      { most: 1000, allowed: "a list of up to 1000 columns with name and type" },
    )
      .meta({ decisive: true })
      .default([]),
    databaseName: text(
      "Name of an existing database for the table. Without `protect`, a change deletes the database and the table that the pipeline created before, but no data.",
      { pattern: columnName, allowed: "up to 255 lowercase letters, digits and _" },
    )
      .meta({ example: "lake", unset: "none: a new database" })
      .exactOptional(),
  },
).prefault({});

/**
 * Source: Firehose API, DataFormatConversionConfiguration and SchemaConfiguration. AWS requires
 * that the table is in the account of the role.
 */
export const conversion = group(
  "ConversionSettings",
  "Conversion of JSON records to Parquet or ORC, with the columns of a table of AWS Glue.",
  {
    tableArn: arn(
      "ARN of an existing table whose columns the records have. Firehose reads its newest version when the delivery stream is updated. Records that do not fit go to the error prefix.",
      {
        service: "glue",
        region,
        account,
        resource: "table/[a-z0-9_-]{1,255}/[a-z0-9_-]{1,255}",
        example: "arn:aws:glue:us-east-1:123456789012:table/lake/clicks",
      },
    )
      .meta({ unset: "none" })
      .exactOptional(),
    catalog,
    from: oneOf(
      "ConversionInput",
      "What reads the JSON records: `openx`, which is lenient, or `hive`, which reads other timestamps.",
      ["openx", "hive"],
    )
      .meta({ decisive: true })
      .default("openx"),
    to: oneOf("ConversionOutput", "Format of the objects.", ["parquet", "orc"])
      .meta({ decisive: true })
      .default("parquet"),
    openX,
    hive,
    parquet,
    orc,
  },
).prefault({});
