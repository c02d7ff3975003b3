import assert from "node:assert/strict";
import { accountNote, accountText, missingAccount } from "../../../cli/verify/missingAccount";
import { knownSteps } from "../../../records/target/processing";

const tally = { sent: 10, delivered: 4, missing: 6, duplicated: 0, unexpected: 2 };

describe("missingAccount", () => {
  it("explains missing records by those that processors of the run dropped", () => {
    const account = missingAccount(tally, { droppedRecords: 4 });
    assert.deepEqual(account, { dropped: 4, changed: 0, unexplained: 2 });
    assert.equal(accountText(account), " (4 dropped, 2 unexplained)");
    assert.match(accountNote(account).join("\n"), /counted 4 dropped records or more/);
  });

  it("explains no more records than are missing", () => {
    const account = missingAccount(tally, { droppedRecords: 100 });
    assert.deepEqual(account, { dropped: 6, changed: 0, unexplained: 0 });
  });

  it("explains them by records that a function changed only if there is a function", () => {
    const steps = knownSteps(["transform"]);
    const account = missingAccount(tally, { steps, droppedRecords: 1 });
    assert.deepEqual(account, { dropped: 1, changed: 2, unexplained: 3 });
    const without = missingAccount(tally, { steps: knownSteps(["partition"]) });
    assert.deepEqual(without, { dropped: 0, changed: 0, unexplained: 6 });
    assert.equal(accountText(without), "");
    assert.deepEqual(accountNote(without), []);
  });
});
