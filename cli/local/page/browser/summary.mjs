import { alarmSummary } from "./alarmLists.mjs";
import { counted } from "./amounts.mjs";

/** @typedef {import("../state/pageSnapshot.ts").PageSnapshot} PageSnapshot */

/**
 * What a screen reader says now and then: the counters themselves change too often to be read out.
 *
 * @param {PageSnapshot} snapshot
 */
export function spokenSummary({ deliveryStreams, alarms }) {
  const streams = deliveryStreams.map((stream) =>
    [
      `${stream.name}: ${counted(stream.put.records, "record")} put`,
      `${counted(stream.delivered.records, "record")} delivered`,
      counted(stream.objectCount, "object"),
      ...(stream.deniedCalls.length > 0 ? [counted(stream.deniedCalls.length, "denied call")] : []),
      ...(stream.errorCount > 0 ? [counted(stream.errorCount, "error")] : []),
    ].join(", "),
  );
  return `${streams.join(". ")}. Alarms: ${alarmSummary(alarms)}.`;
}
