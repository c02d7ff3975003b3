import assert from "node:assert/strict";
import { pathText } from "../../../components/settings/problem";
import { settingsProblems } from "../../../components/settings/settingsProblems";
import { allRules } from "./rules/allRules";

describe("settingsProblems", () => {
  for (const [subject, rules] of Object.entries(allRules))
    describe(`for ${subject}`, () => {
      for (const { rule, source, accepted, rejected } of rules)
        it(rule, () => {
          for (const args of accepted)
            assert.deepEqual(settingsProblems("user-events", args), [], source);
          for (const { args, path, reason, allowed, fix } of rejected) {
            const [problem, ...others] = settingsProblems("user-events", args);
            assert.ok(problem, `${source}: ${path} is accepted`);
            assert.deepEqual(others, []);
            assert.equal(pathText(problem.path), path);
            assert.match(problem.reason, reason);
            assert.match(problem.allowed, allowed);
            assert.equal(problem.mustBeRemoved, fix === "removal" ? true : undefined);
            assert.equal(problem.suggestion !== undefined, fix === "suggestion", path);
          }
        });
    });
});
