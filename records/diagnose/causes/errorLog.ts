import type { Parts } from "../evidence";
import type { Cause, Finding, Place } from "../finding";
import { counted } from "../../amounts";
import { applyFix, moment, restoreFix } from "../words";

type LogLine = Parts["errorLog"][number];

/** Firehose wrote to its error log. */
export const errorLog: Cause<"errorLog"> = {
  name: "error-log",
  about: "Firehose wrote to its error log",
  needs: ["errorLog"],
  fine: ({ deliveryStream }) =>
    deliveryStream?.logsErrors === false ? undefined : "error log empty",
  examine: ({ errorLog: lines, at }, place) =>
    [...byCode(lines).values()]
      .map((ofCode) => findingOf(ofCode, at, place))
      .sort((one, other) => other.newest - one.newest)
      .map(({ finding }) => finding),
};

function byCode(lines: readonly LogLine[]): ReadonlyMap<string, readonly LogLine[]> {
  const groups = new Map<string, LogLine[]>();
  for (const line of lines) {
    const key = line.code ?? line.message;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return groups;
}

function findingOf(
  lines: readonly LogLine[],
  now: number,
  place: Place,
): { readonly finding: Finding; readonly newest: number } {
  const last = lines.reduce((one, other) => (other.at > one.at ? other : one));
  const { code = "an error without a code", message } = last;
  const finding: Finding = {
    cause: "error-log",
    title: `The error log has ${code}`,
    evidence: [`${counted(lines.length, "line")}, last at ${moment(last.at, now)}`, message],
    fix: [{ step: stepOf(code) }, place.kind === "local" ? applyFix(place) : restoreFix(place)],
    code,
  };
  return { finding, newest: last.at };
}

/**
 * What Firehose's message does not say.
 *
 * Source: Amazon Data Firehose Developer Guide, "Data delivery errors".
 */
function stepOf(code: string): string {
  const [, step] = steps.find(([start]) => code.startsWith(start)) ?? [];
  return step ?? "Do what the message says, then:";
}

const steps = [
  ["S3.AccessDenied", "The role, its trust policy, the bucket's or the key's policy denies it:"],
  ["S3.NoSuchBucket", "Create the bucket again:"],
  ["S3.KMS.RequestLimitExceeded", "Enable a Bucket Key, or raise the quota of KMS requests:"],
  ["S3.KMS", "Enable the key, or use another one:"],
  ["Kinesis.AccessDenied", "The role may not read the stream, or not use its key:"],
  ["Kinesis.ResourceNotFound", "Create the stream again, and replace the delivery stream:"],
  ["Lambda.InvokeAccessDenied", "The role may not invoke the function:"],
  ["Lambda.InvokeLimitExceeded", "Raise the concurrency of the function, then:"],
  ["Lambda.", "Fix the function, then:"],
  ["DataFormatConversion", "Fix the table's schema or the records, then:"],
  ["InternalError", "Firehose repeats it. If it lasts, ask AWS Support. Meanwhile:"],
] as const;
