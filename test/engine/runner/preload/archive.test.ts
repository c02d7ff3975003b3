import assert from "node:assert/strict";
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Archive } from "../../../../engine/runner/preload/archive";
import { NO_CACHE } from "../../../../engine/runner/preload/cacheDirectory";
import { skip } from "../../../support/skip";

describe("Archive", () => {
  const before = process.env["XDG_CACHE_HOME"];
  let home: string;
  const directory = (): string => join(home, "streamlake");
  const file = (): string => {
    const [name = "", ...others] = readdirSync(directory());
    assert.deepEqual(others, []);
    return join(directory(), name);
  };
  const store = (name: string, content: string): void => {
    const archive = Archive.open(["test"]);
    archive.set(name, "stamp", Buffer.from(content));
    archive.save();
  };
  const stored = (name = "one", stamp = "stamp"): string | undefined =>
    Archive.open(["test"]).get(name, stamp)?.toString();

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "streamlake-cache-"));
    process.env["XDG_CACHE_HOME"] = home;
  });
  afterEach(() => {
    chmodSync(directory(), 0o700);
    rmSync(home, { recursive: true });
    Reflect.deleteProperty(process.env, NO_CACHE);
    if (before === undefined) Reflect.deleteProperty(process.env, "XDG_CACHE_HOME");
    else process.env["XDG_CACHE_HOME"] = before;
  });

  it("returns what an earlier process has stored, in one private file", () => {
    store("one", "content");
    store("two", "");
    assert.equal(stored("one"), "content");
    assert.equal(stored("two"), "");
    assert.equal(readFileSync(file()).length > 0, true);
  });

  it("returns nothing for another stamp or another purpose", () => {
    store("one", "content");
    assert.equal(stored("one", "other"), undefined);
    assert.equal(Archive.open(["other"]).get("one", "stamp"), undefined);
  });

  it("returns no damaged content, wherever a byte was changed", () => {
    store("one", "content");
    const content = readFileSync(file());
    for (let position = 0; position < content.length; position++) {
      const damaged = Buffer.from(content);
      damaged[position] = (damaged[position] ?? 0) ^ 0x15;
      writeFileSync(file(), damaged);
      assert.equal(stored(), undefined, `byte ${position}`);
    }
  });

  it("returns no content of a file that was cut", () => {
    store("one", "content");
    const content = readFileSync(file());
    for (let length = 0; length < content.length; length++) {
      writeFileSync(file(), content.subarray(0, length));
      assert.equal(stored(), undefined, `${length} bytes`);
    }
  });

  it("replaces a damaged file", () => {
    store("one", "content");
    writeFileSync(file(), "no cache");
    store("one", "again");
    assert.equal(stored(), "again");
  });

  it("ignores a file or a directory that others can write to", function () {
    if (process.getuid === undefined) skip(this, "files have no owner on this system");
    store("one", "content");
    chmodSync(file(), 0o622);
    assert.equal(stored(), undefined);
    chmodSync(file(), 0o600);
    assert.equal(stored(), "content");
    chmodSync(directory(), 0o777);
    assert.equal(stored(), undefined);
  });

  it("stores nothing and does not fail if the cache is off or cannot be written", () => {
    store("one", "content");
    process.env[NO_CACHE] = "1";
    store("one", "other");
    assert.equal(stored(), undefined);
    Reflect.deleteProperty(process.env, NO_CACHE);
    assert.equal(stored(), "content");
    process.env["XDG_CACHE_HOME"] = join(file(), "not-a-directory");
    store("one", "other");
    assert.equal(stored(), undefined);
    process.env["XDG_CACHE_HOME"] = home;
  });

  it("deletes what was not used for a month, and keeps what was read", () => {
    store("one", "content");
    const old = join(directory(), "old");
    writeFileSync(old, "");
    const longAgo = new Date(Date.now() - 31 * 24 * 60 * 60 * 1000);
    for (const each of [old, ...readdirSync(directory()).map((name) => join(directory(), name))])
      utimesSync(each, longAgo, longAgo);
    assert.equal(stored(), "content");
    const other = Archive.open(["other"]);
    other.set("one", "stamp", Buffer.from("other"));
    other.save();
    assert.equal(readdirSync(directory()).includes("old"), false);
    assert.equal(stored(), "content");
  });
});
