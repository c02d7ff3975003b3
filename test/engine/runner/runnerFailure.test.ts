import assert from "node:assert/strict";
import { readableReason } from "../../../engine/runner/runnerFailure";

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
