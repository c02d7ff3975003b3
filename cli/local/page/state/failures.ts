import type { CallFailed, ErrorLogged } from "../../../../aws/firehose/delivery/deliveryEvent";

/** A call that failed once or repeatedly, always with the same error. */
export interface FailingCall {
  /** Unique within its delivery stream. */
  readonly id: number;
  readonly operation: string;
  readonly code: string;
  readonly message: string;
  /** How often it failed. */
  readonly failures: number;
  /** Time of the last failure, in milliseconds since 1970. */
  readonly at: number;
  /** Time of the next attempt, in milliseconds since 1970. */
  readonly retryAt: number;
}

/** Older calls are dropped. */
const maxCalls = 50;

/** @returns the calls with one more failure, newest first */
export function failingCallsWith(
  calls: readonly FailingCall[],
  { operation, code, message, at, delayMilliseconds }: CallFailed,
): readonly FailingCall[] {
  const same = calls.find(
    (call) => call.operation === operation && call.code === code && call.message === message,
  );
  const nextId = Math.max(0, ...calls.map(({ id }) => id)) + 1;
  const failed: FailingCall = {
    id: same?.id ?? nextId,
    operation,
    code,
    message,
    failures: (same?.failures ?? 0) + 1,
    at,
    retryAt: at + delayMilliseconds,
  };
  return [failed, ...calls.filter((call) => call !== same)].slice(0, maxCalls);
}

/** A line of the error log of a delivery stream. */
export interface ErrorLine {
  /** 1 for the first line of its delivery stream. */
  readonly id: number;
  /** In milliseconds since 1970. */
  readonly at: number;
  /** Error code of Firehose, e.g. `S3.AccessDenied`; absent if the line has none. */
  readonly code?: string;
  /** Error message of Firehose, or the whole line if it has none. */
  readonly message: string;
}

export function errorLine(id: number, { at, message: line }: ErrorLogged): ErrorLine {
  const { errorCode, message } = parsed(line);
  return {
    id,
    at,
    ...(typeof errorCode === "string" && { code: errorCode }),
    message: typeof message === "string" ? message : line,
  };
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return { ...(typeof value === "object" ? value : {}) };
  } catch {
    return {};
  }
}
