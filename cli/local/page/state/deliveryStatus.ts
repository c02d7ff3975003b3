import { isThrottling } from "../../../../aws/throttling";
import { counted } from "../../../../records/amounts";
import type { Accounting } from "./accounting";
import { type FailingCall, isFailing } from "./failures";
import { type DeliveryStreamState, isRejecting } from "./pageState";

/** Whether a run delivers, delivers what is left, or is over. */
export type Phase = "running" | "stopping" | "ended";

/** What a delivery stream does at the moment, in words. */
export interface DeliveryStatus {
  /** `blocked`: records wait because calls fail; `working`: records are on their way. */
  readonly level: "idle" | "working" | "done" | "blocked";
  readonly title: string;
  /** The reason or what to do, e.g. the message of AWS. */
  readonly detail?: string;
  /** Since when it is so, in milliseconds since 1970. */
  readonly since?: number;
  /** When the failing call is repeated, in milliseconds since 1970; absent after the end. */
  readonly retryAt?: number;
}

/** What the status depends on in addition to the state of the delivery stream. */
interface StatusContext {
  readonly accounting: Accounting;
  readonly phase: Phase;
  /** Command that continues the run. */
  readonly resumeCommand: string;
  /** In milliseconds since 1970. */
  readonly now: number;
}

export function deliveryStatus(
  stream: DeliveryStreamState,
  { accounting, phase, resumeCommand, now }: StatusContext,
): DeliveryStatus {
  const blocked = blockedStatus(stream, now);
  const { accepted, delivered, dropped } = accounting;
  const left: Left = {
    delivery: accepted - delivered - dropped,
    backup: stream.backup ? accepted - stream.backup.streamRecords : 0,
  };
  if (phase === "ended") return endedStatus(accounting, left, resumeCommand, blocked);
  if (phase === "stopping") {
    const title = stoppingTitle(left);
    return blocked
      ? { ...blocked, title: `${title}. ${blocked.title}` }
      : { level: "working", title };
  }
  return blocked ?? runningStatus(accounting, left);
}

/** How many accepted records an output still needs. */
interface Left {
  readonly delivery: number;
  /** 0 without a backup. */
  readonly backup: number;
}

function stoppingTitle({ delivery, backup }: Left): string {
  if (delivery > 0) return `Stopping: delivering ${counted(delivery, "record")}`;
  return backup > 0 ? `Stopping: backing up ${counted(backup, "record")}` : "Stopping";
}

function endedStatus(
  { accepted, dropped }: Accounting,
  left: Left,
  resumeCommand: string,
  blocked: DeliveryStatus | undefined,
): DeliveryStatus {
  if (left.delivery === 0 && left.backup === 0) {
    const title = accepted === 0 ? "Ended without records" : "Ended: every record is delivered";
    return { level: "done", title: dropped > 0 ? `${title} or dropped by a processor` : title };
  }
  const reason = blocked ? `${blocked.title}. ` : "";
  return {
    level: "blocked",
    title:
      left.delivery > 0
        ? `Ended: ${counted(left.delivery, "record")} not delivered`
        : `Ended: ${counted(left.backup, "record")} not in the backup`,
    detail: `${reason}The records are still on disk. To deliver them: ${resumeCommand}`,
  };
}

function runningStatus({ accepted, dropped }: Accounting, left: Left): DeliveryStatus {
  if (accepted === 0) return { level: "idle", title: "Waiting for records" };
  if (left.delivery > 0) return { level: "working", title: "Delivering" };
  if (left.backup > 0) return { level: "working", title: "Backing up" };
  const removed = dropped > 0 ? " or dropped by a processor" : "";
  return { level: "done", title: `Every accepted record is delivered${removed}` };
}

/** The first of these that applies; undefined if nothing is blocked. */
function blockedStatus(stream: DeliveryStreamState, now: number): DeliveryStatus | undefined {
  const failing = [...stream.deniedCalls, ...stream.failingCalls].filter((call) =>
    isFailing(call, now),
  );
  const puts = failing.filter(({ operation }) => operation === "PutObject");
  const put = puts.find(({ backup }) => !backup) ?? puts[0];
  if (put) return failingStatus(put.backup ? "Backup" : "Delivery", put, "S3");
  const checkpoint = failing.find(({ operation }) => operation === "Checkpoint");
  if (checkpoint) return failingStatus("Saving the position", checkpoint, "The disk");
  const [read] = failing;
  if (read) return failingStatus("Reading", read, "Kinesis");
  return rejectingStatus(stream, now);
}

function failingStatus(what: string, call: FailingCall, service: string): DeliveryStatus {
  const { operation, code, message, denied, since, retryAt } = call;
  const cause = denied
    ? `IAM denies ${operation}`
    : isDiskFull(code, message)
      ? "the disk is full"
      : isThrottling(code)
        ? `${service} throttles ${operation}`
        : `${operation} fails with ${code}`;
  return {
    level: "blocked",
    title: `${what} is blocked: ${cause}`,
    detail: message,
    ...(since !== undefined && { since }),
    retryAt,
  };
}

/** The endpoint of the bucket reports an error of the operating system in its message. */
function isDiskFull(code: string, message: string): boolean {
  return ["ENOSPC", "EDQUOT"].some((name) => code === name || message.includes(name));
}

function rejectingStatus(
  { rejection }: DeliveryStreamState,
  now: number,
): DeliveryStatus | undefined {
  if (!isRejecting(rejection, now)) return undefined;
  const { throttled, code, since } = rejection;
  const title = throttled
    ? "The stream throttles producers"
    : `The stream rejects records${code === undefined ? "" : `: ${code}`}`;
  return { level: "blocked", title, since };
}
