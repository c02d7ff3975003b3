import type { GraphResource } from "../../../engine/graph/resourceGraph";
import type { Detail } from "../resources/inputValue";
import { resourceDetails, resourceMarks } from "../resources/resourceDetails";
import type { Difference, ResourcePair, Side, Sides } from "./sides";

/** A resource that is in both stacks, and not the same. */
export interface ResourceDifference {
  readonly type: string;
  readonly name: string;
  /** Its URN in each stack. */
  readonly here: string;
  readonly there: string;
  readonly differences: readonly DetailDifference[];
}

interface DetailDifference extends Difference {
  readonly what: string;
}

/** The resources that differ in what matters of their type. */
export function resourceDifferences(
  pairs: readonly ResourcePair[],
  sides: Sides,
): ResourceDifference[] {
  return pairs.flatMap((pair) => {
    const { here, there } = pair;
    const differences = detailDifferences(pair, sides);
    if (differences.length === 0) return [];
    return [{ type: here.type, name: here.name, here: here.urn, there: there.urn, differences }];
  });
}

function detailDifferences({ here, there }: ResourcePair, sides: Sides): DetailDifference[] {
  const [one, other] = [detailsOf(here, sides.here), detailsOf(there, sides.there)];
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((what) => {
    const [mine, theirs] = [one.get(what), other.get(what)];
    if (mine?.neutral !== theirs?.neutral)
      return [{ what, here: mine?.shown ?? null, there: theirs?.shown ?? null }];
    if (mine?.neutralWhole === theirs?.neutralWhole) return [];
    const shown = mine?.shown ?? "";
    return [{ what, here: shown, there: `${shown}, on other resources or conditions` }];
  });
}

interface ComparedDetail {
  readonly shown: string;
  readonly neutral: string;
  readonly neutralWhole: string | undefined;
}

function detailsOf(resource: GraphResource, side: Side): Map<string, ComparedDetail> {
  const { redact, neutral } = side;
  const { facts, rules } = resourceDetails(resource);
  const marks = resourceMarks(resource).map(([label, is]) => ({ label, value: is ? "yes" : "no" }));
  const named = rules.map((rule, index) => ({ ...rule, label: rule.label || `rule ${index + 1}` }));
  return new Map(
    [...facts, ...named, ...marks].map(({ label, value, whole }: Detail) => {
      const shown = redact(value);
      const detail = {
        shown,
        neutral: neutral(shown),
        neutralWhole: whole === undefined ? undefined : neutral(redact(whole)),
      };
      return [redact(label), detail] as const;
    }),
  );
}
