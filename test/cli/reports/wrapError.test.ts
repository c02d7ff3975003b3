import assert from "node:assert/strict";
import { wrapError } from "../../../cli/reports/wrapText";

const error = [
  'Stack "dev" has 1 problem in its config (Pulumi.dev.yaml):',
  "",
  "  delivery.bufferSizeMB is not a setting; did you mean bufferSizeMiB?",
  "    allowed: bufferSizeMiB, bufferIntervalSeconds, compression, fileExtension",
  "    fix:     pulumi config rm --path delivery.bufferSizeMB --stack dev",
].join("\n");

describe("an error in a terminal", () => {
  it("is broken at spaces, except for commands", () => {
    assert.equal(
      wrapError(error, 40),
      [
        'Stack "dev" has 1 problem in its config',
        "(Pulumi.dev.yaml):",
        "",
        "  delivery.bufferSizeMB is not a",
        "  setting; did you mean bufferSizeMiB?",
        "    allowed: bufferSizeMiB,",
        "             bufferIntervalSeconds,",
        "             compression, fileExtension",
        "    fix:     pulumi config rm --path delivery.bufferSizeMB --stack dev",
      ].join("\n"),
    );
  });

  it("stays as it is where it fits, in a stack trace, and without a terminal", () => {
    const trace = "Error: x\n    at somewhere (a/long/path/of/a/file.ts:12:34)";
    for (const [text, width] of [
      [error, 200],
      [error, undefined],
      [trace, 30],
    ] as const)
      assert.equal(wrapError(text, width), text);
  });
});
