import { randomBytes } from "node:crypto";
import { gzipRecord, type RecordCompression } from "../../send/compressLines";
import type { ProcessingStep } from "../../target/processing";

/** A record that can be recognized wherever it arrives. */
interface ProbeRecord {
  /** Unique, in the form of a UUID: a string that no processing of Firehose changes. */
  readonly marker: string;
  /** As a producer puts it. */
  readonly data: Uint8Array;
}

/** The marked records of one probe. */
export interface ProbeRecords {
  /** What all markers begin with. */
  readonly mark: string;
  readonly records: readonly ProbeRecord[];
}

/** Stands for the marker in a template. */
const markerPlace = "<probe>";
/** Stands for the time of sending, in ISO 8601. */
const timePlace = "<now>";

/** In the shape of the events that `streamlake send --generate` makes. */
export const defaultTemplate = JSON.stringify({
  ...{ event_id: markerPlace, type: "streamlake_probe", user_id: "u-probe" },
  ...{ session_id: "s-probe", occurred_at: timePlace },
});

export interface ProbeOptions {
  readonly count: number;
  /** A record, as {@link readTemplate} returns it. */
  readonly template: string;
  readonly recordCompression: RecordCompression;
  /** What is done to the records; undefined if that is unknown. */
  readonly steps?: ReadonlySet<ProcessingStep>;
  /** In milliseconds since 1970. */
  readonly now: number;
}

/**
 * Makes records with a marker each. Records of CloudWatch Logs are those of a subscription: a document
 * with one log event, whose message is the template.
 */
export function probeRecords(options: ProbeOptions): ProbeRecords {
  const { count, template, recordCompression, steps, now } = options;
  const mark = newMark();
  const isLog = steps?.has("decompress") === true || steps?.has("messages") === true;
  const records = Array.from({ length: count }, (_, index) => {
    const marker = mark + index.toString(16).padStart(digitsOfIndex, "0");
    const text = template
      .replaceAll(markerPlace, marker)
      .replaceAll(timePlace, new Date(now).toISOString());
    const plain = Buffer.from(isLog ? logDocument(text, marker, now) : text);
    return { marker, data: recordCompression === "GZIP" ? gzipRecord(plain) : plain };
  });
  return { mark, records };
}

/** The first four groups of a version 4 UUID and a hyphen; the last group is the index. */
function newMark(): string {
  const hex = randomBytes(10).toString("hex");
  const variant = "89ab"[Number.parseInt(hex.slice(15, 16), 16) % 4] ?? "8";
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(12, 15)}`,
    variant + hex.slice(16, 19),
    "",
  ].join("-");
}

const digitsOfIndex = 12;

/** In bytes, of a marker that begins with this. */
export function markerLength(mark: string): number {
  return mark.length + digitsOfIndex;
}

/** The whole markers in a record or in any part of an object. */
export function markersIn(data: Uint8Array, mark: string): readonly string[] {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.length);
  const length = markerLength(mark);
  const found: string[] = [];
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1))
    if (at + length <= bytes.length) found.push(bytes.toString("latin1", at, at + length));
  return found;
}

/** Source: CloudWatch Logs User Guide, "Subscription filters with Amazon Data Firehose". */
function logDocument(message: string, marker: string, timestamp: number): string {
  return JSON.stringify({
    ...{ messageType: "DATA_MESSAGE", owner: "123456789012" },
    ...{ logGroup: "streamlake", logStream: "probe", subscriptionFilters: ["streamlake-probe"] },
    logEvents: [{ id: marker, timestamp, message }],
  });
}

/**
 * A template from what a user wrote: one line, without white space that JSON does not need.
 *
 * @param name of its source, for messages
 * @throws Error if it has no place for the marker, or is not one record
 */
export function readTemplate(text: string, name: string): string {
  const line = onOneLine(text.trim());
  if (line.includes("\n"))
    throw new Error(
      `${name} has several lines and is not JSON: a record is one line. Specify a single record.`,
    );
  if (!line.includes(markerPlace))
    throw new Error(
      `${name} has no place for the marker. Write ${markerPlace} where a record has a string of its own, ` +
        `e.g. {"event_id":"${markerPlace}","customer":"acme"}; ${timePlace} becomes the time.`,
    );
  return line;
}

function onOneLine(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}
