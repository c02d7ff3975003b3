import assert from "node:assert/strict";
import { localJson } from "../../../cli/local/localJson";

describe("the JSON of a run", () => {
  it("has the counts, the input, the problems and the command that continues", () => {
    const failed = [{ line: 2, code: "Fault", message: "m" }];
    const counts = { sent: 3, bytes: 30, rejected: [], skippedBlank: 1, failed };
    const document: unknown = JSON.parse(
      localJson(
        {
          directory: "run",
          records: { received: 5, missing: 2, unreadable: 1, hasUnknownLoss: false },
          ...{ objects: 1, backupObjects: 2 },
          isCutShort: false,
          input: { sending: { ...counts, requests: 1, retries: 0 }, outputs: [] },
        },
        { stack: "dev", problems: ["clicks: denied"], resume: "npx streamlake local" },
      ),
    );
    assert.deepEqual(document, {
      ...{ version: 1, stack: "dev", exitCode: 1, directory: "run", objects: 1 },
      backupObjects: 2,
      records: { received: 5, delivered: 3, missing: 2, unreadable: 1, hasUnknownLoss: false },
      input: { sent: 3, bytes: 30, skippedBlank: 1, rejected: [], failed },
      resume: "npx streamlake local",
      ...{ problems: ["clicks: denied"], deniedCalls: [], alarms: [] },
    });
  });
});
