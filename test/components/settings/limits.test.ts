import assert from "node:assert/strict";
import fc from "fast-check";
import { resolveSettings } from "../../../components/settings/settings";
import { settingsProblems } from "../../../components/settings/settingsProblems";
import { nearLimits } from "./support/anyArgs";
import { awsRejections } from "./support/awsRejections";
import { defaults } from "./support/defaults";
import { mergedArgs } from "./support/mergedArgs";
import { validArgsWithDefaults } from "./support/validArgs";

describe("settingsProblems near the limits of AWS", () => {
  it("rejects args that AWS would reject", () => {
    let rejected = 0;
    fc.assert(
      fc.property(nearLimits, (args) => {
        const rejections = awsRejections(args);
        if (rejections.length === 0) return;
        rejected += 1;
        assert.notDeepEqual(settingsProblems("user-events", args), [], rejections.join(", "));
      }),
      { numRuns: 1500 },
    );
    assert.ok(rejected > 100, `only ${rejected} configs were beyond a limit`);
  });

  it("accepts args that AWS accepts, which are completed only with defaults", () => {
    fc.assert(
      fc.property(validArgsWithDefaults, ({ args, implied }) => {
        assert.deepEqual(awsRejections(args), []);
        assert.deepEqual(settingsProblems("user-events", args), []);
        assert.deepEqual(
          resolveSettings("user-events", args),
          mergedArgs(mergedArgs(defaults, implied), args),
        );
      }),
      { numRuns: 200 },
    );
  });
});
