import type { CallFailed } from "../../../../aws/firehose/delivery/deliveryEvent";

/** A call that failed, and fails again in the same words. */
export interface FailingCall {
  /** Tells it apart from the others of its delivery stream. */
  readonly id: number;
  readonly operation: string;
  readonly code: string;
  readonly message: string;
  /** How often it failed so. */
  readonly failures: number;
  /** When it failed last, in milliseconds since 1970. */
  readonly at: number;
  /** When it is made again, in milliseconds since 1970. */
  readonly retryAt: number;
}

const mostCalls = 50;

/** @returns the calls with one more failure, the newest first */
export function failingCallsWith(
  calls: readonly FailingCall[],
  { operation, code, message, at, delayMilliseconds }: CallFailed,
): readonly FailingCall[] {
  const same = calls.find(
    (call) => call.operation === operation && call.code === code && call.message === message,
  );
  const nextId = calls.reduce((most, { id }) => Math.max(most, id), 0) + 1;
  const failed: FailingCall = {
    id: same?.id ?? nextId,
    operation,
    code,
    message,
    failures: (same?.failures ?? 0) + 1,
    at,
    retryAt: at + delayMilliseconds,
  };
  return [failed, ...calls.filter((call) => call !== same)].slice(0, mostCalls);
}
