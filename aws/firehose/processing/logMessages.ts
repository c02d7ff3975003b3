/**
 * The messages of the log events in a record of a CloudWatch Logs subscription, a newline after each.
 * Empty for a CONTROL_MESSAGE, by which CloudWatch Logs tries whether the subscription can be reached.
 *
 * @param data JSON text
 * @returns undefined if it is no such record
 */
export function logMessages(data: Uint8Array): Uint8Array | undefined {
  const { messageType, logEvents } = membersOf(JSON.parse(Buffer.from(data).toString()));
  if (messageType === "CONTROL_MESSAGE") return new Uint8Array();
  if (messageType !== "DATA_MESSAGE" || !Array.isArray(logEvents)) return undefined;
  const messages = logEvents.map((event: unknown) => membersOf(event).message);
  if (!messages.every((message) => typeof message === "string")) return undefined;
  return Buffer.from(messages.map((message) => `${message}\n`).join(""));
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return { ...(typeof value === "object" ? value : {}) };
}
