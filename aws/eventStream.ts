import { EventStreamCodec } from "@smithy/core/event-streams";
import { fromUtf8, toUtf8 } from "@smithy/core/serde";
import { asFailure } from "./apiFailure";
import type { WireFormat } from "./jsonFormat";

/** One event of an answer that continues. */
export interface StreamEvent {
  /** E.g. `SubscribeToShardEvent`. */
  readonly type: string;
  readonly payload: object;
}

/** An answer that continues after the operation has succeeded: events, each in its time. */
export class EventStream {
  /**
   * @param events from then on; what they throw, the client gets as an exception.
   *   They must end soon after the signal is aborted.
   */
  constructor(readonly events: (ended: AbortSignal) => AsyncIterable<StreamEvent>) {}
}

export const eventStreamType = "application/vnd.amazon.eventstream";

const codec = new EventStreamCodec(toUtf8, fromUtf8);

/** Writes events in AWS's binary framing, after the message with which each answer begins. */
export async function* encodeEvents(
  events: AsyncIterable<StreamEvent>,
  format: WireFormat,
): AsyncGenerator<Buffer, void, undefined> {
  yield message("event", "initial-response", {}, format);
  try {
    for await (const { type, payload } of events) yield message("event", type, payload, format);
  } catch (error) {
    const { code, message: text } = asFailure(error);
    const type = code.endsWith("Exception") ? code : `${code}Exception`;
    yield message("exception", type, { message: text }, format);
  }
}

function message(
  kind: "event" | "exception",
  type: string,
  payload: object,
  { contentType, write }: WireFormat,
): Buffer {
  const header = (value: string) => ({ type: "string", value }) as const;
  const { buffer, byteOffset, byteLength } = codec.encode({
    headers: {
      [`:${kind}-type`]: header(type),
      ":content-type": header(contentType),
      ":message-type": header(kind),
    },
    body: write(payload),
  });
  return Buffer.from(buffer, byteOffset, byteLength);
}
