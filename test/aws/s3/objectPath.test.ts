import assert from "node:assert/strict";
import { normalize, win32 } from "node:path";
import fc from "fast-check";
import { objectKey, objectPath } from "../../../aws/s3/objectPath";

/** Texts that an HTTP request can carry, with what is dangerous in a path more often. */
const key = fc
  .array(
    fc.oneof(
      fc.constantFrom("/", "//", "..", ".", "%", "%2E", " ", "\\", "\0", ":", "a", "C:", "ü"),
      fc.string({ unit: "grapheme" }),
    ),
  )
  .map((pieces) => pieces.join(""));

describe("objectPath", () => {
  it("leaves ordinary keys as they are", () => {
    const usual = "raw/user-events/dt=2026-03-01/user-events-1-2026-03-01-12-00-00-ab_c'(1).gz";
    assert.equal(objectPath(usual).join("/"), usual);
    assert.equal(objectPath("größe/日本 1").join("/"), "größe/日本 1");
  });

  it("gives every key a path of its own", () => {
    fc.assert(
      fc.property(key, (written) => {
        assert.equal(objectKey(objectPath(written)), written);
      }),
    );
  });

  it("never leaves the folder, on any system", () => {
    fc.assert(
      fc.property(key, (written) => {
        const path = objectPath(written);
        for (const part of path) {
          assert.notEqual(part, "");
          assert.doesNotMatch(part, /^\.+$|[/\\:\0]/u);
        }
        const joined = path.join("/");
        assert.equal(normalize(joined), joined);
        assert.equal(win32.normalize(joined), joined.replaceAll("/", "\\"));
      }),
    );
  });
});
