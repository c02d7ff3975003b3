import assert from "node:assert/strict";
import {
  type DeliveryStream,
  startDeliveryStream,
} from "../../../../aws/firehose/delivery/deliveryStream";
import type { DeliveryConfiguration } from "../../../../aws/firehose/model/deliveryConfiguration";
import { awsError, FakeBucket, FakeCheckpoints, FakeStream } from "../../../local/support/fakeAws";
import { FakeClock } from "../../../local/support/fakeClock";
import { linesOf } from "../../../local/support/parquetLines";
import { configuration, record } from "../../../local/support/records";
import { conversionTo } from "../support/conversion";
import { functionArn } from "../support/inputs";

interface Entry {
  readonly recordId: string;
  readonly data: string;
}

describe("a delivery stream with a function, a backup and partitions of the function", () => {
  let stream: FakeStream;
  let clock: FakeClock;
  let checkpoints: FakeCheckpoints;
  let destination: FakeBucket;
  let backup: FakeBucket;
  let calls: number;

  beforeEach(() => {
    stream = new FakeStream();
    stream.addShard("a");
    clock = new FakeClock();
    checkpoints = new FakeCheckpoints();
    [destination, backup, calls] = [new FakeBucket(), new FakeBucket(), 0];
  });

  function start(changes: Partial<DeliveryConfiguration> = {}): DeliveryStream {
    return startDeliveryStream({
      configuration: configuration({
        processors: [
          { type: "Lambda", functionArn, bufferSizeMiB: 1, bufferSeconds: 60, retries: 0 },
        ],
        ...{ prefix: "!{partitionKeyFromLambda:y}/", partitions: true, bufferSeconds: 10 },
        backup: configuration({ bucket: "my-backup", prefix: "source/", bufferSeconds: 10 }),
        ...changes,
      }),
      ...{ source: stream, destination, backupDestination: backup, checkpoints, clock },
      functions: { invoke: (_, event) => Promise.resolve(answer(event)) },
      ...{ pollMilliseconds: 1000, onEvent: () => undefined },
    });
  }

  /** Each record is in the partition of its year. */
  function answer(event: string) {
    calls += 1;
    const { records } = JSON.parse(event) as { readonly records: readonly Entry[] };
    const answers = records.map(({ recordId, data }) => {
      const { y } = JSON.parse(Buffer.from(data, "base64").toString()) as { readonly y: string };
      return { recordId, result: "Ok", data, metadata: { partitionKeys: { y } } };
    });
    return { payload: JSON.stringify({ records: answers }) };
  }

  function put(...years: readonly string[]): void {
    for (const [index, y] of years.entries())
      stream.put("a", record(JSON.stringify({ y }), clock.now(), index + 1));
  }

  /** Lets time pass until it has ended. @returns why not everything is delivered */
  async function stopped(delivery: DeliveryStream): Promise<string | undefined> {
    const end: Promise<{ readonly reason?: string }> = delivery.stop().then(
      () => ({}),
      (error: unknown) => ({ reason: (error as Error).message }),
    );
    const later = () => clock.advance(1000).then(() => "later" as const);
    for (;;) {
      const first = await Promise.race([end, later()]);
      if (first !== "later") return first.reason;
    }
  }

  it("saves no position while records wait for the function, and then that of both outputs", async () => {
    const delivery = start();
    put("2026", "2025");
    await clock.advance(59_000);
    assert.deepEqual([destination.bodies, backup.bodies, calls], [[], [], 0]);
    assert.deepEqual(checkpoints.saved, new Map());
    await clock.advance(2000);
    assert.equal(calls, 1);
    assert.deepEqual(checkpoints.saved, new Map());
    await clock.advance(10_000);
    assert.deepEqual(backup.bodies, ['{"y":"2026"}\n{"y":"2025"}']);
    assert.deepEqual(checkpoints.saved, new Map([["a", "2"]]));
    assert.equal(await stopped(delivery), undefined);
  });

  // Firehose Developer Guide, "Dynamic partitioning": partition keys of a function.
  it("has the keys of the function at the start of the keys of objects", async () => {
    const delivery = start();
    put("2026", "2025", "2026");
    assert.equal(await stopped(delivery), undefined);
    const prefixes = destination.objects.map(({ key }) => key.split("events-1-")[0]);
    assert.deepEqual(prefixes.sort(), ["2025/", "2026/"]);
  });

  it("converts what the function returned, in the partition of its keys", async () => {
    const delivery = start({ conversion: conversionTo({ y: "int" }) });
    put("2026", "none");
    assert.equal(await stopped(delivery), undefined);
    const data = destination.objects.filter(({ key }) => key.startsWith("2026/"));
    const lines = await Promise.all(data.map(async ({ body }) => String(await linesOf(body))));
    assert.deepEqual(lines, ['{"y":2026}']);
    const failed = destination.objects.filter(({ key }) => !key.startsWith("2026/"));
    assert.deepEqual(
      failed.map(({ key }) => key.split("events-1-")[0]),
      ["errors/format-conversion-failed/"],
    );
  });

  for (const [name, failing, working] of [
    ["destination", () => destination, () => backup],
    ["backup", () => backup, () => destination],
  ] as const)
    it(`stops with what waits for the function in the other output if only the ${name} fails`, async () => {
      failing().error = awsError("InternalError");
      const delivery = start();
      put("2026");
      await clock.advance(1000);
      assert.match((await stopped(delivery)) ?? "", /has rejected objects for 10 s/u);
      assert.deepEqual(working().bodies, ['{"y":"2026"}']);
      assert.deepEqual(checkpoints.saved, new Map());
      assert.equal(clock.sleeping, 0);

      failing().error = undefined;
      assert.equal(await stopped(start()), undefined);
      assert.deepEqual(failing().bodies, ['{"y":"2026"}']);
      assert.deepEqual(checkpoints.saved, new Map([["a", "1"]]));
    });

  it("calls no function after it was stopped at once", async () => {
    const delivery = start();
    put("2026");
    await clock.advance(1000);
    await assert.rejects(delivery.stop(AbortSignal.abort()), /was stopped before the end/u);
    await clock.advance(0);
    assert.equal(calls, 0);
    assert.deepEqual([destination.bodies, backup.bodies], [[], []]);
  });
});
