import * as pulumi from "@pulumi/pulumi";
import { markDeferred } from "./settings/deferred";
import { explainProblems, type Path, pathText, type Problem, shownValue } from "./settings/problem";
import { placeAt } from "./settings/schemaTree";
import type { Settings } from "./settings/settings";
import { settingsProblems } from "./settings/settingsProblems";
import { changedAt, valueAt } from "./settings/valueAt";

/** A pipeline's name and args, of which some values are Outputs or Promises. */
interface Given {
  readonly name: string;
  readonly args: object;
}

/**
 * The settings, in which each value that is an Output or a Promise is checked as soon as it is known: in
 * a preview if it is known there, otherwise in the update, before a resource gets it. It is compared
 * with all settings that are plain values.
 */
export function checkedWhenKnown(given: Given, settings: Settings): Settings {
  return markDeferred(given.args).deferred.reduce<Settings>((all, path) => {
    const value: pulumi.Output<unknown> = pulumi.output(valueAt(given.args, path));
    const checked = value.apply(async (known) => {
      const problems = problemsWith(given, [[path, known]]);
      reject(given, (await pulumi.isSecret(value)) ? problems.map(hidden) : problems);
      return known;
    });
    return changedAt(all, path, checked) as Settings;
  }, settings);
}

/**
 * Compares the values of several Outputs with each other, once all of them are known.
 *
 * @param known all settings, without Outputs
 * @throws RunError as `checkedWhenKnown`
 */
export async function checkTogether(given: Given, known: object): Promise<void> {
  const { deferred } = markDeferred(given.args);
  const secret = await Promise.all(
    deferred.map((path) => {
      const value: pulumi.Output<unknown> = pulumi.output(valueAt(given.args, path));
      return pulumi.isSecret(value);
    }),
  );
  const plain = deferred.filter((_, index) => secret[index] !== true);
  reject(
    given,
    problemsWith(
      given,
      plain.map((path) => [path, valueAt(known, path)] as const),
    ),
  );
}

function problemsWith(
  { name, args }: Given,
  values: readonly (readonly [Path, unknown])[],
): readonly Problem[] {
  const filled = values.reduce<unknown>((all, [path, value]) => changedAt(all, path, value), args);
  return settingsProblems(name, filled);
}

/** The value of a secret must not be in a message, nor what was computed from it. */
function hidden({ path }: Problem): Problem {
  const { allowed } = placeAt(path);
  return { path, reason: "is not allowed, or not with a secret value of these args", allowed };
}

function reject({ name }: Given, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const once = [...new Map(problems.map((each) => [pathText(each.path), each])).values()];
  throw new pulumi.RunError(
    explainProblems({ subject: `DeliveryPipeline ${shownValue(name)}`, settings: "args" }, once),
  );
}
