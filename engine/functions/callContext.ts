import { type PropertyValue, revealed, type Properties } from "../graph/resourceGraph";
import { type AwsScope, providerScope } from "../provider/awsScope";

/**
 * Where a function is called: what the provider of the call knows without asking the cloud. Region,
 * partition and suffix throw `UnknownPlace` if they are unknown.
 */
export interface CallContext {
  readonly region: string;
  /** Unknown if it follows from an unknown role. */
  readonly account: PropertyValue;
  readonly partition: string;
  /** Ends the host names of the partition, e.g. `amazonaws.com`. */
  readonly dnsSuffix: string;
  readonly defaultTags: PropertyValue;
}

/** An answer depends on a region or partition that is unknown. */
export class UnknownPlace extends Error {
  override readonly name = "UnknownPlace";
}

/**
 * What the provider of a call knows.
 *
 * @param args of the call, which can set a region
 * @param stack the scope of the default provider
 * @param providerInputs inputs of an explicit provider
 */
export function callContext(
  args: Properties,
  stack: AwsScope,
  providerInputs: Properties | undefined,
): CallContext {
  const scope = providerInputs === undefined ? stack : providerScope(providerInputs, stack);
  const { account, defaultTags } = scope;
  return {
    ...{ account, defaultTags },
    get region() {
      return known(args["region"] ?? scope.region);
    },
    get partition() {
      return known(scope.partition);
    },
    get dnsSuffix() {
      return known(scope.dnsSuffix);
    },
  };
}

function known(value: PropertyValue): string {
  const plain = revealed(value);
  if (typeof plain !== "string") throw new UnknownPlace();
  return plain;
}
