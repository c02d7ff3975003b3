import { type Properties, Secret, Unknown } from "../graph/resourceGraph";
import { stackScope } from "./awsScope";
import { allTags, createdState, existingState, hasDefaultTags, withExistingName } from "./awsState";
import { madeUpUuid, withPhysicalName } from "./physicalName";
import { withDocumentStrings } from "./policyDocuments";
import type { ResourceProvider, ResourceRequest } from "./resourceProvider";

/**
 * Replaces AWS with names, ids and ARNs that follow from a program's inputs, so that every value a
 * rule depends on is known. They are the same in every run. Ids and outputs that AWS chooses, and
 * those of types that `awsShapes` does not contain, are left out, and therefore unknown.
 *
 * @param region of the resources that do not set a `region`, e.g. `us-east-1`
 * @param config the stack's config, whose `aws:` keys configure the default provider
 */
export function madeUpProvider(
  region: string,
  config: Readonly<Record<string, string>> = {},
): ResourceProvider {
  const stack = stackScope(region, config);
  const tagsOf = (request: ResourceRequest): Properties => {
    const tagsAll = allTags(request, stack);
    return tagsAll === undefined ? {} : { tagsAll };
  };
  return {
    check(request) {
      const complete = { ...request, inputs: withDocumentStrings(request.type, request.inputs) };
      const inputs =
        request.id === undefined
          ? withPhysicalName(complete)
          : withExistingName(complete, request.id);
      // The provider puts the merged tags into the inputs, where rules find them.
      return hasDefaultTags(request, stack) ? { ...inputs, ...tagsOf(request) } : inputs;
    },
    create(request) {
      if (request.type.startsWith("pulumi:providers:"))
        return Promise.resolve({ id: madeUpUuid(request.urn), outputs: request.inputs });
      const { id, computed } = createdState(request, stack);
      const plain = id instanceof Secret ? id.reveal() : id;
      return Promise.resolve({
        ...(typeof plain === "string" && { id: plain }),
        outputs: { ...computed, ...tagsOf(request), ...request.inputs },
      });
    },
    read(request) {
      return Promise.resolve({ id: request.id, outputs: existingState(request, stack) });
    },
  };
}

/**
 * Like `madeUpProvider`, but values that exist only after deployment stay unknown, as in a preview
 * of a stack that was never deployed. Resources that are only looked up are known.
 *
 * @param config the stack's config, as for `madeUpProvider`
 */
export function previewProvider(
  region: string,
  config: Readonly<Record<string, string>> = {},
): ResourceProvider {
  const madeUp = madeUpProvider(region, config);
  return {
    check: (request) => madeUp.check(request),
    read: (request) => madeUp.read(request),
    async create(request) {
      const { outputs } = await madeUp.create(request);
      const unknown = Object.keys(outputs).map((key) => [key, new Unknown()] as const);
      // All tags are inputs, or default tags of the provider.
      const { tagsAll } = outputs;
      return {
        outputs: {
          ...(Object.fromEntries(unknown) as Properties),
          ...(tagsAll !== undefined && { tagsAll }),
          ...request.inputs,
        },
      };
    },
  };
}
