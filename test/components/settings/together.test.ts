import assert from "node:assert/strict";
import fc from "fast-check";
import * as z from "zod";
import { pathText, type Problem } from "../../../components/settings/problem";
import { placeAt } from "../../../components/settings/schemaTree";
import { settingsProblems } from "../../../components/settings/settingsProblems";
import { valueAt } from "../../../components/settings/valueAt";
import { nearLimits } from "./support/anyArgs";
import { changed } from "./support/changed";
import { over } from "./support/over";
import { allRules } from "./rules/allRules";

const faults = Object.values(allRules)
  .flat()
  .flatMap(({ refused }) => refused);

const problemsOf = (args: unknown) => settingsProblems("user-events", args);
const placesOf = (args: unknown) => problemsOf(args).map(({ path }) => pathText(path));

/** The args after the one command that mends the problem. */
const mended = (args: unknown, { path, suggestion: accepted, mustBeRemoved: surplus }: Problem) =>
  changed(args, path, surplus === true ? undefined : accepted);

/** Values that are wrong by themselves, whatever stands beside them. */
const values = faults.flatMap(({ args, path }) => {
  const place = path.split(".");
  const value = valueAt(args, place);
  const isSetting = place.length > 1 || path === "protect";
  const alone = !z.safeParse(placeAt(place).schema, value).success || path === "delivery.prefix";
  return isSetting && alone && value !== undefined ? [{ place, value }] : [];
});

const several = fc
  .uniqueArray(fc.constantFrom(...values), {
    minLength: 2,
    maxLength: 8,
    selector: ({ place }) => place.join("."),
  })
  .map((chosen) => ({
    places: chosen.map(({ place }) => place.join(".")),
    args: chosen.reduce<unknown>((all, { place, value }) => changed(all, place, value), {}),
  }));

describe("problems of settings", () => {
  it("go away with the value that is offered, or with the removal of what is too much", () => {
    let commands = 0;
    for (const { args } of faults)
      for (const problem of problemsOf(args)) {
        if (problem.suggestion === undefined && problem.mustBeRemoved !== true) continue;
        commands += 1;
        const left = placesOf(mended(args, problem));
        assert.ok(!left.includes(pathText(problem.path)), JSON.stringify(problem));
      }
    assert.ok(commands > 80, `${commands} commands`);
  });

  it("go away so whatever else is wrong", () => {
    const mixed = fc
      .array(fc.oneof(nearLimits, fc.constantFrom(...faults.map(({ args }) => args))), {
        minLength: 2,
        maxLength: 4,
      })
      .map((all) => all.reduce<unknown>(over, {}));
    fc.assert(
      fc.property(mixed, (args) => {
        for (const problem of problemsOf(args)) {
          const isItem = typeof problem.path.at(-1) === "number";
          if (isItem || (problem.suggestion === undefined && problem.mustBeRemoved !== true))
            continue;
          const left = placesOf(mended(args, problem));
          assert.ok(!left.includes(pathText(problem.path)), JSON.stringify(problem));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("are told all at once, each with its place", () => {
    fc.assert(
      fc.property(several, ({ places, args }) => {
        const all = placesOf(args);
        for (const place of places) assert.ok(all.includes(place), place);
      }),
      { numRuns: 300 },
    );
  });
});
