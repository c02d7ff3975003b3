import type {
  CallFailed,
  ErrorLogged,
  FirehoseOperation,
} from "../../../../aws/firehose/delivery/deliveryEvent";
import { type LogLine, logLine } from "../../../../records/diagnose/logLine";

/** A call that failed once or repeatedly, always with the same error. */
export interface FailingCall {
  /** Unique within its delivery stream. */
  readonly id: number;
  readonly operation: FirehoseOperation;
  /** Whether it is a put of the backup; absent if not. */
  readonly backup?: true;
  readonly code: string;
  readonly message: string;
  /** Whether IAM denied it. */
  readonly denied: boolean;
  /** How often it failed. */
  readonly failures: number;
  /** Time of the last failure, in milliseconds since 1970. */
  readonly at: number;
  /** Time of the next attempt, in milliseconds since 1970. */
  readonly retryAt: number;
  /** Since when its operation has not succeeded, in milliseconds since 1970; absent once it has. */
  readonly since?: number;
}

/** Older calls are dropped. */
const maxCalls = 50;

/** @returns the calls with one more failure, newest first */
export function failingCallsWith(
  calls: readonly FailingCall[],
  { operation, backup = false, code, message, denied, at, delayMilliseconds }: CallFailed,
): readonly FailingCall[] {
  const ofOperation = calls.filter(
    (call) => call.operation === operation && (call.backup ?? false) === backup,
  );
  const same = ofOperation.find((call) => call.code === code && call.message === message);
  const nextId = Math.max(0, ...calls.map(({ id }) => id)) + 1;
  const failed: FailingCall = {
    id: same?.id ?? nextId,
    operation,
    ...(backup && { backup }),
    code,
    message,
    denied,
    failures: (same?.failures ?? 0) + 1,
    at,
    retryAt: at + delayMilliseconds,
    // One error can follow another, e.g. a throttled call an unavailable bucket.
    since: Math.min(at, ...ofOperation.map(({ since = at }) => since)),
  };
  return [failed, ...calls.filter((call) => call !== same)].slice(0, maxCalls);
}

/**
 * The calls once one of these operations has succeeded. A success before the next attempt is that of
 * another shard or object.
 *
 * @param backup whether a put among them is one of the backup
 */
export function recoveredCalls(
  calls: readonly FailingCall[],
  operations: readonly FirehoseOperation[],
  at: number,
  backup = false,
): readonly FailingCall[] {
  return calls.map((call) => {
    if (!operations.includes(call.operation) || at < call.retryAt) return call;
    if (call.operation === "PutObject" && (call.backup ?? false) !== backup) return call;
    const { since, ...recovered } = call;
    return since === undefined ? call : recovered;
  });
}

/**
 * Whether a call is still failing. The success of a checkpoint is not reported, but its failure would be
 * reported soon after the next attempt.
 */
export function isFailing({ operation, since, retryAt }: FailingCall, now: number): boolean {
  return since !== undefined && (operation !== "Checkpoint" || now < retryAt + 5000);
}

/** A line of the error log of a delivery stream. */
export interface ErrorLine extends LogLine {
  /** 1 for the first line of its delivery stream. */
  readonly id: number;
}

export function errorLine(id: number, { at, message: line }: ErrorLogged): ErrorLine {
  return { id, ...logLine(at, line) };
}
