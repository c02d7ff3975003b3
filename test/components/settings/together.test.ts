import assert from "node:assert/strict";
import fc from "fast-check";
import * as z from "zod";
import { pathText, type Problem } from "../../../components/settings/problem";
import { placeAt } from "../../../components/settings/schemaTree";
import { settingsProblems } from "../../../components/settings/settingsProblems";
import { valueAt } from "../../../components/settings/valueAt";
import { allRules } from "./rules/allRules";
import { nearLimits } from "./support/anyArgs";
import { changed } from "./support/changed";
import { mergedArgs } from "./support/mergedArgs";

const rejectedArgs = Object.values(allRules)
  .flat()
  .flatMap(({ rejected }) => rejected);

const problemsOf = (args: unknown) => settingsProblems("user-events", args);
const placesOf = (args: unknown) => problemsOf(args).map(({ path }) => pathText(path));

/** The args after the one command that fixes the problem. */
const fixed = (args: unknown, { path, suggestion, mustBeRemoved }: Problem) =>
  changed(args, path, mustBeRemoved === true ? undefined : suggestion);

/** Values that are invalid by themselves, whatever the other settings are. */
const values = rejectedArgs.flatMap(({ args, path }) => {
  const place = path.split(".");
  const value = valueAt(args, place);
  const isSetting = place.length > 1 || path === "protect";
  const isInvalid =
    !z.safeParse(placeAt(place).schema, value).success ||
    (path === "delivery.prefix" && !("partitioning" in args || "transform" in args));
  return isSetting && isInvalid && value !== undefined ? [{ place, value }] : [];
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

describe("settingsProblems with several problems", () => {
  it("suggests a value, or the removal, that fixes the problem", () => {
    let commands = 0;
    for (const { args } of rejectedArgs)
      for (const problem of problemsOf(args)) {
        if (problem.suggestion === undefined && problem.mustBeRemoved !== true) continue;
        commands += 1;
        const left = placesOf(fixed(args, problem));
        assert.ok(!left.includes(pathText(problem.path)), JSON.stringify(problem));
      }
    assert.ok(commands > 80, `${commands} commands`);
  });

  it("suggests a fix that works even if there are other problems", () => {
    const mixed = fc
      .array(fc.oneof(nearLimits, fc.constantFrom(...rejectedArgs.map(({ args }) => args))), {
        minLength: 2,
        maxLength: 4,
      })
      .map((all) => all.reduce<unknown>(mergedArgs, {}));
    fc.assert(
      fc.property(mixed, (args) => {
        for (const problem of problemsOf(args)) {
          const isItem = typeof problem.path.at(-1) === "number";
          if (isItem || (problem.suggestion === undefined && problem.mustBeRemoved !== true))
            continue;
          const left = placesOf(fixed(args, problem));
          assert.ok(!left.includes(pathText(problem.path)), JSON.stringify(problem));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("reports all problems at once, each with its place", () => {
    fc.assert(
      fc.property(several, ({ places, args }) => {
        const all = placesOf(args);
        for (const place of places) assert.ok(all.includes(place), place);
      }),
      { numRuns: 300 },
    );
  });
});
