import { randomBytes } from "node:crypto";
import { isUtf8 } from "node:buffer";
import { errorRecord } from "../errors/errorRecord";
import { RecordColumns } from "./recordColumns";

/** Turns records into the lines of JSON that DuckDB reads. */
export interface RecordLines {
  /**
   * @param object its number
   * @param key of the object
   */
  lineOf(record: Uint8Array, object: number, key: string): string;
}

/** No record has a field of this name, except by a chance of one in 2^64. */
const mark = randomBytes(8).toString("hex");

/** The field with the number of the object. */
export const objectField = `object_${mark}`;

/** The field with the text of a record that is not a JSON object. */
export const textField = `text_${mark}`;

/** Records that are not JSON objects. */
export interface OtherRecords {
  count: number;
  /** Key of the first object with such a record. */
  readonly key: string;
}

/** The lines of delivered records. A record that is not a JSON object is a line with its text. */
export class DataLines implements RecordLines {
  readonly columns = new RecordColumns([objectField, textField]);
  #others: OtherRecords | undefined;

  /** Undefined if all records are JSON objects. */
  get others(): OtherRecords | undefined {
    return this.#others;
  }

  lineOf(record: Uint8Array, object: number, key: string): string {
    const members = this.columns.membersOf(record);
    if (members === undefined) {
      this.#others ??= { count: 0, key };
      this.#others.count += 1;
      return JSON.stringify({ [objectField]: object, [textField]: textOf(record) });
    }
    const rest = members.trim() === "" ? "" : `,${members}`;
    return `{"${objectField}":${object}${rest}}`;
  }
}

/** The columns of {@link ErrorLines}. */
export const errorColumns = [
  ["code", "VARCHAR"],
  ["message", "VARCHAR"],
  ["arrived", "TIMESTAMPTZ"],
  ["attempts", "BIGINT"],
  ["record", "VARCHAR"],
] as const;

/** The lines of failed records, as Firehose describes them. */
export class ErrorLines implements RecordLines {
  lineOf(line: Uint8Array, object: number): string {
    const { code, message, arrival, attempts, data } = errorRecord(line, 0);
    return JSON.stringify({
      [objectField]: object,
      code,
      message: message ?? null,
      arrived: arrival === undefined ? null : new Date(arrival).toISOString(),
      attempts: attempts ?? null,
      record: data === undefined ? null : textOf(data),
    });
  }
}

/** Data that is not UTF-8 in base64. */
function textOf(data: Uint8Array): string {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.length);
  // Only one line end, which a delimiter without a line feed leaves.
  return isUtf8(bytes) ? bytes.toString().replace(/\r?\n?$/, "") : bytes.toString("base64");
}
