import type { GraphResource } from "../../../engine/graph/resourceGraph";
import type { Detail } from "../resources/inputValue";
import { resourceDetails, resourceMarks } from "../resources/resourceDetails";
import type { Difference, ResourcePair, Side, Sides } from "./sides";

/** A resource that both stacks have, with different details. */
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

/** The resources that differ in the details that plans show. */
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
  const { redact, neutralize } = side;
  const { facts, rules, statements } = resourceDetails(resource);
  const marks = resourceMarks(resource).map(([label, applies]) => ({
    label,
    value: applies ? "yes" : "no",
  }));
  const details = [...facts, ...named(rules, "rule"), ...named(statements, "statement"), ...marks];
  return new Map(
    details.map(({ label, value, whole }: Detail) => {
      const shown = redact(value);
      const detail = {
        shown,
        neutral: neutralize(shown),
        neutralWhole: whole === undefined ? undefined : neutralize(redact(whole)),
      };
      return [redact(label), detail] as const;
    }),
  );
}

/** Details without a label get their position, from 1 on. */
function named(details: readonly Detail[], what: string): Detail[] {
  return details.map((detail, index) => ({
    ...detail,
    label: detail.label || `${what} ${index + 1}`,
  }));
}
