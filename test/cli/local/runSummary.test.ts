import assert from "node:assert/strict";
import pc from "picocolors";
import { localJson } from "../../../cli/local/localJson";
import { exitCodeOf, type RunOutcome, runSummary } from "../../../cli/local/runSummary";
import type { OutputResult } from "../../../cli/local/expectedOutput";
import type { InputResult } from "../../../cli/local/sendThrough";
import { assertSnapshot } from "../../support/snapshot";

const plain = pc.createColors(false);

const all = { received: 2400, missing: 0, unreadable: 0, hasUnknownLoss: false };
const sent = {
  ...{ sent: 2400, bytes: 1_887_437, rejected: [], skippedBlank: 1, failed: [] },
  ...{ requests: 5, retries: 0 },
};
const found = {
  lake: {
    ...{ prefixes: ["raw/2026/03/01/"], objects: 2, records: 2400 },
    ...{ storedBytes: 214_733, bytes: 1_887_437, corrupt: [] },
    errors: { objects: 0, records: 0, byCode: {}, causes: [] },
  },
  comparison: { sent: 2400, delivered: 2400, missing: 0, duplicated: 0, unexpected: 0 },
};
const interruption = { afterLine: 2402, reason: "interrupted" };

function outcome(changes: Partial<RunOutcome> = {}): RunOutcome {
  return {
    directory: ".streamlake/dev/2026-03-01T12-00-00-Ab3dEf",
    records: all,
    objects: 2,
    isCutShort: false,
    ...changes,
  };
}

const deliveryStreams = ["user-events-f5e0b6d"];

const withInput = ({
  sending = sent,
  ...output
}: Partial<OutputResult & Pick<InputResult, "sending">>): RunOutcome =>
  outcome({ input: { sending, outputs: [{ deliveryStreams, found, ...output }] } });

describe("runSummary", () => {
  it("has one fact per line for a run without an input", () => {
    assertSnapshot("local/summary.txt", runSummary(outcome(), plain));
  });

  it("adds what was sent and what was found in the bucket for an input", () => {
    assertSnapshot("local/delivered.txt", runSummary(withInput({}), plain));
  });

  it("lists rejected lines, the end of sending, corrupt objects and unreadable records", () => {
    const report = runSummary(
      {
        ...withInput({
          sending: {
            ...sent,
            rejected: [{ line: 3, reason: "not UTF-8" }],
            stopped: interruption,
          },
          found: {
            lake: {
              ...found.lake,
              corrupt: [{ key: "raw/2026/03/01/a.gz", reason: "unexpected end of file" }],
            },
            comparison: { ...found.comparison, delivered: 1900, missing: 500 },
          },
        }),
        records: { received: 2400, missing: 500, unreadable: 40, hasUnknownLoss: true },
      },
      plain,
    );
    assertSnapshot("local/incomplete.txt", report);
    for (const line of report.split("\n")) assert.ok(line.length <= 80, line);
  });
});

describe("the summary of a run with a backup", () => {
  const backup = found.comparison;

  it("counts its objects apart, and what of the input is in it", () => {
    const report = runSummary({ ...withInput({ backup }), backupObjects: 1 }, plain);
    assert.match(report, /^Objects +2 under raw\/2026\/03\/01\/$/m);
    assert.match(report, /^Backup +1 object$/m);
    assert.match(report, /^Found +2,400 of 2,400 sent$/m);
    assert.match(report, /^In the backup +2,400 of 2,400 sent$/m);
  });

  it("fails if a record is missing in the backup", () => {
    const lacking = { ...backup, delivered: 2399, missing: 1 };
    assert.equal(exitCodeOf(withInput({ backup: lacking })), 1);
    assert.equal(exitCodeOf(withInput({ backup })), 0);
    const alone = (counts: typeof backup): RunOutcome =>
      outcome({ input: { sending: sent, outputs: [{ deliveryStreams, backup: counts }] } });
    assert.equal(exitCodeOf(alone(lacking)), 1);
    assert.equal(exitCodeOf(alone(backup)), 0);
    assert.match(runSummary(alone(lacking), plain), /^In the backup +2,399 of 2,400 sent$/m);
  });
});

describe("the summary of a run with several outputs", () => {
  const comparison = { ...found.comparison, delivered: 2399, missing: 1 };
  const twoPlaces = outcome({
    input: {
      sending: sent,
      outputs: [
        { deliveryStreams: ["blue"], found },
        { deliveryStreams: ["green", "red"], found: { ...found, comparison } },
      ],
    },
  });

  it("names the delivery streams of each", () => {
    assert.match(
      runSummary(twoPlaces, plain).replaceAll(/ {2,}/g, "  "),
      /Written by {2}blue\nFound {2}2,400 of 2,400 sent\n(?:.*\n){3}Written by {2}green and red\nFound {2}2,399 of/,
    );
  });

  it("fails if one of them lacks a record", () => {
    assert.equal(exitCodeOf(twoPlaces), 1);
  });

  it("lists each in the JSON document", () => {
    const { input } = JSON.parse(localJson(twoPlaces, { stack: "dev", problems: [] })) as {
      input: { outputs: Record<string, unknown>[]; found?: unknown };
    };
    assert.deepEqual(
      input.outputs.map(({ deliveryStreams, missing }) => [deliveryStreams, missing]),
      [
        [["blue"], 0],
        [["green", "red"], 1],
      ],
    );
    assert.equal(input.found, undefined);
  });
});

describe("the exit code of a run", () => {
  const corrupt = [{ key: "a.gz", reason: "unexpected end of file" }];
  const cases: [what: string, code: number, outcome: RunOutcome][] = [
    ["everything is delivered", 0, outcome()],
    ["the whole input is in the bucket", 0, withInput({})],
    ["a record is missing", 1, outcome({ records: { ...all, missing: 1 } })],
    ["damage cost a record", 1, outcome({ records: { ...all, missing: 1, unreadable: 1 } })],
    ["the cost of damage is unknown", 1, outcome({ records: { ...all, hasUnknownLoss: true } })],
    [
      "a line was rejected",
      1,
      withInput({ sending: { ...sent, rejected: [{ line: 1, reason: "not UTF-8" }] } }),
    ],
    [
      "a record was not accepted",
      1,
      withInput({ sending: { ...sent, failed: [{ line: 1, code: "Fault", message: "m" }] } }),
    ],
    [
      "sending ended early",
      1,
      withInput({ sending: { ...sent, stopped: { afterLine: 1, reason: "Fault: m" } } }),
    ],
    [
      "a record is not found in the bucket",
      1,
      withInput({ found: { ...found, comparison: { ...found.comparison, missing: 1 } } }),
    ],
    [
      "an object is corrupt",
      1,
      withInput({ found: { ...found, lake: { ...found.lake, corrupt } } }),
    ],
    [
      "the input was interrupted and what was sent is delivered",
      130,
      outcome({ input: { sending: { ...sent, stopped: interruption }, outputs: [] } }),
    ],
    [
      "the input was interrupted and something is missing",
      1,
      outcome({
        records: { ...all, missing: 1 },
        input: { sending: { ...sent, stopped: interruption }, outputs: [] },
      }),
    ],
    [
      "the wait was interrupted and everything is delivered",
      0,
      outcome({ input: { sending: sent, outputs: [] } }),
    ],
    ["the start was interrupted", 130, outcome({ isCutShort: true })],
  ];
  for (const [what, code, ended] of cases)
    it(`is ${code} if ${what}`, () => {
      assert.equal(exitCodeOf(ended), code);
    });
});
