import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { positionsFile } from "../../../../aws/kinesis/store/positions";
import { sequenceNumber, shardId } from "../../../../aws/kinesis/store/sequenceNumber";
import { StreamStore } from "../../../../aws/kinesis/store/streamStore";
import { temporaryFolder } from "../../../local/support/temporaryFolder";
import {
  createEvents,
  events,
  numbers,
  putLines,
  region,
  segmentsIn,
  SettableClock,
  linesByShard,
  linesOf,
} from "../support/storedRecords";

const reader = { region, stream: events.name, deliveryStream: "to-lake" };
const hour = 60 * 60 * 1000;

describe("the stream store", () => {
  const root = temporaryFolder();
  let directory: string;
  let problems: string[];
  let count = 0;
  const onProblem = (line: string): void => {
    problems.push(line);
  };

  beforeEach(() => {
    directory = join(root, String(++count));
    problems = [];
  });

  it("returns records in the order of their puts, also of puts that run side by side", async () => {
    const { store, stream } = await createEvents(directory);
    const puts = numbers(50).map((put) => numbers(20, Number(put) * 20));
    await Promise.all(puts.map((lines) => putLines(stream, lines)));
    assert.deepEqual(await linesOf(stream), numbers(1000));
    await store.close();
  });

  it("shares writes among puts that wait for each other", async () => {
    let writes = 0;
    const { store, stream } = await createEvents(directory);
    const log = stream.openShards[0]?.log;
    const original = log?.append.bind(log);
    assert.ok(log && original);
    const state = join(directory, "streams", region, "events/shardId-000000000000/state");
    const before = readFileSync(state).readUIntBE(6, 6);
    const appended = numbers(100).map((text) =>
      original([{ partitionKey: "k", data: Buffer.from(text) }]).then(({ first }) => {
        // The counter on disk grows by whole writes.
        writes = Math.max(writes, readFileSync(state).readUIntBE(6, 6) - first);
      }),
    );
    await Promise.all(appended);
    assert.equal(before, 1);
    assert.ok(writes > 50, `most puts shared a write: ${writes}`);
    await store.close();
  });

  it("finds records by their counter, their time, and page by page", async () => {
    const clock = new SettableClock();
    const { store, stream } = await createEvents(directory, 1, { clock, segmentBytes: 2000 });
    for (const text of numbers(300)) {
      clock.time += 1000;
      await putLines(stream, [text]);
    }
    assert.ok(segmentsIn(directory).length > 3);
    const log = stream.openShards[0]?.log;
    assert.ok(log);
    const first = clock.time - 299_000;
    for (const [time, counter] of [
      [0, 1],
      [first, 1],
      [first + 1, 2],
      [first + 100_000, 101],
      [clock.time, 300],
      [clock.time + 1, 301],
    ] as const)
      assert.equal(await log.firstSince(time), counter, String(time));
    const page = await log.read({ from: 120, limit: 7, maxBytes: Infinity, since: 0 });
    assert.deepEqual(
      page.records.map(({ data }) => data.toString()),
      numbers(7, 119),
    );
    assert.equal(page.next, 127);
    const small = await log.read({ from: 1, limit: 100, maxBytes: 1, since: 0 });
    assert.deepEqual([small.records.length, small.next], [1, 2]);
    const end = await log.read({ from: 301, limit: 100, maxBytes: 1, since: 0 });
    assert.deepEqual([end.records.length, end.next], [0, 301]);
    await store.close();
  });

  it("keeps arrivals growing when the clock is set back", async () => {
    const clock = new SettableClock();
    const { store, stream } = await createEvents(directory, 1, { clock });
    await putLines(stream, ["a"]);
    clock.time -= hour;
    await putLines(stream, ["b"]);
    const log = stream.openShards[0]?.log;
    const page = await log?.read({ from: 1, limit: 9, maxBytes: Infinity, since: 0 });
    const [a, b] = page?.records ?? [];
    assert.equal(a?.arrival, b?.arrival);
    await store.close();
  });

  it("has all records, settings and shards again when it is opened again", async () => {
    const { store, stream } = await createEvents(directory, 2);
    await putLines(stream, numbers(40));
    const [first, second] = stream.openShards;
    assert.ok(first && second);
    await stream.split(first, (first.start + first.end) / 2n);
    await putLines(stream, numbers(40, 40));
    await stream.update(() => ({ retentionHours: 48, tags: { team: "data" } }));
    const lines = await linesByShard(stream);
    const shards = stream.settings.shards;
    await store.close();

    const again = await StreamStore.open(directory, { onProblem });
    assert.equal(again.stream(events), undefined, "not visible until it is created again");
    const opened = await again.create(events, { retentionHours: 48, tags: { team: "data" } });
    assert.ok(opened);
    assert.deepEqual(await linesByShard(opened), lines);
    assert.deepEqual(opened.settings.shards, shards);
    assert.equal(opened.settings.retentionHours, 48);
    await putLines(opened, ["more"]);
    assert.equal((await linesOf(opened)).length, 81);
    assert.deepEqual(problems, []);
    assert.equal(await again.create(events, {}), undefined);
    await again.close();
  });

  it("reshards a stream of an earlier run to the shards that are declared now", async () => {
    const { store, stream } = await createEvents(directory, 3);
    await putLines(stream, numbers(30));
    await store.close();
    for (const shardCount of [5, 2]) {
      const again = await StreamStore.open(directory, { onProblem });
      const opened = await again.create(events, { shardCount });
      assert.equal(opened?.openShards.length, shardCount);
      assert.deepEqual([...(await linesOf(opened))].sort(), numbers(30).sort());
      await again.close();
    }
    assert.deepEqual(problems, []);
  });

  describe("what is not delivered", () => {
    async function delivered(
      counter: number,
      deliveryStream = reader.deliveryStream,
    ): Promise<void> {
      const store = await StreamStore.open(directory);
      const stream = await store.create(events, { shardCount: 1 });
      const [shard] = stream?.openShards ?? [];
      assert.ok(shard);
      const { created } = shard;
      const sequence = sequenceNumber({ created, shard: 0, counter });
      write(deliveryStream, JSON.stringify({ [shardId(0)]: sequence }));
      await store.close();
    }

    function write(deliveryStream: string, content: string): void {
      const file = positionsFile(directory, { ...reader, deliveryStream });
      mkdirSync(join(file, ".."), { recursive: true });
      writeFileSync(file, content);
    }

    async function undelivered(readers = [reader], declared = true): Promise<[number, number]> {
      const store = await StreamStore.open(directory, { onProblem });
      if (declared) await store.create(events, { shardCount: 1 });
      const { resumed, kept } = await store.undelivered(readers);
      await store.close();
      for (const { directory: where } of kept)
        assert.equal(where, join(directory, "streams", region, "events"));
      return [resumed[0]?.records ?? 0, kept[0]?.records ?? 0];
    }

    beforeEach(async () => {
      const { store, stream } = await createEvents(directory);
      await putLines(stream, numbers(100));
      await store.close();
    });

    it("is all without a position, and what follows the slowest of the delivery streams", async () => {
      assert.deepEqual(await undelivered(), [100, 0]);
      await delivered(60);
      assert.deepEqual(await undelivered(), [40, 0]);
      await delivered(30, "to-archive");
      const archive = { ...reader, deliveryStream: "to-archive" };
      assert.deepEqual(await undelivered([reader, archive]), [70, 0]);
      await delivered(100);
      assert.deepEqual(await undelivered(), [0, 0]);
    });

    it("stays in the directory for a stream that is not declared, and is reported each time", async () => {
      await delivered(60);
      for (let start = 0; start < 2; start += 1) {
        assert.deepEqual(await undelivered([], false), [0, 40]);
        assert.equal(existsSync(segmentsIn(directory)[0] ?? ""), true);
      }
    });

    it("includes what is put in this run, and ends with the positions", async () => {
      const store = await StreamStore.open(directory, { onProblem });
      const stream = await store.create(events, {});
      assert.ok(stream);
      await putLines(stream, numbers(10));
      assert.equal((await store.undelivered([reader])).resumed[0]?.records, 110);
      assert.equal(stream.accepted, 10);
      const { created = 0 } = stream.openShards[0] ?? {};
      const last = sequenceNumber({ created, shard: 0, counter: 110 });
      write(reader.deliveryStream, JSON.stringify({ [shardId(0)]: last }));
      assert.deepEqual(await store.undelivered([reader]), { resumed: [], kept: [] });
      await store.close();
    });

    for (const [what, content] of [
      ["is cut off", '{"shardId-00'],
      ["is not an object", "5"],
      ["has a null", "null"],
      ["has a number that is not a sequence number", '{"shardId-000000000000":"abc"}'],
      [
        "has digits that are raised",
        '{"shardId-000000000000":"99999999999999999999999999999999999999999999999999999999"}',
      ],
    ] as const)
      it(`is all if the position file ${what}, which is reported and kept aside`, async () => {
        write(reader.deliveryStream, content);
        assert.deepEqual(await undelivered(), [100, 0]);
        assert.equal(problems.length, 1);
        assert.match(problems[0] ?? "", /to-lake\.json is damaged.*delivered again/);
        const [kept = ""] = readdirSync(join(directory, "damaged"));
        assert.equal(readFileSync(join(directory, "damaged", kept), "utf8"), content);
        assert.deepEqual(await undelivered(), [100, 0]);
        assert.equal(problems.length, 1, "reported once");
      });

    it("ignores a position beyond the records that there are", async () => {
      await delivered(101);
      assert.deepEqual(await undelivered(), [100, 0]);
      assert.equal(problems.length, 1);
    });
  });

  describe("retention", () => {
    it("removes segments whose records have expired, and hides expired records at once", async () => {
      const clock = new SettableClock();
      const { store, stream } = await createEvents(directory, 1, { clock, segmentBytes: 500 });
      await putLines(stream, numbers(50));
      await putLines(stream, numbers(50, 50));
      clock.time += 23 * hour;
      await putLines(stream, numbers(5, 100));
      assert.equal((await linesOf(stream)).length, 105);
      const before = segmentsIn(directory).length;
      clock.time += 1.5 * hour;
      assert.deepEqual(await linesOf(stream), numbers(5, 100));
      await stream.trim();
      assert.ok(segmentsIn(directory).length < before);
      assert.deepEqual(await linesOf(stream), numbers(5, 100));
      clock.time += 24 * hour;
      await stream.trim();
      assert.deepEqual(await linesOf(stream), []);
      await putLines(stream, ["new"]);
      assert.deepEqual(await linesOf(stream), ["new"]);
      await store.close();

      const again = await StreamStore.open(directory, { clock, onProblem });
      const opened = await again.create(events, {});
      assert.ok(opened);
      assert.deepEqual(await linesOf(opened), ["new"]);
      assert.deepEqual(problems, []);
      await again.close();
    });

    it("lets records of an earlier run age from the moment they are opened again", async () => {
      const clock = new SettableClock();
      const { store, stream } = await createEvents(directory, 1, { clock });
      await putLines(stream, ["late"]);
      await store.close();
      clock.time += 1000 * hour;
      const again = await StreamStore.open(directory, { clock, onProblem });
      const opened = await again.create(events, {});
      assert.ok(opened);
      await opened.trim();
      assert.deepEqual(await linesOf(opened), ["late"]);
      clock.time += 25 * hour;
      await opened.trim();
      assert.deepEqual(await linesOf(opened), []);
      await again.close();
    });

    it("removes closed shards without records", async () => {
      const clock = new SettableClock();
      const { store, stream } = await createEvents(directory, 2, { clock });
      await putLines(stream, numbers(10));
      const [one, other] = stream.openShards;
      assert.ok(one && other);
      await stream.merge(one, other);
      assert.equal(stream.shards.length, 3);
      clock.time += 25 * hour;
      await stream.trim();
      assert.deepEqual(
        stream.shards.map(({ number }) => number),
        [2],
      );
      assert.deepEqual(readdirSync(stream.directory).sort(), [
        "shardId-000000000002",
        "stream.json",
      ]);
      await store.close();
    });
  });

  describe("on a disk that fails", () => {
    it("rejects puts, prints one line, and prints one when it works again", async () => {
      const { store, stream } = await createEvents(directory, 1, { onProblem });
      await putLines(stream, ["before"]);
      const [segment = ""] = segmentsIn(directory);
      const shard = join(segment, "..");
      renameSync(shard, `${shard}-moved`);
      for (let attempt = 0; attempt < 3; attempt += 1)
        await assert.rejects(putLines(stream, ["lost"]));
      assert.equal(problems.length, 1);
      assert.match(problems[0] ?? "", /cannot be written: .*removed while it was in use/);
      renameSync(`${shard}-moved`, shard);
      await putLines(stream, ["after"]);
      assert.match(problems[1] ?? "", /can be written again/);
      assert.equal(problems.length, 2);
      assert.deepEqual(await linesOf(stream), ["before", "after"]);
      await store.close();
      const again = await StreamStore.open(directory, { onProblem });
      const opened = await again.create(events, {});
      assert.ok(opened);
      assert.deepEqual(await linesOf(opened), ["before", "after"]);
      assert.equal(problems.length, 2);
      await again.close();
    });

    it("takes back what a failed write has left in the file", async () => {
      const { store, stream } = await createEvents(directory, 1, { onProblem });
      await putLines(stream, ["before"]);
      const [segment = ""] = segmentsIn(directory);
      const probe = await open(segment, "r");
      type Write = (
        this: unknown,
        bytes: Buffer,
        offset: number,
        length: number,
        position: number,
      ) => Promise<{ readonly bytesWritten: number }>;
      const handles = Object.getPrototypeOf(probe) as { write: Write };
      await probe.close();
      const { write } = handles;
      let calls = 0;
      handles.write = function (bytes, offset, length, position) {
        calls += 1;
        if (calls % 2 === 0) return Promise.reject(new Error("ENOSPC"));
        return write.call(this, bytes, offset, Math.ceil(length / 2), position);
      };
      try {
        const failing = ["a", "b", "c"].map((text) => putLines(stream, [text]));
        for (const put of failing) await assert.rejects(put, /ENOSPC/);
      } finally {
        handles.write = write;
      }
      await putLines(stream, ["after"]);
      assert.deepEqual(await linesOf(stream), ["before", "after"]);
      await store.close();
      assert.deepEqual(
        problems.map((line) =>
          line.replace(/^.* (cannot be written: ENOSPC|can be written).*$/, "$1"),
        ),
        ["cannot be written: ENOSPC", "can be written"],
      );
      const again = await StreamStore.open(directory, { onProblem });
      const opened = await again.create(events, {});
      assert.ok(opened);
      assert.deepEqual(await linesOf(opened), ["before", "after"]);
      assert.equal(problems.length, 2, "nothing is damaged");
      await again.close();
    });

    it("rejects puts once the directory is deleted", async () => {
      const { store, stream } = await createEvents(directory, 1, { onProblem });
      await putLines(stream, ["before"]);
      rmSync(directory, { recursive: true });
      await assert.rejects(putLines(stream, ["lost"]));
      await assert.rejects(putLines(stream, ["lost"]));
      await store.close();
    });
  });

  describe("the directory", () => {
    it("is used by one process at a time, and by the next after a kill", async () => {
      const { store } = await createEvents(directory);
      const pid = join(directory, "pid");
      assert.equal(readFileSync(pid, "utf8"), String(process.pid));
      await store.close();
      assert.equal(existsSync(pid), false);
      const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
      try {
        writeFileSync(pid, String(other.pid));
        await assert.rejects(StreamStore.open(directory), (error: Error) => {
          assert.match(error.message, new RegExp(`in use by process ${String(other.pid)}`, "u"));
          assert.ok(error.message.includes(pid));
          return true;
        });
      } finally {
        const ended = new Promise((resolve) => other.once("exit", resolve));
        other.kill("SIGKILL");
        await ended;
      }
      const next = await StreamStore.open(directory);
      await next.close();
    });

    it("is left as it is if an earlier version wrote it", async () => {
      mkdirSync(join(directory, "000001"), { recursive: true });
      writeFileSync(join(directory, "000001", "journal.jsonl"), "{}\n");
      await assert.rejects(StreamStore.open(directory), /written by an earlier version/);
      assert.deepEqual(readdirSync(directory), ["000001"]);
    });

    it("is left as it is if its format is newer", async () => {
      const { store } = await createEvents(directory);
      await store.close();
      const content = { format: "streamlake stream store", version: 2 };
      const checksum = crc32(JSON.stringify(content));
      writeFileSync(join(directory, "format.json"), JSON.stringify({ checksum, content }));
      await assert.rejects(StreamStore.open(directory), /format version 2.*reads 1/);
      assert.equal(existsSync(join(directory, "pid")), false);
    });

    it("cannot be opened twice by one process", async () => {
      const { store } = await createEvents(directory);
      await assert.rejects(StreamStore.open(directory), /in use by this process/);
      await store.close();
      await (await StreamStore.open(directory)).close();
    });

    it("contains streams with the names . and .. in directories below it", async () => {
      const store = await StreamStore.open(directory);
      for (const name of [".", "..", "..."]) {
        const stream = await store.create({ region, name }, { shardCount: 1 });
        assert.ok(stream);
        await putLines(stream, [name]);
      }
      await store.close();
      const again = await StreamStore.open(directory, { onProblem });
      for (const name of [".", "..", "..."]) {
        const stream = await again.create({ region, name }, { shardCount: 1 });
        assert.ok(stream);
        assert.deepEqual(await linesOf(stream), [name]);
      }
      await again.close();
      assert.deepEqual(problems, []);
    });

    it("does not return a stream of an earlier run after it is deleted", async () => {
      const { store, stream } = await createEvents(directory);
      await putLines(stream, ["a"]);
      await store.close();
      const again = await StreamStore.open(directory);
      const opened = await again.create(events, {});
      assert.ok(opened);
      await again.remove(opened);
      await assert.rejects(putLines(opened, ["late"]), /is closed/);
      const anew = await again.create(events, { shardCount: 1 });
      assert.ok(anew);
      assert.deepEqual(await linesOf(anew), []);
      await again.close();
    });

    it("forgets a stream that is deleted, with its records and positions", async () => {
      const { store, stream } = await createEvents(directory);
      await putLines(stream, ["a"]);
      await store.remove(stream);
      assert.deepEqual(store.streams(region), []);
      const anew = await store.create(events, { shardCount: 1 });
      assert.ok(anew);
      assert.deepEqual(await linesOf(anew), []);
      await store.close();
    });
  });
});
