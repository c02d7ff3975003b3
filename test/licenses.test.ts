import assert from "node:assert/strict";
import lock from "../package-lock.json";

/** Permissive licenses, by their SPDX identifiers. */
const PERMISSIVE = new Set([
  ...["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BlueOak-1.0.0", "ISC", "MIT"],
  // Of data: lists of license names.
  ...["CC-BY-3.0", "CC0-1.0"],
  "Python-2.0",
]);

/**
 * Of packages that only develop this project: its files are neither changed nor shipped, which is what this
 * license, of axe-core, is about.
 */
const DEVELOPMENT = new Set([...PERMISSIVE, "MPL-2.0"]);

/** Read by a person: the manifest refers to a file. */
const READ: Readonly<Record<string, string>> = { "node_modules/@logdna/tail-file": "MIT" };

interface LockedPackage {
  readonly license?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
}

describe("the licenses of the dependencies", () => {
  it("are permissive, except for what only develops the project", () => {
    const packages = Object.entries(lock.packages as Readonly<Record<string, LockedPackage>>);
    const others = packages
      .filter(([path, { link = false }]) => path.startsWith("node_modules/") && !link)
      .filter(
        ([path, { license = "", dev = false }]) =>
          !isAllowed(READ[path] ?? license, dev ? DEVELOPMENT : PERMISSIVE),
      )
      .map(([path, { license }]) => [path, license]);
    assert.deepEqual(others, []);
  });
});

/** @param license SPDX expression; each part of an AND counts, and one of an OR */
function isAllowed(license: string, allowed: ReadonlySet<string>): boolean {
  const parts = (text: string, operator: string): string[] =>
    text.replaceAll(/[()]/g, "").split(` ${operator} `);
  return parts(license, "OR").some((choice) =>
    parts(choice, "AND").every((part) => allowed.has(part)),
  );
}
