import type { ErrorLogged } from "../../../../aws/firehose/delivery/deliveryEvent";

/** A line of the CloudWatch log of a delivery stream. */
export interface ErrorLine {
  /** 1 for the first line of its delivery stream. */
  readonly id: number;
  /** In milliseconds since 1970. */
  readonly at: number;
  /** Firehose's, e.g. `S3.AccessDenied`; absent if the line has none. */
  readonly code?: string;
  /** Firehose's, or the whole line if it has none. */
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
