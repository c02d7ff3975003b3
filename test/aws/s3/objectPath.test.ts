import assert from "node:assert/strict";
import { normalize, win32 } from "node:path";
import fc from "fast-check";
import { objectKey, objectPath } from "../../../aws/s3/objectPath";

/** Strings that an HTTP request can contain, often with parts that are dangerous in a path. */
const key = fc
  .array(
    fc.oneof(
      fc.constantFrom("/", "//", "..", ".", "%", "%2E", " ", "\\", "\0", ":", "a", "C:", "ü"),
      fc.string({ unit: "grapheme" }),
      fc.constantFrom("é".repeat(126), "x".repeat(252), "x".repeat(600), "..:".repeat(100)),
    ),
  )
  .map((pieces) => pieces.join(""));

describe("objectPath", () => {
  it("does not change ordinary keys", () => {
    const usual = "raw/user-events/dt=2026-03-01/user-events-1-2026-03-01-12-00-00-ab_c'(1).gz";
    assert.equal(objectPath(usual).join("/"), usual);
    assert.equal(objectPath("größe/日本 1").join("/"), "größe/日本 1");
  });

  it("maps every key to a different path", () => {
    fc.assert(
      fc.property(key, (written) => {
        assert.equal(objectKey(objectPath(written)), written);
      }),
    );
  });

  it("never leaves the directory, on any system", () => {
    fc.assert(
      fc.property(key, (written) => {
        const path = objectPath(written);
        for (const part of path) {
          assert.notEqual(part, "");
          assert.doesNotMatch(part, /^\.+$|[/\\:\0]/u);
          assert.ok(Buffer.byteLength(part) <= 255);
        }
        const joined = path.join("/");
        assert.equal(normalize(joined), joined);
        assert.equal(win32.normalize(joined), joined.replaceAll("/", "\\"));
      }),
    );
  });
});
