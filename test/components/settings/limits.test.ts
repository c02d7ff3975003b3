import assert from "node:assert/strict";
import fc from "fast-check";
import { resolveSettings } from "../../../components/settings/settings";
import { settingsProblems } from "../../../components/settings/settingsProblems";
import { nearLimits } from "./support/anyArgs";
import { awsRefusals } from "./support/aws";
import { defaults } from "./support/defaults";
import { over } from "./support/over";
import { validArgs } from "./support/validArgs";

describe("settings near the limits of AWS", () => {
  it("are refused if AWS would refuse them", () => {
    let refused = 0;
    fc.assert(
      fc.property(nearLimits, (args) => {
        const refusals = awsRefusals(args);
        if (refusals.length === 0) return;
        refused += 1;
        assert.notDeepEqual(settingsProblems("user-events", args), [], refusals.join(", "));
      }),
      { numRuns: 1500 },
    );
    assert.ok(refused > 100, `only ${refused} configs were beyond a limit`);
  });

  it("are accepted if AWS takes them, and completed with nothing but defaults", () => {
    fc.assert(
      fc.property(validArgs, (args) => {
        assert.deepEqual(awsRefusals(args), []);
        assert.deepEqual(settingsProblems("user-events", args), []);
        assert.deepEqual(resolveSettings("user-events", args), over(defaults, args));
      }),
      { numRuns: 300 },
    );
  });
});
