import type { PartitionColumn } from "./partitionColumn";
import type { Projection } from "./projection";

/** The Hive DDL statement that creates a table of lines in Athena. */
export function createTable(
  { name, bucketName }: { readonly name: string; readonly bucketName: string },
  projection: Projection,
): string {
  const { template, columns } = projection;
  const location = `s3://${bucketName}/`;
  const fixed = template.split("${", 1).join("");
  return [
    ...clause(`CREATE EXTERNAL TABLE IF NOT EXISTS ${identifier(name.replaceAll("-", "_"))}`, [
      column("record", "string", "one line, e.g. JSON: json_extract_scalar(record, '$.type')"),
    ]),
    `COMMENT ${stringLiteral(contents(name, projection))}`,
    ...clause(
      "PARTITIONED BY",
      columns.map(({ name, type, comment }) => column(name, type, comment)),
    ),
    `ROW FORMAT SERDE ${stringLiteral("org.apache.hadoop.hive.serde2.RegexSerDe")}`,
    ...clause("WITH SERDEPROPERTIES", [property("input.regex", "(.*)")]),
    "STORED AS TEXTFILE",
    `LOCATION ${stringLiteral(location + fixed.slice(0, fixed.lastIndexOf("/") + 1))}`,
    ...clause("TBLPROPERTIES", projectionProperties(columns, location + template)),
  ].join("\n");
}

function contents(name: string, { template, columns, below }: Projection): string {
  const shared = template === "" || below[0]?.kind === "character";
  return [
    `Records of ${name}`,
    ...(shared ? ["with all other objects in the same locations"] : []),
    ...(columns.length === 0 ? ["not partitioned: every query reads them all"] : []),
  ].join(", ");
}

function projectionProperties(
  columns: readonly PartitionColumn[],
  template: string,
): readonly string[] {
  if (columns.length === 0) return [];
  return [
    property("projection.enabled", "true"),
    ...columns.flatMap(({ name, projection }) =>
      Object.entries(projection).map(([key, value]) =>
        property(`projection.${name}.${key}`, value),
      ),
    ),
    property("storage.location.template", template),
  ];
}

function clause(keywords: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`${keywords} (`, `  ${items.join(",\n  ")}`, ")"];
}

function column(name: string, type: string, comment: string): string {
  return `${identifier(name)} ${type} COMMENT ${stringLiteral(comment)}`;
}

function property(key: string, value: string): string {
  return `${stringLiteral(key)} = ${stringLiteral(value)}`;
}

function identifier(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}

/** Escapes with backslashes, as Hive does. */
function stringLiteral(value: string): string {
  return `"${value.replace(/["\\]/g, "\\$&")}"`;
}
