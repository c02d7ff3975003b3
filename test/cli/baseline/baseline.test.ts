import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readBaseline, writeBaseline } from "../../../cli/baseline/baselineFile";
import { baselineEntries, compareBaseline } from "../../../cli/baseline/compareBaseline";
import type { PolicyReport, Violation } from "../../../engine/policy/policyReport";
import { BUCKET, report, STREAM } from "../support/policyReports";

const stack = { project: "shop", stack: "dev" };
const violated: Violation = {
  ...{ policy: "retention", level: "mandatory", severity: "high", urn: STREAM, message: "" },
};

function withMessages(...messages: readonly string[]): PolicyReport {
  const violations = messages.map((message): Violation => ({ ...violated, message }));
  return { ...report, violations, undecided: [] };
}

/** The messages that are new, known and gone after a change from some messages to others. */
function change(before: readonly string[], after: readonly string[]) {
  const baseline = baselineEntries(withMessages(...before));
  const { report: fresh, known } = compareBaseline(withMessages(...after), baseline);
  const messages = (violations: readonly Violation[]) => violations.map(({ message }) => message);
  return {
    fresh: messages(fresh.violations),
    known: messages(known.violations),
    gone: known.gone.map(({ message }) => message),
  };
}

describe("a baseline", () => {
  it("contains every finding, so that nothing is new right afterwards", () => {
    const { report: fresh, known } = compareBaseline(report, baselineEntries(report));
    assert.deepEqual([fresh.violations, fresh.undecided], [[], []]);
    assert.deepEqual(known, {
      violations: report.violations,
      undecided: report.undecided,
      gone: [],
    });
    assert.deepEqual(fresh.exemptions, report.exemptions);
  });

  it("knows nothing if it is empty", () => {
    const { report: fresh, known } = compareBaseline(report, []);
    assert.deepEqual(fresh, report);
    assert.deepEqual(known, { violations: [], undecided: [], gone: [] });
  });

  it("does not know the same message of another resource or rule, or another result", () => {
    const baseline = baselineEntries(withMessages("24 is less than 48 hours."));
    const others: readonly Partial<Violation>[] = [{ urn: BUCKET }, { policy: "owner" }];
    for (const other of others) {
      const violations = [{ ...violated, message: "24 is less than 48 hours.", ...other }];
      const { report: fresh } = compareBaseline({ ...report, violations }, baseline);
      assert.equal(fresh.violations.length, 1);
    }
    const undecided = [{ policy: "retention", urn: STREAM, reason: "24 is less than 48 hours." }];
    const { report: fresh } = compareBaseline({ ...report, violations: [], undecided }, baseline);
    assert.equal(fresh.undecided.length, 1);
  });

  for (const [what, before, after] of [
    ["values change", "24 is less than 48 hours.", "12 is less than 168 hours."],
    ["words change a little", "kmsKeyId is absent: set it.", "The kmsKeyId is absent: set it."],
    [
      "positions move",
      "Statement 1 allows everyone: name them.",
      "Statement 3 allows everyone: name them.",
    ],
  ] as const)
    it(`knows a finding whose ${what}`, () => {
      assert.deepEqual(change([before], [after]), { fresh: [], known: [after], gone: [] });
    });

  it("knows each entry once: one more finding of the same kind is new", () => {
    const one = "Statement 1 allows everyone.";
    const other = "Statement 2 allows everyone.";
    assert.deepEqual(change([one], [one, other]), { fresh: [other], known: [one], gone: [] });
  });

  it("does not know another finding of the same rule for the same resource", () => {
    const [before, after] = ["blockPublicAcls is absent.", "The policy of the bucket is not JSON."];
    assert.deepEqual(change([before], [after]), { fresh: [after], known: [], gone: [before] });
  });

  it("lists entries that no longer occur", () => {
    assert.deepEqual(change(["It is off.", "It is red."], ["It is off."]).gone, ["It is red."]);
    assert.deepEqual(change(["It is off."], []).gone, ["It is off."]);
  });
});

describe("a baseline file", () => {
  let directory: string;
  let file: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "streamlake-test-"));
    file = join(directory, "baseline.json");
  });
  after(() => {
    rmSync(directory, { recursive: true });
  });

  it("is read as it was written, and does not depend on the order of the findings", () => {
    writeBaseline(file, stack, report);
    const text = readFileSync(file, "utf8");
    const entries = readBaseline(file, stack);
    assert.equal(entries.length, report.violations.length + report.undecided.length);
    assert.deepEqual(compareBaseline(report, entries).report.violations, []);
    writeBaseline(file, stack, { ...report, violations: [...report.violations].reverse() });
    assert.equal(readFileSync(file, "utf8"), text);
  });

  it("is rejected for another stack or project", () => {
    writeBaseline(file, stack, report);
    for (const other of [
      { ...stack, stack: "prod" },
      { ...stack, project: "lake" },
    ])
      assert.throws(
        () => readBaseline(file, other),
        /is the baseline of shop\/dev, not of (?:shop\/prod|lake\/dev)\. Write one with --write-baseline/,
      );
  });

  for (const [content, problem] of [
    ["[]", /is not a baseline: .* --write-baseline FILE/],
    ['{"version":2}', /is not a baseline: version: /],
    ["{", /Cannot read the baseline/],
  ] as const)
    it(`is rejected if it contains ${content}`, () => {
      writeFileSync(file, content);
      assert.throws(() => readBaseline(file, stack), problem);
    });

  it("is reported if it cannot be written", () => {
    assert.throws(() => {
      writeBaseline(join(directory, "none/baseline.json"), stack, report);
    }, /Cannot write the baseline: ENOENT/);
  });
});
