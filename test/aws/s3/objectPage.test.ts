import assert from "node:assert/strict";
import fc from "fast-check";
import { compareKeys, objectPage, type ObjectPage } from "../../../aws/s3/objectPage";

const keys = fc
  .uniqueArray(fc.stringMatching(/^[ab/é𝄞￮]{1,6}$/u), { maxLength: 40 })
  .map((found) => found.sort(compareKeys));

function allPages(
  sortedKeys: readonly string[],
  prefix: string,
  delimiter: string,
  maxKeys: number,
) {
  const pages: ObjectPage[] = [];
  let after: string | undefined = "";
  while (after !== undefined) {
    const page: ObjectPage = objectPage(sortedKeys, { prefix, delimiter, maxKeys, after });
    pages.push(page);
    after = page.next;
  }
  return pages;
}

describe("objectPage", () => {
  it("lists every key once, alone or under its common prefix, with pages of any size", () => {
    const query = fc.record({
      sortedKeys: keys,
      prefix: fc.constantFrom("", "a", "a/", "b//"),
      delimiter: fc.constantFrom("", "/", "a/"),
      maxKeys: fc.integer({ min: 1, max: 50 }),
    });
    fc.assert(
      fc.property(query, ({ sortedKeys, prefix, delimiter, maxKeys }) => {
        const pages = allPages(sortedKeys, prefix, delimiter, maxKeys);
        const inside = sortedKeys.filter((key) => key.startsWith(prefix));
        const isGrouped = (key: string) =>
          delimiter !== "" && key.slice(prefix.length).includes(delimiter);
        const groupOf = (key: string) =>
          prefix + (key.slice(prefix.length).split(delimiter)[0] ?? "") + delimiter;

        assert.deepEqual(
          pages.flatMap((page) => page.keys),
          inside.filter((key) => !isGrouped(key)),
        );
        assert.deepEqual(
          pages.flatMap((page) => page.commonPrefixes),
          [...new Set(inside.filter(isGrouped).map(groupOf))],
        );
        for (const page of pages.slice(0, -1)) {
          assert.equal(page.keys.length + page.commonPrefixes.length, maxKeys);
        }
      }),
    );
  });

  it("does not take a key for a common prefix if the delimiter overlaps the prefix", () => {
    const pages = allPages(["a/", "a/b"], "a", "a/", 1);
    assert.deepEqual(
      pages.map((page) => page.keys),
      [["a/"], ["a/b"]],
    );
  });

  it("sorts keys by UTF-8 bytes, not by UTF-16 units", () => {
    assert.deepEqual(["𝄞", "￮", "a", "B"].sort(compareKeys), ["B", "a", "￮", "𝄞"]);
  });

  it("returns an empty page without a next page for a maximum of 0 keys", () => {
    const page = objectPage(["a"], { prefix: "", delimiter: "", maxKeys: 0, after: "" });
    assert.deepEqual(page, { keys: [], commonPrefixes: [] });
  });
});
