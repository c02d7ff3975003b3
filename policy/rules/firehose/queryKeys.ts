import { UNKNOWN } from "../../reading/value";
import type { ResourceRuleDefinition } from "../../rule/resourceRule";
import { Verdict } from "../../rule/verdict";
import type { ConfigOf, Settings } from "../../settings/setting";
import { destination } from "./destinations";
import { keysOfQuery, queriesOf, type QueryKey } from "./partitionKeys";
import { isProcessing } from "./processors";
import { processorsIn } from "./recordProcessing";
import { partitionsDynamically } from "./s3Configurations";

const flagPath = `${destination}.dynamicPartitioningConfiguration.enabled`;

/**
 * Evaluates the keys that the queries of a delivery stream extract. A rule does not apply to a query
 * whose keys only jq knows.
 */
export function evaluateQueryKeys<S extends Settings>(
  evaluate: (
    keys: readonly QueryKey[],
    path: string,
    verdict: Verdict,
    config: ConfigOf<S>,
  ) => void,
): ResourceRuleDefinition<S>["evaluate"] {
  return ({ props }, verdict, config) => {
    const partitions = partitionsDynamically(props);
    if (partitions === false) {
      verdict.inapplicable("the delivery stream has no dynamic partitioning");
      return;
    }
    const path = `MetadataExtractionQuery in ${processorsIn(destination)}`;
    const queries = queriesOf(props);
    const processing = isProcessing(props);
    if (queries === UNKNOWN) {
      verdict.undecided(path);
      return;
    }
    const keys = queries.map(keysOfQuery).filter((found) => found !== undefined);
    if (keys.length === 0 || processing === false) {
      verdict.inapplicable("no query with known keys extracts partition keys");
      return;
    }
    const found = new Verdict();
    for (const ofQuery of keys) evaluate(ofQuery, path, found, config);
    if (partitions === true && processing === true) verdict.add(found);
    else if (found.violations.length > 0) {
      verdict.undecided(partitions === UNKNOWN ? flagPath : processorsIn(destination));
    }
  };
}
