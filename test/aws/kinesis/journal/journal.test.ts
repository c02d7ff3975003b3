import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { openJournal } from "../../../../aws/kinesis/journal";
import {
  JournalFile,
  type JournalRecord,
  readJournal,
} from "../../../../aws/kinesis/journal/journalFile";
import { temporaryFolder } from "../../../local/support/temporaryFolder";

function record(sequenceNumber: string, data = "AAAA"): JournalRecord {
  const shard = { region: "eu-west-1", stream: "events", shardId: "shardId-000000000000" };
  return { ...shard, sequenceNumber, partitionKey: 'a "key"\n→', data };
}

async function read(file: string): Promise<readonly JournalRecord[]> {
  const records: JournalRecord[] = [];
  for await (const one of readJournal(file)) records.push(one);
  return records;
}

describe("the journal of the streams", () => {
  const temporary = temporaryFolder();

  it("returns records that were appended concurrently, in the order of the calls", async () => {
    const file = join(temporary, "order.jsonl");
    const journal = await JournalFile.open(file);
    const batches = [1, 2, 3].map((batch) => [1, 2].map((n) => record(`${batch}${n}`)));
    // Larger than a chunk that is read at a time.
    const large = record("40", "A".repeat(3 * 1024 * 1024));
    await Promise.all([...batches, [large]].map((batch) => journal.append(batch)));
    await journal.close();
    assert.deepEqual(await read(file), [...batches.flat(), large]);
    await assert.rejects(journal.append([record("50")]));
  });

  it("loses only the records that were cut off, wherever a kill cuts the file", async () => {
    const file = join(temporary, "cut.jsonl");
    const records = [record("1"), record("2"), record("3")];
    const lines = records.map((one) => Buffer.byteLength(`${JSON.stringify(one)}\n`));
    const bytes = lines.reduce((sum, length) => sum + length, 0);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: bytes }), async (cut) => {
        const journal = await JournalFile.open(file);
        truncateSync(file);
        await journal.append(records);
        await journal.close();
        truncateSync(file, cut);
        const whole = lines.filter((length, index) => {
          const end = lines.slice(0, index).reduce((sum, before) => sum + before, length);
          // A line without its line break is complete.
          return end - 1 <= cut;
        }).length;
        assert.deepEqual(await read(file), records.slice(0, whole));
      }),
      { numRuns: 60 },
    );
  });

  it("separates the next record from the incomplete line of a failed append", async () => {
    const file = join(temporary, "torn.jsonl");
    const handle = await open(file, "a");
    let full = false;
    const journal = new JournalFile({
      async appendFile(lines) {
        const all = String(lines);
        await handle.appendFile(full ? all.slice(0, all.length / 2) : all);
        if (full) throw new Error("ENOSPC");
      },
      close: () => handle.close(),
    });
    await journal.append([record("1")]);
    full = true;
    const failing = [journal.append([record("2")]), journal.append([record("3")])];
    for (const append of failing) await assert.rejects(append, /ENOSPC/);
    full = false;
    await journal.append([record("4")]);
    await journal.append([record("5")]);
    await journal.close();
    assert.deepEqual(await read(file), [record("1"), record("4"), record("5")]);
  });

  it("returns no records if there is no file", async () => {
    assert.deepEqual(await read(join(temporary, "none.jsonl")), []);
  });

  it("can be opened by one process at a time, and by the next after a kill", async () => {
    const directory = join(temporary, "owned");
    const first = await openJournal(directory);
    const pid = join(directory, first.generation, "pid");
    assert.equal(readFileSync(pid, "utf8"), String(process.pid));
    const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    try {
      writeFileSync(pid, String(other.pid));
      await assert.rejects(openJournal(directory), (error: Error) => {
        assert.match(error.message, new RegExp(`in use by process ${String(other.pid)}`, "u"));
        assert.ok(error.message.includes(pid));
        return true;
      });
    } finally {
      const ended = new Promise((resolve) => other.once("exit", resolve));
      other.kill("SIGKILL");
      await ended;
    }
    const second = await openJournal(directory);
    assert.deepEqual([...second.olderGenerations, second.generation], ["000001", "000002"]);
    await first.close();
    await second.close();
    assert.equal(existsSync(pid), false);
  });
});
