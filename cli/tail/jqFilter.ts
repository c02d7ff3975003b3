import { jsonLine } from "../../aws/firehose/jq/jsonLine";
import { JqQuery } from "../../aws/firehose/jq/jqQuery";
import type { TailedRecord } from "./recordLines";

/** Replaces each record by what a query makes of it: nothing, something, or several records. */
export class JqFilter {
  readonly #query: JqQuery;
  #failed = 0;

  private constructor(query: JqQuery) {
    this.#query = query;
  }

  /** @throws Error if the query does not compile */
  static async read(text: string): Promise<JqFilter> {
    const query = await JqQuery.read(text);
    if (query.problem !== undefined)
      throw new Error(
        `The query of --jq does not compile: ${query.problem}. ` +
          `Write it like --jq 'select(.type == "click") | .user'.`,
      );
    return new JqFilter(query);
  }

  /** How many records were left out because they are not JSON or the query failed. */
  get failed(): number {
    return this.#failed;
  }

  apply(records: readonly TailedRecord[]): readonly TailedRecord[] {
    const read = records.flatMap(({ data, position }) => {
      const line = jsonLine(data);
      return line === undefined ? [] : [{ line, position }];
    });
    this.#failed += records.length - read.length;
    const results = this.#query.run(read.map(({ line }) => line));
    return results.flatMap((result, index) => {
      const position = read[index]?.position;
      if (position === undefined || "error" in result) {
        this.#failed += 1;
        return [];
      }
      return result.outputs.map((output) => ({
        data: Buffer.from(JSON.stringify(output)),
        position,
      }));
    });
  }
}
