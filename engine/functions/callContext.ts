import { type PropertyValue, revealed, type Properties } from "../graph/resourceGraph";
import { type AwsScope, providerScope } from "../provider/awsScope";
import { type CallContext, UnknownPlace } from "./functionCall";

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
