import type { Evidence, Parts } from "../evidence";
import type { Cause, Place } from "../finding";
import { above0, received } from "../metrics";
import { counted } from "../../amounts";
import { applyFix, duration, moment } from "../words";

/** CloudWatch publishes metrics of Firehose some minutes late. */
const publishingDelay = 5 * 60_000;

/** Firehose's own default. Source: API reference, BufferingHints. */
const defaultBufferSeconds = 300;

/**
 * Records are in a buffer that is neither full nor due, and so no object is written yet.
 *
 * Source: Amazon Data Firehose Developer Guide, "Configure buffering hints"; with partitions, data can be
 * delivered after 1.5 buffer intervals.
 */
export const stillBuffering: Cause<"metrics"> = {
  name: "still-buffering",
  about: "records are in a buffer that is neither full nor due",
  needs: ["metrics"],
  fine: ({ metrics, at }) => {
    const last = above0(metrics, "delivered").at(-1);
    return last && `delivered last at ${moment(last.at, at)}`;
  },
  examine: (evidence, place) => {
    const waiting = waitingRecords(evidence, place);
    if (waiting === undefined) return [];
    const { at, deliveryStream } = evidence;
    const { bufferSeconds = defaultBufferSeconds, bufferBytes } = deliveryStream ?? {};
    const { records, bytes, due } = waiting;
    const size = bufferBytes === undefined ? "" : `${bufferBytes / 1024 / 1024} MiB or `;
    const held = bytes === undefined ? "" : ` with ${bytes.toLocaleString("en-US")} bytes`;
    return [
      {
        cause: "still-buffering",
        title: `Firehose is still buffering: the object is due at ${moment(due, at)}`,
        evidence: [
          `${counted(records, "record")}${held} in the buffer`,
          `an object is written after ${size}${duration(bufferSeconds * 1000)}`,
        ],
        fix:
          place.kind === "local"
            ? [
                { step: "Wait, or run with a shorter interval:" },
                {
                  command: `npx streamlake local --stack ${place.stack ?? "dev"} --interval 5 --keep`,
                },
              ]
            : [
                {
                  step: "Wait; for shorter waits lower delivery.bufferIntervalSeconds and deploy:",
                },
                applyFix(place),
              ],
      },
    ];
  },
};

interface Waiting {
  readonly records: number;
  /** Unknown on AWS. */
  readonly bytes?: number;
  readonly due: number;
}

/** What waits in a buffer that is not due yet; undefined if objects are written, or should have been. */
function waitingRecords(
  evidence: Evidence & Pick<Parts, "metrics">,
  { kind }: Place,
): Waiting | undefined {
  const { at, metrics, buffer, deliveryStream, run } = evidence;
  // Nothing is written any more.
  if (run?.isUp === false) return undefined;
  const { bufferSeconds = defaultBufferSeconds, partitions = false } = deliveryStream ?? {};
  const interval = bufferSeconds * 1000 * (partitions ? 1.5 : 1);
  const period = metrics.periodSeconds * 1000;
  const delay = kind === "local" ? 0 : publishingDelay;
  const put = above0(metrics, "delivered").at(-1);
  if (put !== undefined && at - put.at - period < interval + delay) return undefined;
  if (buffer !== undefined)
    return buffer.records > 0 && buffer.due !== undefined && buffer.due > at
      ? { records: buffer.records, bytes: buffer.bytes, due: buffer.due }
      : undefined;
  const unwritten = received(metrics).filter((point) => put === undefined || point.at > put.at);
  const [first] = unwritten;
  if (first === undefined) return undefined;
  const due = first.at + interval;
  const records = unwritten.reduce((sum, { value }) => sum + value, 0);
  return at < due + delay ? { records, due } : undefined;
}
