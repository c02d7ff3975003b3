import { logMessages } from "../../aws/firehose/features/cloudWatchLogProcessing";
import type { DeliveryConfiguration } from "../../aws/firehose/model/deliveryConfiguration";
import type { InputLine } from "../../records/input/readRecords";
import type { Delimiter } from "../../records/verify/readObject";

/** What separates the expected records in an object. */
export function delimiterOf(output: DeliveryConfiguration): Delimiter {
  return output.newlineDelimiter || deliversMessages(output) ? "newline" : "none";
}

/** Whether only the messages of log events are delivered, each on a line. */
export function deliversMessages({ processors }: DeliveryConfiguration): boolean {
  return processors.some(
    (processor) => processor.type === "CloudWatchLogProcessing" && processor.dataMessageExtraction,
  );
}

/** What of a line of the input the objects are to contain as records. */
export function recordsIn(
  configuration: DeliveryConfiguration,
): (line: Uint8Array) => readonly Uint8Array[] {
  return deliversMessages(configuration) ? messageLines : (line) => [line];
}

/** The lines of the messages of log events; the line itself if it has none to deliver. */
function messageLines(line: Uint8Array): readonly Uint8Array[] {
  let messages: Uint8Array | undefined;
  try {
    messages = logMessages(line);
  } catch {
    // Not JSON: it fails in the delivery stream, too.
  }
  if (messages === undefined) return [line];
  const lines = Buffer.from(messages).toString().split("\n");
  return lines.filter((text) => text.trim() !== "").map((text) => Buffer.from(text));
}

/** What counts the lines of an input. */
interface SentCounter {
  addSent(line: Uint8Array): void;
}

/** The same lines, each counted as sent when it is read. */
export async function* tallied(
  lines: AsyncIterable<InputLine>,
  counters: readonly SentCounter[],
): AsyncGenerator<InputLine> {
  for await (const line of lines) {
    if ("data" in line) for (const counter of counters) counter.addSent(line.plain ?? line.data);
    yield line;
  }
}
