import assert from "node:assert/strict";

export interface Table {
  readonly name: string;
  /** Prefix in the bucket. */
  readonly location: string;
  /** Prefix in the bucket; for a table without partitions, its location. */
  readonly template: string;
  readonly columns: readonly Column[];
}

export interface Column {
  readonly name: string;
  readonly type: string;
  /** Table properties, by what follows `projection.<name>.` in their names. */
  readonly projection: ReadonlyMap<string, string>;
}

/** Parses a statement; fails if a name or a string in it breaks out of its quotes. */
export function readTable(sql: string, bucketName: string): Table {
  const names: string[] = [];
  const strings: string[] = [];
  const shape = sql.replace(/`((?:[^`]|``)*)`|"((?:[^"\\]|\\.)*)"/gs, (quoted, name, string) => {
    if (quoted.startsWith("`")) names.push(String(name).replaceAll("``", "`"));
    else strings.push(String(string).replace(/\\(.)/gs, "$1"));
    return quoted.charAt(0);
  });
  assert.match(shape, statement);

  const [table = "", , ...columns] = names;
  const types = [...shape.matchAll(/` (\w+) COMMENT/g)].map(([, type = ""]) => type);
  const [, , , url = "", ...rest] = strings.slice(2 + columns.length);
  const properties = rest.flatMap((key, index) =>
    index % 2 === 0 ? [[key, rest[index + 1] ?? ""] as const] : [],
  );
  const bucket = `s3://${bucketName}/`;
  const template = new Map(properties).get("storage.location.template") ?? url;
  assert.ok(url.startsWith(bucket) && template.startsWith(url), `${url} and ${template}`);
  return {
    name: table,
    location: url.slice(bucket.length),
    template: template.slice(bucket.length),
    columns: columns.map((name, index) => ({
      name,
      type: types[index + 1] ?? "",
      projection: new Map(
        properties.flatMap(([key, value]) => {
          const start = `projection.${name}.`;
          return key.startsWith(start) ? [[key.slice(start.length), value]] : [];
        }),
      ),
    })),
  };
}

const column = '` (string|int) COMMENT "';
const property = '" = "';

/** The statement without its names and strings. */
const statement = new RegExp(
  [
    "^CREATE EXTERNAL TABLE IF NOT EXISTS ` \\(",
    `  ${column}`,
    "\\)",
    'COMMENT "',
    `(PARTITIONED BY \\(\n  ${column}(,\n  ${column})*\n\\)\n)?ROW FORMAT SERDE "`,
    "WITH SERDEPROPERTIES \\(",
    `  ${property}`,
    "\\)",
    "STORED AS TEXTFILE",
    `LOCATION "(\nTBLPROPERTIES \\(\n  ${property}(,\n  ${property})*\n\\))?$`,
  ].join("\n"),
);
