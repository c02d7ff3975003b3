import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StreamStore } from "../../../aws/kinesis/store/streamStore";
import { localCommand } from "../../../cli/local";
import { runCommand } from "../support/runCommand";

const stream = { region: "eu-central-1", name: "events" };

describe("streamlake local clean", () => {
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), "streamlake-clean-"));
  });
  afterEach(() => {
    rmSync(cwd, { recursive: true });
  });

  const clean = (...args: string[]) => runCommand(localCommand(), ["clean", "-C", cwd, ...args]);

  /** Makes the directory of a run that has accepted records and delivered none of them. */
  async function makeRun(name: string, records = 0, stack = "dev"): Promise<string> {
    const directory = join(cwd, ".streamlake", stack, name);
    const store = await StreamStore.open(join(directory, ".kinesis"));
    const created = await store.create(stream, { shardCount: 1 });
    for (let record = 0; record < records; record += 1)
      await created?.put([{ partitionKey: "k", data: Buffer.from("data") }]);
    await store.close();
    mkdirSync(join(directory, "lake"));
    writeFileSync(join(directory, "lake/object.gz"), Buffer.alloc(3 * 1024 * 1024));
    return directory;
  }

  function makeOld(run: string, hours: number): void {
    const then = new Date(Date.now() - hours * 60 * 60 * 1000);
    for (const file of [run, join(run, ".kinesis")]) utimesSync(file, then, then);
  }

  it("removes runs of all stacks, and prints each with its size", async () => {
    const runs = [await makeRun("one"), await makeRun("two"), await makeRun("three", 0, "prod")];
    const { stdout, exitCode } = await clean();
    assert.equal(exitCode, 0);
    for (const run of runs) {
      assert.equal(existsSync(run), false);
      const [, , stack = "", name = ""] = run.slice(cwd.length).split("/");
      assert.match(stdout, new RegExp(`^removed +3\\.0 MiB  .*/${stack}/${name}$`, "mu"));
    }
    assert.match(stdout, /^Removed 3 runs \(9\.0 MiB\)\.$/mu);
    assert.equal(existsSync(join(cwd, ".streamlake/dev")), false);
  });

  it("prints what it removes and what stays as one JSON document with --json", async () => {
    const [removed, kept] = [await makeRun("one"), await makeRun("two", 2)];
    const { stdout } = await clean("--json");
    const document = JSON.parse(stdout) as Record<"removed" | "kept", Record<string, unknown>[]>;
    assert.deepEqual(
      document.removed.map(({ directory, reason }) => [directory, reason]),
      [[removed, undefined]],
    );
    assert.equal(document.kept[0]?.["directory"], kept);
    assert.match(String(document.kept[0]["reason"]), /^2 records are not delivered/u);
  });

  it("keeps a run with records that are not delivered, unless --all is specified", async () => {
    const run = await makeRun("one", 2);
    const kept = await clean();
    assert.equal(existsSync(run), true);
    assert.equal(kept.exitCode, 0);
    assert.match(kept.stdout, /^ {2}2 records are not delivered: --resume delivers them/mu);
    assert.match(kept.stdout, /^Removed 0 runs \(0 bytes\); 1 run kept\.$/mu);
    await clean("--all");
    assert.equal(existsSync(run), false);
  });

  it("removes a run that is named, and no other, whatever is in it", async () => {
    const [one, other] = [await makeRun("one", 2), await makeRun("two")];
    const { exitCode } = await clean(join(".streamlake/dev/one"));
    assert.equal(exitCode, 0);
    assert.equal(existsSync(one), false);
    assert.equal(existsSync(other), true);
  });

  it("keeps a run that is in use, even if it is named, and exits with 1 then", async () => {
    const run = await makeRun("one");
    const store = await StreamStore.open(join(run, ".kinesis"));
    try {
      const { stdout, exitCode } = await clean("--all");
      assert.equal(exitCode, 0);
      assert.match(stdout, new RegExp(`^ {2}It is in use by process ${process.pid}\\.$`, "mu"));
      assert.equal((await clean(run)).exitCode, 1);
      assert.equal(existsSync(run), true);
    } finally {
      await store.close();
    }
  });

  it("keeps a run whose records cannot be counted", async () => {
    const run = await makeRun("one");
    writeFileSync(join(run, ".kinesis/format.json"), '{"checksum":0,"content":{"version":99}}');
    mkdirSync(join(run, ".kinesis/000001"));
    writeFileSync(join(run, ".kinesis/000001/journal.jsonl"), "");
    const { stdout } = await clean();
    assert.match(stdout, /^ {2}Its records cannot be counted: .*earlier version/mu);
    assert.equal(existsSync(run), true);
  });

  it("only lists what it would remove with --dry-run", async () => {
    const run = await makeRun("one");
    const { stdout } = await clean("--dry-run");
    assert.match(stdout, /^would remove +3\.0 MiB .*\/dev\/one$/mu);
    assert.match(stdout, /^Would remove 1 run \(3\.0 MiB\)\.$/mu);
    assert.equal(existsSync(run), true);
  });

  it("removes only runs of a stack, and only those that ended long enough ago", async () => {
    const [old, recent] = [await makeRun("old"), await makeRun("recent")];
    const other = await makeRun("other", 0, "prod");
    for (const run of [old, other]) makeOld(run, 49);
    makeOld(recent, 47);
    await clean("--stack", "dev", "--older-than", "2d");
    assert.deepEqual([old, recent, other].map(existsSync), [false, true, true]);
  });

  it("leaves alone what is not the directory of a run", async () => {
    await makeRun("one");
    const page = join(cwd, ".streamlake/dev/simulation.html");
    writeFileSync(page, "");
    mkdirSync(join(cwd, ".streamlake/dev/notes"));
    await clean("--all");
    assert.equal(existsSync(page), true);
    assert.equal(existsSync(join(cwd, ".streamlake/dev/notes")), true);
  });

  it("has nothing to remove where no run was", async () => {
    const { stdout, exitCode } = await clean();
    assert.deepEqual([stdout, exitCode], ["Removed 0 runs (0 bytes).", 0]);
  });

  it("rejects a directory that is not a run, and removes nothing", async () => {
    const run = await makeRun("one");
    await assert.rejects(clean(".streamlake/dev/one", "elsewhere"), {
      message: /"elsewhere" is not the directory of a run, so nothing was removed/,
    });
    assert.equal(existsSync(run), true);
  });

  it("rejects options of the run, and times without a unit", async () => {
    await assert.rejects(runCommand(localCommand(), ["--stack", "dev", "clean"]), {
      message: /specify --stack <name> after "clean"/,
    });
    await assert.rejects(clean("--older-than", "7"), { message: /a time in m, h or d/ });
  });
});
