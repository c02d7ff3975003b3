import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { readRecords, type InputLine } from "../../../records/input/readRecords";
import { MAX_FRUITLESS_REQUESTS } from "../../../records/send/putBatch";
import {
  sendRecords,
  type SendOptions,
  type SendProgress,
  type SendSummary,
} from "../../../records/send/sendRecords";
import { streamTarget } from "../../../records/send/sendTarget";
import type { Sleep } from "../../../records/send/sleep";
import { chunked } from "../support/chunked";
import { connectionError, FakeKinesis, type Rejection, serviceError } from "../support/fakeKinesis";

const THROTTLED = "ProvisionedThroughputExceededException";

function numbered(count: number): string[] {
  return [...Array(count).keys()].map((index) => `record ${index + 1}`);
}

function lines(records: readonly string[]): AsyncGenerator<InputLine> {
  return readRecords(chunked(Buffer.from(records.join("\n"))));
}

async function send(
  client: FakeKinesis,
  records: AsyncIterable<InputLine>,
  options: Partial<SendOptions> = {},
): Promise<SendSummary & { waits: number[] }> {
  const waits: number[] = [];
  const sleep: Sleep = async (milliseconds) => {
    waits.push(milliseconds);
    await Promise.resolve();
  };
  const summary = await sendRecords({
    target: streamTarget(client, "events"),
    records,
    sleep,
    ...options,
  });
  return { ...summary, waits };
}

/** Rejects each record that `which` selects, the first `times` times. */
function rejecting(which: (data: string) => boolean, times: number): Rejection {
  const rejections = new Map<string, number>();
  return (data) => {
    const count = rejections.get(data) ?? 0;
    if (!which(data) || count >= times) return undefined;
    rejections.set(data, count + 1);
    return THROTTLED;
  };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await setImmediate();
}

describe("sendRecords", () => {
  it("sends what is there while it waits for further lines", async () => {
    const kinesis = new FakeKinesis();
    async function* slow(): AsyncGenerator<Uint8Array> {
      for (const line of ["a", "b", "c"]) {
        yield Buffer.from(`${line}\n`);
        await until(() => kinesis.accepted.includes(line));
      }
    }
    const linger: Sleep = () => Promise.resolve();
    const summary = await send(kinesis, readRecords(slow()), { linger });
    assert.deepEqual(kinesis.requests, [["a"], ["b"], ["c"]]);
    assert.equal(summary.sent, 3);
  });

  it("sends every record once, in batches, and returns a summary", async () => {
    const kinesis = new FakeKinesis();
    const records = numbered(1_201);
    const summary = await send(kinesis, lines(records));
    assert.deepEqual([...kinesis.accepted].sort(), [...records].sort());
    assert.deepEqual(summary, {
      sent: 1_201,
      bytes: Buffer.byteLength(records.join("")),
      rejected: [],
      skippedBlank: 0,
      failed: [],
      requests: 3,
      retries: 0,
      waits: [],
    });
  });

  it("reports rejected and blank lines in addition to sent records", async () => {
    const kinesis = new FakeKinesis();
    const bytes = Buffer.concat([
      Buffer.from("a\n\n"),
      Buffer.from([0xff, 0x0a]),
      Buffer.from("b"),
    ]);
    const summary = await send(kinesis, readRecords(chunked(bytes)));
    assert.deepEqual(kinesis.accepted, ["a", "b"]);
    assert.deepEqual(summary.rejected, [{ line: 3, reason: "not UTF-8" }]);
    assert.equal(summary.skippedBlank, 1);
  });

  it("keeps at most four requests in flight", async () => {
    const kinesis = new FakeKinesis();
    await send(kinesis, lines(numbered(5_000)));
    assert.equal(kinesis.mostInFlight, 4);
  });

  it("retries only the rejected records, with growing delays", async () => {
    const kinesis = new FakeKinesis(rejecting((text) => /[37]$/.test(text), 3));
    const summary = await send(kinesis, lines(numbered(10)));
    assert.deepEqual(kinesis.requests.slice(1), Array(3).fill(["record 3", "record 7"]));
    assert.equal(summary.sent, 10);
    assert.equal(summary.retries, 3);
    assert.equal(summary.requests, 4);
    assert.equal(summary.waits.length, 3);
    for (const [index, wait] of summary.waits.entries()) assert.ok(wait <= 100 * 2 ** index);
  });

  it("reports records that are always rejected with AWS's code and message, and sends the rest", async () => {
    const kinesis = new FakeKinesis((text) =>
      text === "record 2" ? "InternalFailure" : undefined,
    );
    const summary = await send(kinesis, lines(numbered(3)));
    assert.equal(summary.sent, 2);
    assert.deepEqual(summary.failed, [
      { line: 2, code: "InternalFailure", message: "about record 2" },
    ]);
    assert.equal(summary.requests, 1 + MAX_FRUITLESS_REQUESTS);
    assert.equal(summary.stopped, undefined);
  });

  it("continues with the next batch after a permanent failure of a record", async () => {
    const kinesis = new FakeKinesis((text) => (text === "record 1" ? THROTTLED : undefined));
    const summary = await send(kinesis, lines(numbered(2_600)));
    assert.equal(summary.sent, 2_599);
    assert.deepEqual(
      summary.failed.map(({ line }) => line),
      [1],
    );
  });

  it("does not give up while a throttled stream accepts some records", async () => {
    let allowed = 0;
    const kinesis = new FakeKinesis((_, request) => {
      if (request > allowed) allowed = request;
      else return THROTTLED;
      return undefined;
    });
    const count = 3 * MAX_FRUITLESS_REQUESTS;
    const summary = await send(kinesis, lines(numbered(count)));
    assert.equal(summary.sent, count);
    assert.equal(summary.requests, count);
  });

  for (const [kind, error] of [
    ["a throttled request", serviceError(THROTTLED, 400)],
    ["a service failure", serviceError("InternalFailure", 500)],
    ["KMS throttling", serviceError("KMSThrottlingException", 400)],
    ["a lost connection", connectionError("ECONNRESET")],
    ["a timeout", Object.assign(new Error("no answer"), { name: "TimeoutError" })],
  ] as const) {
    it(`retries the whole request after ${kind}`, async () => {
      const fail = (request: number): Error | undefined => (request <= 2 ? error : undefined);
      const kinesis = new FakeKinesis(undefined, fail);
      const summary = await send(kinesis, lines(["a", "b"]));
      assert.deepEqual(kinesis.requests, Array(3).fill(["a", "b"]));
      assert.equal(summary.sent, 2);
      assert.equal(summary.retries, 2);
    });
  }

  it("stops if requests keep failing, and accounts for every line up to that point", async () => {
    const kinesis = new FakeKinesis(undefined, (request) =>
      request > 1 ? connectionError("ECONNREFUSED") : undefined,
    );
    const summary = await send(kinesis, lines(numbered(100_000)));
    const { stopped, failed } = summary;
    assert.equal(
      stopped?.reason,
      "the endpoint does not answer. Check that its service is running, the endpoint, the region and " +
        "the network. (ECONNREFUSED: connect ECONNREFUSED)",
    );
    assert.equal(summary.sent, 500);
    assert.equal(summary.sent + failed.length, stopped.afterLine);
    assert.ok(stopped.afterLine <= 2_500);
    const kept = new Set(failed.map(({ line }) => line));
    assert.equal(kept.size, failed.length);
    assert.match(failed.map(({ code }) => code).join(), /ECONNREFUSED/);
  });

  it("fails at once without a stream, and reports what to check", async () => {
    const message = "Stream events under account 123456789012 not found.";
    const kinesis = new FakeKinesis(undefined, () =>
      serviceError("ResourceNotFoundException", 400, message),
    );
    await assert.rejects(send(kinesis, lines(["a"])), {
      message:
        'There is no Kinesis stream "events". Check its name, the region, the account of the ' +
        `credentials and the endpoint. (${message})`,
    });
    assert.equal(kinesis.requests.length, 1);
  });

  for (const [kind, error, message] of [
    [
      "permission",
      serviceError("AccessDeniedException", 400),
      /^No permission to send to the Kinesis stream "events"\. This requires kinesis:PutRecords, .*\(from AWS\)$/,
    ],
    [
      "credentials",
      Object.assign(new Error("none found"), { name: "CredentialsProviderError" }),
      /there are no AWS credentials\. Set AWS_ACCESS_KEY_ID .*none found/,
    ],
    ["region", new Error("Region is missing"), /there is no AWS region\. Specify one/],
  ] as const) {
    it(`fails at once without ${kind}`, async () => {
      const kinesis = new FakeKinesis(undefined, () => error);
      await assert.rejects(send(kinesis, lines(["a"])), { message });
      assert.equal(kinesis.requests.length, 1);
    });
  }

  it("reports what was sent before a permanent failure, and every line that was not", async () => {
    const kinesis = new FakeKinesis(undefined, (request) =>
      request === 5 ? serviceError("ExpiredTokenException", 400, "expired") : undefined,
    );
    const summary = await send(kinesis, lines(numbered(10_000)));
    const { sent, failed, stopped } = summary;
    assert.equal(sent, kinesis.accepted.length);
    assert.ok(stopped);
    assert.equal(sent + failed.length, stopped.afterLine);
    assert.match(stopped.reason, /: the credentials have expired\. Log in again.*expired\)$/);
    assert.equal(failed.length, 500);
  });

  it("treats a record without a result as not accepted", async () => {
    const silent = new FakeKinesis();
    const send = silent.send.bind(silent);
    silent.send = async (command) => {
      const output = await send(command);
      return { ...output, Records: output.Records?.slice(0, -1) };
    };
    const summary = await sendRecords({
      target: streamTarget(silent, "events"),
      records: lines(["only"]),
      sleep: () => Promise.resolve(),
    });
    assert.deepEqual(summary.failed, [{ line: 1, code: "NoResult", message: "no result" }]);
  });

  it("throws what the input throws", async () => {
    await assert.rejects(send(new FakeKinesis(), lines([])), /contains no records/);
  });

  it("reports progress after each request", async () => {
    const seen: SendProgress[] = [];
    const kinesis = new FakeKinesis(rejecting((text) => text === "b", 1));
    await send(kinesis, lines(["a", "", "b"]), { onProgress: (progress) => seen.push(progress) });
    assert.deepEqual(seen, [
      { sent: 1, sentLines: 1, lineBytes: 1, failed: 0, rejected: 0, retries: 0 },
      { sent: 2, sentLines: 3, lineBytes: 2, failed: 0, rejected: 0, retries: 1 },
    ]);
  });

  describe("interruption", () => {
    it("completes the requests in flight, and reports where it stopped", async () => {
      const stop = new AbortController();
      const kinesis = new FakeKinesis(undefined, () => {
        stop.abort();
        return undefined;
      });
      const summary = await send(kinesis, lines(numbered(10_000)), { signal: stop.signal });
      assert.equal(summary.stopped?.reason, "interrupted");
      assert.equal(summary.stopped.afterLine, summary.sent);
      assert.equal(summary.sent, kinesis.accepted.length);
      assert.ok(summary.sent > 0 && summary.sent < 10_000);
    });

    it("reports records that are waiting for a retry as failed", async () => {
      const stop = new AbortController();
      const kinesis = new FakeKinesis((text) => {
        stop.abort();
        return text === "b" ? THROTTLED : undefined;
      });
      const summary = await send(kinesis, lines(["a", "b"]), { signal: stop.signal });
      assert.equal(summary.sent, 1);
      assert.deepEqual(
        summary.failed.map(({ line, code }) => [line, code]),
        [[2, "Interrupted"]],
      );
    });

    it("does not wait for an input that returns no further line", async () => {
      const stop = new AbortController();
      async function* silent(): AsyncGenerator<InputLine> {
        yield { line: 1, data: Buffer.from("a"), readTo: 1 };
        stop.abort();
        await new Promise(() => undefined);
      }
      const summary = await send(new FakeKinesis(), silent(), { signal: stop.signal });
      assert.deepEqual(summary.stopped, {
        afterLine: 0,
        reason: "interrupted",
        unsentLines: 1,
      });
    });

    it("counts the lines that were read and not sent", async () => {
      const stop = new AbortController();
      async function* slow(): AsyncGenerator<Uint8Array> {
        yield Buffer.from("a\nb\n");
        await until(() => kinesis.accepted.length === 2);
        yield Buffer.from("c\n\nd\ne\n");
        await setImmediate();
        stop.abort();
        await new Promise(() => undefined);
      }
      const kinesis = new FakeKinesis();
      const linger: Sleep = async () => {
        await setImmediate();
        if (kinesis.accepted.length > 0) await new Promise(() => undefined);
      };
      const summary = await send(kinesis, readRecords(slow()), { signal: stop.signal, linger });
      assert.deepEqual(kinesis.accepted, ["a", "b"]);
      assert.deepEqual(summary.stopped, {
        afterLine: 2,
        reason: "interrupted",
        unsentLines: 4,
      });
    });

    it("treats an input that the same signal closes as interrupted", async () => {
      const stop = new AbortController();
      async function* closed(): AsyncGenerator<InputLine> {
        yield { line: 1, data: Buffer.from("a"), readTo: 1 };
        await Promise.resolve();
        stop.abort();
        throw Object.assign(new Error("closed"), { name: "AbortError" });
      }
      const summary = await send(new FakeKinesis(), closed(), { signal: stop.signal });
      assert.equal(summary.stopped?.reason, "interrupted");
    });
  });
});
