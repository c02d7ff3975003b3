import type { InputLine } from "../input/readRecords";

/** Kinesis API, PutRecordsRequestEntry: characters of Unicode. */
const longestKey = 256;

/** Takes the partition keys of records from one of their members. */
export class FieldKeys {
  readonly #path: readonly string[];
  #without = 0;

  /** @param path names of members, e.g. `user_id` or `.context.country` */
  constructor(path: string) {
    this.#path = path.replace(/^\./, "").split(".");
  }

  /** How many records have no such member, or one that cannot be a key: they get a random key. */
  get without(): number {
    return this.#without;
  }

  async *keyed(lines: AsyncIterable<InputLine>): AsyncGenerator<InputLine> {
    for await (const line of lines) {
      const partitionKey = "data" in line ? this.#keyOf(line.plain ?? line.data) : undefined;
      if ("data" in line && partitionKey !== undefined) yield { ...line, partitionKey };
      else {
        if ("data" in line) this.#without += 1;
        yield line;
      }
    }
  }

  #keyOf(record: Uint8Array): string | undefined {
    let value: unknown;
    try {
      value = JSON.parse(Buffer.from(record).toString());
    } catch {
      return undefined;
    }
    for (const name of this.#path) {
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, name))
        return undefined;
      value = (value as Readonly<Record<string, unknown>>)[name];
    }
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean")
      return undefined;
    const key = String(value);
    return key !== "" && key.length <= longestKey ? key : undefined;
  }
}
