import { cbor } from "@smithy/core/cbor";
import { EventStreamCodec, getChunkedStream } from "@smithy/core/event-streams";
import { fromUtf8, toUtf8 } from "@smithy/core/serde";
import fc from "fast-check";
import assert from "node:assert/strict";
import { resourceNotFound } from "../../aws/apiFailure";
import { encodeEvents, type StreamEvent } from "../../aws/eventStream";
import { jsonFormat, type WireFormat } from "../../aws/jsonFormat";
import { readCbor, writeCbor } from "../../aws/kinesis/endpoint/cborMessage";

const cborFormat: WireFormat = {
  contentType: "application/x-amz-cbor-1.1",
  read: readCbor,
  write: writeCbor,
};

async function* inOrder(
  events: readonly StreamEvent[],
  error?: Error,
): AsyncGenerator<StreamEvent> {
  yield* await Promise.resolve(events);
  if (error) throw error;
}

async function encoded(events: AsyncIterable<StreamEvent>, format: WireFormat): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of encodeEvents(events, format)) parts.push(part);
  return Buffer.concat(parts);
}

interface Decoded {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

/** Reads messages with the library's decoder, from bytes that arrive in pieces. */
async function decoded(bytes: Buffer, pieceBytes = bytes.length): Promise<readonly Decoded[]> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += pieceBytes)
      yield await Promise.resolve(bytes.subarray(at, at + pieceBytes));
  }
  const codec = new EventStreamCodec(toUtf8, fromUtf8);
  const messages: Decoded[] = [];
  for await (const chunk of getChunkedStream(pieces())) {
    const { headers, body } = codec.decode(chunk);
    messages.push({
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, { value }]) => [name, value]),
      ),
      body: Buffer.from(body),
    });
  }
  return messages;
}

const plain = { noNullPrototype: true };
const events = fc.array(
  fc.record(
    {
      type: fc.stringMatching(/^[A-Za-z-]{1,40}$/),
      payload: fc.record(
        {
          Text: fc.string({ unit: "binary" }),
          Count: fc.integer(),
          Data: fc.uint8Array({ maxLength: 3000 }).map((bytes) => Buffer.from(bytes)),
          Items: fc.array(fc.string()),
        },
        plain,
      ),
    },
    plain,
  ),
  { maxLength: 12 },
);

describe("events in AWS's framing", () => {
  type Payload = Readonly<Record<string, unknown>> & { readonly Data: Buffer };
  const formats: readonly [
    string,
    WireFormat,
    (payload: Payload) => unknown,
    (body: Buffer) => unknown,
  ][] = [
    [
      "JSON",
      jsonFormat,
      ({ Data, ...rest }) => ({ ...rest, Data: Data.toString("base64") }),
      (body) => JSON.parse(body.toString()) as unknown,
    ],
    ["CBOR", cborFormat, (payload) => payload, (body) => cbor.deserialize(body) as unknown],
  ];
  for (const [name, format, expected, read] of formats)
    it(`are what the library's decoder reads in ${name}, in whatever pieces they arrive`, async () => {
      await fc.assert(
        fc.asyncProperty(events, fc.integer({ min: 1, max: 5000 }), async (sent, pieceBytes) => {
          const [first, ...got] = await decoded(await encoded(inOrder(sent), format), pieceBytes);
          assert.equal(first?.headers[":event-type"], "initial-response");
          assert.deepEqual(read(first.body), {});
          assert.deepEqual(
            got.map(({ headers, body }) => ({ headers, payload: read(body) })),
            sent.map(({ type, payload }) => ({
              headers: {
                ":message-type": "event",
                ":event-type": type,
                ":content-type": format.contentType,
              },
              payload: expected(payload),
            })),
          );
        }),
        { numRuns: 200 },
      );
    });

  it("end with an exception for what fails after they have begun", async () => {
    for (const [error, type, message] of [
      [resourceNotFound("It is gone."), "ResourceNotFoundException", "It is gone."],
      [new Error("The disk is full."), "InternalFailureException", "The disk is full."],
    ] as const) {
      const bytes = await encoded(inOrder([{ type: "One", payload: {} }], error), jsonFormat);
      const [, one, last, ...none] = await decoded(bytes);
      assert.equal(one?.headers[":event-type"], "One");
      assert.deepEqual(last?.headers, {
        ":message-type": "exception",
        ":exception-type": type,
        ":content-type": jsonFormat.contentType,
      });
      assert.deepEqual(JSON.parse(last.body.toString()), { message });
      assert.deepEqual(none, []);
    }
  });
});
