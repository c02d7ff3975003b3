import { isUtf8 } from "node:buffer";

/** A record as it is printed, from a stream or an object. */
export interface TailedRecord {
  readonly data: Uint8Array;
  /** Where and when it is; its members are those of `--json`. */
  readonly position: StreamPosition | ObjectPosition;
}

interface StreamPosition {
  readonly shardId: string;
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  /** ISO 8601, in UTC. */
  readonly arrival: string;
}

interface ObjectPosition {
  readonly key: string;
}

/** Turns a record into the line that is printed. */
export type RecordLine = (record: TailedRecord) => string;

/** Only the data; data that is not UTF-8 in base64. */
export const dataLine: RecordLine = ({ data }) => textOf(data) ?? base64(data);

/**
 * JSON Lines. `data` is what the record contains: a JSON value, or else a string; data that is not UTF-8
 * is in `base64` instead.
 */
export const jsonLine: RecordLine = ({ data, position }) => {
  const text = textOf(data);
  return JSON.stringify({
    ...position,
    ...(text === undefined ? { base64: base64(data) } : { data: jsonOrText(text) }),
  });
};

/** Columns for a terminal of this width; the data is cut off at its end. */
export function tableLine(columns: number): RecordLine {
  return ({ data, position }) => {
    const place =
      "key" in position
        ? [shortened(position.key.split("/").at(-1) ?? "", nameWidth)]
        : [
            position.arrival.slice(11, 23),
            shortened(position.shardId, shardWidth),
            shortened(position.partitionKey, keyWidth),
          ];
    const before = `${place.join("  ")}  `;
    const text = (textOf(data) ?? base64(data)).replaceAll(/\s+/gu, " ");
    const room = columns - before.length;
    return before + (text.length > room ? `${text.slice(0, Math.max(0, room - 3))}...` : text);
  };
}

/** The end of a shard's id or of an object's name distinguishes it. */
const shardWidth = 6;
const keyWidth = 12;
const nameWidth = 20;

function shortened(text: string, width: number): string {
  return text.length > width ? text.slice(-width) : text.padEnd(width);
}

/** Undefined unless it is UTF-8. */
function textOf(data: Uint8Array): string | undefined {
  return isUtf8(data)
    ? Buffer.from(data)
        .toString()
        .replace(/\r?\n$/u, "")
    : undefined;
}

function base64(data: Uint8Array): string {
  return Buffer.from(data).toString("base64");
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
