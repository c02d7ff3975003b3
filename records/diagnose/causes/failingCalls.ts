import type { Parts } from "../evidence";
import type { Cause, Finding, Place } from "../finding";
import { counted } from "../../amounts";
import { applyFix, moment } from "../words";

/** In a local run, a call of the delivery stream fails again and again. AWS shows this in its error log only. */
export const failingCalls: Cause<"failingCalls"> = {
  name: "failing-call",
  about: "a call of a local run fails again and again",
  needs: ["failingCalls"],
  fine: () => "no failing call",
  examine: ({ failingCalls: calls, at }, place) =>
    calls
      .filter(({ since }) => since !== undefined)
      .map((call) => findingOf(call, call.since ?? at, at, place)),
};

function findingOf(
  { operation, code, message, failures }: Parts["failingCalls"][number],
  since: number,
  now: number,
  place: Place,
): Finding {
  return {
    cause: "failing-call",
    title: `${operation} fails with ${code}`,
    evidence: [`${message} (${counted(failures, "time")} since ${moment(since, now)})`],
    fix: [
      { step: steps[code] ?? steps[operation] ?? "It is repeated. If it does not recover:" },
      applyFix(place),
    ],
    explains: [firehoseCode(operation, code), "InternalError"],
    code: firehoseCode(operation, code),
  };
}

/** The code that Firehose's error log has for a call that fails with a code of Kinesis or S3. */
function firehoseCode(operation: string, code: string): string {
  if (!readOperations.has(operation)) return `S3.${code}`;
  return code === "ResourceNotFoundException" ? "Kinesis.ResourceNotFound" : `Kinesis.${code}`;
}

const readOperations = new Set(["GetRecords", "GetShardIterator", "ListShards"]);

const steps: Readonly<Record<string, string>> = {
  NoSuchBucket: "The bucket was removed during the run. Start another run:",
  ENOSPC: "The disk is full: npx streamlake local clean removes old runs. Then:",
  EDQUOT: "The disk quota is used up: npx streamlake local clean removes old runs. Then:",
  InvokeFunction: "Fix the function: its output is in the messages of the run. Then:",
};
