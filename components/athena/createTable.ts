import type { AthenaLake } from "./athenaLake";
import type { Projection } from "./projection";

/** The Hive DDL statement that creates a table of the data in Athena. */
export function createTable(lake: AthenaLake, projection: Projection): string {
  const { name, database, columns } = lake;
  const qualifier = database === undefined ? "" : `${identifier(database)}.`;
  return [
    ...clause(
      `CREATE EXTERNAL TABLE IF NOT EXISTS ${qualifier}${identifier(tableName(name))}`,
      columns?.map((each) => `${identifier(each.name)} ${each.type}`) ?? [
        column("record", "string", "one line, e.g. JSON: json_extract_scalar(record, '$.type')"),
      ],
    ),
    `COMMENT ${stringLiteral(contents(name, projection))}`,
    ...clause(
      "PARTITIONED BY",
      projection.columns.map(({ name, type, comment }) => column(name, type, comment)),
    ),
    ...storage[lake.format ?? "lines"],
    `LOCATION ${stringLiteral(locationOf(lake, projection))}`,
    ...clause(
      "TBLPROPERTIES",
      Object.entries(projectionProperties(lake, projection)).map(([key, value]) =>
        property(key, value),
      ),
    ),
  ].join("\n");
}

export function tableName(pipeline: string): string {
  return pipeline.replaceAll("-", "_");
}

/** What all partitions have in common. */
export function locationOf({ bucketName }: AthenaLake, { template }: Projection): string {
  const fixed = template.split("${", 1).join("");
  return `s3://${bucketName}/${fixed.slice(0, fixed.lastIndexOf("/") + 1)}`;
}

/** The table properties with which Athena computes the partitions; none without partitions. */
export function projectionProperties(
  { bucketName }: AthenaLake,
  { columns, template }: Projection,
): Readonly<Record<string, string>> {
  if (columns.length === 0) return {};
  const ofColumns = columns.flatMap(({ name, projection }) =>
    Object.entries(projection).map(([key, value]) => [`projection.${name}.${key}`, value]),
  );
  return {
    "projection.enabled": "true",
    ...(Object.fromEntries(ofColumns) as Record<string, string>),
    "storage.location.template": `s3://${bucketName}/${template}`,
  };
}

export function contents(name: string, { template, columns, below }: Projection): string {
  const shared = template === "" || below[0]?.kind === "character";
  return [
    `Records of ${name}`,
    ...(shared ? ["with all other objects in the same locations"] : []),
    ...(columns.length === 0 ? ["not partitioned: every query reads them all"] : []),
  ].join(", ");
}

function clause(keywords: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`${keywords} (`, `  ${items.join(",\n  ")}`, ")"];
}

/** How the objects are read. */
const storage = {
  lines: [
    `ROW FORMAT SERDE ${stringLiteral("org.apache.hadoop.hive.serde2.RegexSerDe")}`,
    ...clause("WITH SERDEPROPERTIES", [property("input.regex", "(.*)")]),
    "STORED AS TEXTFILE",
  ],
  parquet: ["STORED AS PARQUET"],
  orc: ["STORED AS ORC"],
} as const;

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
