/** A line of the error log of a delivery stream. */
export interface LogLine {
  /** In milliseconds since 1970. */
  readonly at: number;
  /** Error code of Firehose, e.g. `S3.AccessDenied`; absent if the line has none. */
  readonly code?: string;
  /** Error message of Firehose, or the whole line if it has none. */
  readonly message: string;
}

/** Reads a line, which is JSON with `errorCode` and `message`, as Firehose writes it. */
export function logLine(at: number, line: string): LogLine {
  const { errorCode, message } = parsed(line);
  return {
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
