import { LocalDateTime } from "@js-joda/core";
import { keyTokens } from "../../components/athena/keyTokens";
import { projectPartitions } from "../../components/athena/projection";
import { zone } from "../../components/prefix/formatTimestamp";
import { readTimestampPattern } from "../../components/prefix/timestampPattern";
import { timeOfObject } from "../verify/lakeKeys";

/** A column whose values are in the keys of objects. */
export interface KeyColumn {
  readonly name: string;
  readonly type: "INTEGER" | "VARCHAR";
}

/** What the key of an object contains, by the name of the column. */
export type KeyValues = Readonly<Record<string, string>>;

/**
 * Reads the partitions of objects from their keys: those that the prefix defines, with the names that the
 * Athena table of the pipeline has, and any other part of a key that is `name=value`, as in Hive.
 */
export class KeyColumns {
  readonly #timeZone: string;
  readonly #prefix: RegExp;
  readonly #ofPrefix: readonly KeyColumn[];
  readonly #others = new Set<string>();

  /** @param prefix in Firehose's prefix language */
  constructor(prefix: string, timeZone: string) {
    this.#timeZone = timeZone;
    const { template, columns } = projectPartitions(keyTokens(prefix), { days: 1, timeZone }, []);
    this.#ofPrefix = columns.map(({ name, type }) => ({
      name,
      type: type === "int" ? "INTEGER" : "VARCHAR",
    }));
    const patterns = new Map(
      columns.map(({ name, projection }) => [name, valuePattern(projection)]),
    );
    const source = template
      .split(/\$\{(\w+)\}/)
      .map((part, index) => (index % 2 === 0 ? literal(part) : `(${patterns.get(part) ?? ""})`));
    this.#prefix = new RegExp(`^${source.join("")}`);
  }

  /** Of the keys that were read. */
  get columns(): readonly KeyColumn[] {
    const others = [...this.#others].map((name) => ({ name, type: "VARCHAR" }) as const);
    return [...this.#ofPrefix, ...others];
  }

  valuesOf(key: string): KeyValues {
    const values: Record<string, string> = {};
    const [, ...ofPrefix] = this.#prefix.exec(key) ?? [];
    for (const [index, value] of ofPrefix.entries())
      values[this.#ofPrefix[index]?.name ?? ""] = value;
    for (const part of key.split("/").slice(0, -1)) {
      const [, name, value] = hivePart.exec(part) ?? [];
      if (name === undefined || value === undefined) continue;
      const column = name.toLowerCase().replaceAll("-", "_");
      if (this.#ofPrefix.every((known) => known.name !== column)) this.#others.add(column);
      values[column] ??= value;
    }
    return values;
  }

  /** When the oldest record of an object arrived: ISO 8601, in UTC. */
  arrivalOf(key: string): string | undefined {
    const time = timeOfObject(key);
    if (time === undefined) return undefined;
    try {
      return LocalDateTime.parse(time).atZone(zone(this.#timeZone)).toInstant().toString();
    } catch {
      // A name that looks like one of Firehose, with a date that does not exist.
      return undefined;
    }
  }
}

const hivePart = /^([A-Za-z][\w-]*)=(.+)$/;

function valuePattern(projection: Readonly<Record<string, string>>): string {
  const { type, format = "" } = projection;
  if (type === "integer") return String.raw`\d+`;
  if (type !== "date") return "[^/]+";
  return readTimestampPattern(format)
    .parts.map((part) => {
      if ("text" in part) return literal(part.text);
      return part.count === 1 ? String.raw`\d+` : String.raw`\d{${part.count}}`;
    })
    .join("");
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}
