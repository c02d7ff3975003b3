import { longestDelivery, type TargetProcessing } from "../../records/target/processing";
import type { LakeReport } from "../../records/verify/verifyLake";
import { timeText } from "../../records/amounts";
import type { Colors } from "../reports/terminal";

type NewestObject = Required<LakeReport>["newest"];

/** How old the newest object of today is, and whether records must have followed it. */
export interface ObjectAge {
  /** Negative if the clock of S3 is ahead of the one of this machine. */
  readonly seconds: number;
  /** The buffer interval; absent if it is unknown. */
  readonly bufferSeconds?: number;
  /** Within this time, whatever has arrived is in the bucket; absent if the buffer interval is unknown. */
  readonly limitSeconds?: number;
  /** Whether it is older than that: nothing arrived in the meantime, or it is not delivered. */
  readonly isOverdue: boolean;
}

/** @param now in milliseconds since 1970 */
export function ageOf(
  { modified }: NewestObject,
  processing: TargetProcessing,
  now: number,
): ObjectAge {
  const seconds = Math.round((now - Date.parse(modified)) / 1000);
  const { bufferSeconds } = processing;
  if (bufferSeconds === undefined) return { seconds, isOverdue: false };
  const limitSeconds = longestDelivery(processing);
  return { seconds, bufferSeconds, limitSeconds, isOverdue: seconds > limitSeconds };
}

export function newestFact(
  { modified }: NewestObject,
  age: ObjectAge | undefined,
  colors: Colors,
): [name: string, value: string] {
  const time = `${modified.slice(0, 19).replace("T", " ")} UTC`;
  if (age === undefined) return ["Newest object", time];
  const { seconds, bufferSeconds, isOverdue } = age;
  const old = seconds < 0 ? "ahead of this clock" : `${timeText(seconds * 1000)} old`;
  const buffer = bufferSeconds === undefined ? "" : `; buffer ${timeText(bufferSeconds * 1000)}`;
  return ["Newest object", `${time} (${isOverdue ? colors.yellow(old) : old}${buffer})`];
}

/** Says what an old object means. */
export function overdueNote(age: ObjectAge | undefined): readonly string[] {
  if (age?.limitSeconds === undefined || !age.isOverdue) return [];
  return [
    "",
    `Firehose delivers within about ${timeText(age.limitSeconds * 1000)}, so since the newest object either no record`,
    "arrived, or records are not delivered. `npx streamlake verify --probe` finds out.",
  ];
}
