import assert from "node:assert/strict";
import { resolve } from "node:path";
import { readableReason, reasonWithPlace } from "../../../engine/runner/runnerFailure";

const headline = "Running program '/app/index.ts' failed with an unhandled exception:";
const stack = "    at load (/app/config.ts:3:9)\n    at /app/index.ts:1:1 {\n  code: 'E'\n}";

describe("readableReason", () => {
  const cases: readonly [title: string, logged: string, reason: string][] = [
    ["leaves out headline, class and stack", `${headline}\nError: no name\n${stack}`, "no name"],
    [
      "keeps all lines of the message",
      `${headline}\nError: two:\n  a\n  b\n${stack}`,
      "two:\n  a\n  b",
    ],
    [
      "leaves out the class name of a subclass",
      `${headline}\nConfigError: no name\n${stack}`,
      "no name",
    ],
    [
      "leaves out a class name that Node.js adds",
      `${headline}\nInvalid [Error]: no name\n${stack}`,
      "no name",
    ],
    [
      "leaves out the mark of an error that refers to itself",
      `${headline}\n<ref *1> Error: no name\n${stack}`,
      "no name",
    ],
    ["leaves out an error code", `${headline}\nError [ERR_X]: no name\n${stack}`, "no name"],
    [
      "keeps the class name of an error that indicates a bug",
      `${headline}\nTypeError: x is not a function\n${stack}`,
      "TypeError: x is not a function",
    ],
    ["keeps a string that is thrown", `${headline}\nno name`, "no name"],
    ["keeps what the program logs itself", "no name\n\tset one", "no name\n\tset one"],
    ["leaves out colors", `${headline}\n\u001b[31mError: no name\u001b[39m\n${stack}`, "no name"],
    [
      "leaves out which files of packages required a missing module",
      `${headline}\nError: Cannot find module 'x'\nRequire stack:\n- /app/index.ts\n- /app/node_modules/a/b.js\n${stack}`,
      "Cannot find module 'x'\nRequire stack:\n- /app/index.ts",
    ],
    [
      "finds the reason after other output",
      `loading\nerror: [runtime] ${headline}\n    Error: no name\n${stack}`,
      "no name",
    ],
  ];
  for (const [title, logged, reason] of cases)
    it(title, () => {
      assert.equal(readableReason(logged), reason);
    });
});

describe("reasonWithPlace", () => {
  const places = (...frames: readonly string[]): string =>
    reasonWithPlace(`${headline}\nError: no name\n${frames.join("\n")}`);

  it("lists the lines of the program's own sources, from the innermost", () => {
    assert.equal(
      places(
        "    at load (/app/config.ts:3:9)",
        "    at async Promise.all (index 0)",
        "    at async read (file:///app/read.mts:5:1)",
        "    at /app/index.ts:1:1 {",
        "  code: 'E'",
        "}",
      ),
      "no name\n    at load (/app/config.ts:3:9)\n    at read (/app/read.mts:5:1)\n    at /app/index.ts:1:1",
    );
  });

  it("leaves out the lines of packages, of Node.js and of the SDK", () => {
    assert.equal(
      places(
        "    at new Bucket (/app/node_modules/@pulumi/aws/s3/bucket.js:3:9)",
        "    at /app/node_modules/@pulumi/output.ts:398:31",
        "    at Module._compile (node:internal/modules/cjs/loader:1554:14)",
        "    at Object.<anonymous> (/app/index.ts:4:1)",
      ),
      "no name\n    at /app/index.ts:4:1",
    );
  });

  it("shortens paths below the working directory", () => {
    const file = resolve("shop/index.ts");
    assert.equal(places(`    at load (${file}:3:9)`), "no name\n    at load (shop/index.ts:3:9)");
  });

  it("shows the first stack trace only, not that of the cause", () => {
    const cause = "  [cause]: Error: not there\n      at read (/app/read.ts:9:9)";
    assert.equal(
      places("    at /app/index.ts:4:1 {", cause, "}"),
      "no name\n    at /app/index.ts:4:1",
    );
  });

  it("adds nothing to an error without a stack trace", () => {
    assert.equal(
      reasonWithPlace("Set the name:\n  shop config set name x"),
      "Set the name:\n  shop config set name x",
    );
  });

  it("adds the place to a given reason", () => {
    const logged = `${headline}\nError: 9 FAILED: no name\n    at /app/index.ts:4:1`;
    assert.equal(reasonWithPlace(logged, "no name"), "no name\n    at /app/index.ts:4:1");
  });
});
