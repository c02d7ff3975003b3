import assert from "node:assert/strict";
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { StreamStore } from "../../../../aws/kinesis/store/streamStore";
import { temporaryFolder } from "../../../local/support/temporaryFolder";
import {
  copyOf,
  createEvents,
  events,
  numbers,
  putLines,
  region,
  segmentsIn,
  linesOf,
} from "../support/storedRecords";

/** All files of a directory with their contents, but for those of a running store. */
function contentsOf(directory: string): Map<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "pid")
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(files.map((file) => [file, readFileSync(file, "base64")]));
}

describe("a damaged stream store", () => {
  const root = temporaryFolder();
  let whole: string;
  let count = 0;

  /** Three segments with 40, 40 and 20 records, each record with its number as data. */
  before(async () => {
    whole = join(root, "whole");
    for (const [from, length] of [
      [0, 40],
      [40, 40],
      [80, 20],
    ] as const) {
      const store = await StreamStore.open(whole);
      const stream = await store.create(events, { shardCount: 1 });
      assert.ok(stream);
      await putLines(stream, numbers(length, from));
      await store.close();
    }
    assert.equal(segmentsIn(whole).length, 3);
  });

  async function opened(directory: string) {
    const problems: string[] = [];
    const store = await StreamStore.open(directory, { onProblem: (line) => problems.push(line) });
    const stream = await store.create(events, {});
    const lines = stream ? await linesOf(stream) : [];
    const [resumed] = (
      await store.undelivered([{ region, stream: events.name, deliveryStream: "to-lake" }])
    ).resumed;
    await store.close();
    assert.equal(resumed?.records ?? 0, lines.length, "as many as can be read are counted");
    return { problems, lines };
  }

  interface Damage {
    readonly what: string;
    readonly damage: (segments: readonly string[], directory: string) => void;
    /** Records that are lost. */
    readonly lost: readonly number[];
    readonly problem: RegExp;
  }

  const middle = (file: string): number => Math.floor(statSync(file).size / 2);
  const flip = (file: string, position: number): void => {
    const bytes = readFileSync(file);
    bytes[position] = (bytes[position] ?? 0) ^ 0x10;
    writeFileSync(file, bytes);
  };
  const range = (from: number, to: number): number[] =>
    Array.from({ length: to - from }, (_, index) => from + index);

  const damages: readonly Damage[] = [
    {
      what: "a segment file that is missing",
      damage: ([, second = ""]) => {
        rmSync(second);
      },
      lost: range(40, 80),
      problem: /shardId-000000000000 lacks a segment file\. 40 accepted records cannot be read/,
    },
    {
      what: "the first segment file missing",
      damage: ([first = ""]) => {
        rmSync(first);
      },
      lost: range(0, 40),
      problem: /lacks a segment file\. 40 accepted records cannot be read/,
    },
    {
      what: "the last segment file missing",
      damage: (segments) => {
        rmSync(segments.at(-1) ?? "");
      },
      lost: range(80, 100),
      problem: /lacks a segment file\. 20 accepted records cannot be read/,
    },
    {
      what: "a segment that was emptied",
      damage: ([, second = ""]) => {
        truncateSync(second);
      },
      lost: range(40, 80),
      problem: /40 accepted records cannot be read/,
    },
    {
      what: "garbage in place of a segment",
      damage: ([, second = ""]) => {
        writeFileSync(second, Buffer.alloc(statSync(second).size, 0xf5));
      },
      lost: range(40, 80),
      problem: /segment is damaged at byte \d+ \(\d+ bytes\)\. 40 accepted records cannot be read/,
    },
    {
      what: "garbage behind the last record",
      damage: (segments) => {
        appendFileSync(segments.at(-1) ?? "", "garbage");
      },
      lost: [],
      problem: /segment is damaged at byte \d+ \(7 bytes\)\. No accepted record is affected/,
    },
    {
      what: "a foreign file",
      damage: ([first = ""]) => {
        writeFileSync(join(dirname(first), "notes.txt"), "mine");
      },
      lost: [],
      problem: /notes\.txt does not belong to the store and is left alone/,
    },
    {
      what: "a foreign directory",
      damage: (_, directory) => {
        mkdirSync(join(directory, "streams", region, "50%"));
        writeFileSync(join(directory, "streams", region, "50%", "notes.txt"), "mine");
      },
      lost: [],
      problem: /50% does not belong to the store and is left alone/,
    },
    {
      what: "a damaged stream.json",
      damage: (_, directory) => {
        flip(join(directory, "streams", region, "events", "stream.json"), 40);
      },
      lost: [],
      problem: /stream\.json is damaged and was recreated from the shards/,
    },
    {
      what: "no stream.json",
      damage: (_, directory) => {
        rmSync(join(directory, "streams", region, "events", "stream.json"));
      },
      lost: [],
      problem: /stream\.json is missing and was recreated from the shards/,
    },
    {
      what: "a damaged state file",
      damage: ([first = ""]) => {
        flip(join(dirname(first), "state"), 3);
      },
      lost: [],
      problem: /state is damaged/,
    },
    {
      what: "a damaged format.json",
      damage: (_, directory) => {
        flip(join(directory, "format.json"), 3);
      },
      lost: [],
      problem: /format\.json is damaged and was recreated/,
    },
    {
      what: "another shard's segment",
      damage: ([, second = ""], directory) => {
        const other = `${directory}-other`;
        copyFileSync(join(other, "segment"), second);
      },
      lost: range(40, 80),
      problem: /segment belongs to another shard/,
    },
  ];
  for (const { what, damage, lost, problem } of damages)
    it(`reads all but what is lost with ${what}, and reports it with its place`, async () => {
      const directory = copyOf(whole, `table-${++count}`);
      if (what.includes("another shard's")) await makeOther(`${directory}-other`);
      damage(segmentsIn(directory), directory);
      const before = contentsOf(directory);
      const { problems, lines } = await opened(directory);
      assert.deepEqual(
        lines,
        numbers(100).filter((text) => !lost.includes(Number(text))),
      );
      assert.ok(
        problems.some((line) => problem.test(line)),
        problems.join("\n"),
      );
      // What was there is there still, in its place or aside.
      const after = contentsOf(directory);
      const contents = new Set(after.values());
      for (const [file, content] of before)
        if (!file.endsWith("/state") || what.includes("state file"))
          if (!file.endsWith("stream.json") || what.includes("stream.json"))
            assert.ok(contents.has(content), file);
      // Records that come afterwards are as safe as any.
      const store = await StreamStore.open(directory);
      const stream = await store.create(events, {});
      assert.ok(stream);
      await putLines(stream, ["new"]);
      await store.close();
      assert.equal((await opened(directory)).lines.at(-1), "new");
    });

  /** A segment of a stream that was created at another time. */
  async function makeOther(directory: string): Promise<void> {
    const { store, stream } = await createEvents(directory);
    await putLines(stream, numbers(100, 1000));
    await store.close();
    const [segment = ""] = segmentsIn(directory);
    renameSync(segment, join(directory, "segment"));
  }

  it("loses only the records that a flipped bit or a cut hits, wherever it is", async () => {
    const segments = segmentsIn(whole).length;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: segments - 1 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.boolean(),
        async (index, place, cuts) => {
          const directory = copyOf(whole, `random-${++count}`);
          const file = segmentsIn(directory)[index] ?? "";
          const position = Math.floor(statSync(file).size * place);
          if (cuts) truncateSync(file, position);
          else flip(file, position);
          const { problems, lines } = await opened(directory);
          const [from = 0, to = 0] = [
            [0, 40],
            [40, 80],
            [80, 100],
          ][index] ?? [0, 0];
          const others = numbers(100).filter((text) => Number(text) < from || Number(text) >= to);
          const own = lines.filter((text) => Number(text) >= from && Number(text) < to);
          assert.deepEqual(
            lines.filter((text) => !own.includes(text)),
            others,
          );
          if (cuts) assert.deepEqual(own, numbers(own.length, from));
          else assert.ok(own.length >= to - from - 1, "one bit costs one record at most");
          assert.ok(problems.length > 0);
          const lost = to - from - own.length;
          if (lost > 0)
            assert.ok(
              problems.some((line) => line.includes(`${lost} accepted record`)),
              problems.join("\n"),
            );
          rmSync(directory, { recursive: true });
        },
      ),
      { numRuns: 75 },
    );
  });

  it("does not report a record that was being written when the process was killed", async () => {
    const directory = copyOf(whole, "unfinished");
    const last = segmentsIn(directory).at(-1) ?? "";
    const bytes = readFileSync(last);
    // A frame whose counter is the next one, without its end.
    const marker = bytes.lastIndexOf(Buffer.from([0xf5, 0x53, 0x4c, 0x52]));
    const frame = Buffer.from(bytes.subarray(marker));
    frame.writeUIntBE(101, 14, 6);
    for (const length of [3, 20, frame.length - 1]) {
      writeFileSync(last, Buffer.concat([bytes, frame.subarray(0, length)]));
      const { problems, lines } = await opened(copyOf(directory, String(length)));
      assert.deepEqual(lines, numbers(100));
      assert.deepEqual(problems, [], `${length} bytes`);
    }
  });

  it("reports a shard that cannot be identified, and reads all others", async () => {
    const directory = join(root, "unidentified");
    const { store, stream } = await createEvents(directory, 2);
    await putLines(stream, numbers(40));
    await store.close();
    const [second = ""] = segmentsIn(directory, 1);
    const kept = readFileSync(second).length;
    flip(second, 20);
    flip(join(dirname(dirname(second)), "stream.json"), 40);
    const { problems, lines } = await opened(directory);
    const problem = problems.find((line) => line.startsWith(dirname(second)));
    assert.match(
      problem ?? problems.join("\n"),
      /shardId-000000000001 cannot be identified: the headers of its segments and stream\.json are damaged; it is left alone\. It is unknown how many records are affected\./,
    );
    assert.equal(readFileSync(second).length, kept);
    assert.ok(lines.length > 0 && lines.length < 40, String(lines.length));
    // Its hash keys go to the shard that is left.
    const again = await StreamStore.open(directory);
    const resumed = await again.create(events, {});
    assert.ok(resumed);
    await putLines(resumed, numbers(40, 100));
    await again.close();
    assert.equal((await opened(directory)).lines.length, lines.length + 40);
  });

  it("keeps the damaged bytes aside, and names the copy", async () => {
    const directory = copyOf(whole, "kept");
    const [, second = ""] = segmentsIn(directory);
    const position = middle(second);
    flip(second, position);
    const { problems } = await opened(directory);
    const [, kept = ""] = /kept in (.*)\.$/.exec(problems[0] ?? "") ?? [];
    assert.ok(existsSync(kept), problems[0]);
    assert.ok(readFileSync(second).includes(readFileSync(kept)));
  });

  it("notices damage that comes while it is open, and reads all others", async () => {
    const directory = copyOf(whole, "open");
    const problems: string[] = [];
    const store = await StreamStore.open(directory, { onProblem: (line) => problems.push(line) });
    const stream = await store.create(events, {});
    assert.ok(stream);
    const [first = "", second = ""] = segmentsIn(directory);
    flip(first, middle(first));
    rmSync(second);
    const lines = await linesOf(stream);
    assert.equal(lines.length, 59);
    assert.deepEqual(lines.slice(-20), numbers(20, 80));
    await linesOf(stream);
    assert.equal(problems.length, 2);
    await store.close();
  });

  it("returns what was acknowledged, whatever was put, split and merged before", async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ put: fc.integer({ min: 1, max: 30 }) }) },
      { weight: 1, arbitrary: fc.record({ split: fc.nat() }) },
      { weight: 1, arbitrary: fc.record({ merge: fc.nat() }) },
      { weight: 1, arbitrary: fc.constant({ reopen: true }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const directory = join(root, `steps-${++count}`);
        const problems: string[] = [];
        const options = { segmentBytes: 1000, onProblem: (line: string) => problems.push(line) };
        let { store, stream } = await createEvents(directory, 2, options);
        let next = 0;
        for (const one of steps) {
          if ("put" in one) {
            await putLines(stream, numbers(one.put, next));
            next += one.put;
          } else if ("split" in one) {
            const shard = stream.openShards[one.split % stream.openShards.length];
            if (shard && shard.end - shard.start > 4n)
              await stream.split(shard, (shard.start + shard.end) / 2n);
          } else if ("merge" in one) {
            const index = one.merge % stream.openShards.length;
            const [shard, adjacent] = stream.openShards.slice(index, index + 2);
            if (shard && adjacent) await stream.merge(shard, adjacent);
          } else {
            await store.close();
            store = await StreamStore.open(directory, options);
            const opened = await store.create(events, {});
            assert.ok(opened);
            stream = opened;
          }
        }
        assert.deepEqual([...(await linesOf(stream))].sort(), numbers(next).sort());
        const covered = stream.openShards.reduce(
          (sum, { start, end }) => sum + end - start + 1n,
          0n,
        );
        assert.equal(covered, 1n << 128n);
        assert.deepEqual(problems, []);
        await store.close();
        rmSync(directory, { recursive: true });
      }),
      { numRuns: 20 },
    );
  });
});
