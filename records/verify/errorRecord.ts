const CODE_NAMES = ["errorCode", "lastErrorCode", "ErrorCode"] as const;

/**
 * The error code of one line of an error object: Firehose writes a failed record as a JSON object.
 * Format conversion calls the code `lastErrorCode`. `unknown` if there is none.
 */
export function errorCodeOf(line: Uint8Array): string {
  const record = parseObject(Buffer.from(line).toString());
  const codes = CODE_NAMES.map((name) => record[name]);
  return codes.find((code) => typeof code === "string") ?? "unknown";
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return { ...(typeof value === "object" ? value : {}) };
  } catch {
    return {};
  }
}
