import {
  type Properties,
  type PropertyValue,
  revealed,
  Secret,
  Unknown,
  valuesIn,
} from "../graph/resourceGraph";
import { awsState, inputsOfId, withPhysicalName } from "./awsState";
import type { ResourceProvider } from "./resourceProvider";

/**
 * Replaces AWS with names, ids and ARNs that look like real ones and are the same in every run, so
 * that every value a rule depends on is known. Outputs that AWS chooses freely are left out, and
 * therefore unknown.
 *
 * @param region of the resources that do not set a `region`, e.g. `us-east-1`
 */
export function madeUpProvider(region: string): ResourceProvider {
  return {
    check(request) {
      return withPhysicalName({ ...request, inputs: withDocumentStrings(request.inputs) });
    },
    create(request) {
      const { id, computed } = awsState(request, region);
      const plain = id instanceof Secret ? id.reveal() : id;
      return Promise.resolve({
        ...(typeof plain === "string" && { id: plain }),
        outputs: { ...computed, ...request.inputs },
      });
    },
    read({ id, ...request }) {
      const inputs = { ...inputsOfId(request.type, id), ...request.inputs };
      const { computed } = awsState({ ...request, inputs }, region);
      return Promise.resolve({ id, outputs: { ...computed, ...inputs } });
    },
  };
}

/**
 * Like `madeUpProvider`, but values that exist only after deployment stay unknown, as in a preview
 * of a stack that was never deployed. Resources that are only looked up are known.
 */
export function previewProvider(region: string): ResourceProvider {
  const madeUp = madeUpProvider(region);
  return {
    check: (request) => madeUp.check(request),
    read: (request) => madeUp.read(request),
    async create(request) {
      const { outputs } = await madeUp.create(request);
      const computed = Object.keys(outputs).map((key) => [key, new Unknown()] as const);
      return { outputs: { ...Object.fromEntries(computed), ...request.inputs } };
    },
  };
}

const DOCUMENTS: ReadonlySet<string> = new Set(["policy", "assumeRolePolicy"]);

/** The provider gets a policy document as a string, which is unknown if any part of it is. */
function withDocumentStrings(inputs: Properties): Properties {
  const entries = Object.entries(inputs).map(([key, value]) =>
    DOCUMENTS.has(key) ? [key, documentString(value)] : [key, value],
  );
  return Object.fromEntries(entries) as Properties;
}

function documentString(document: PropertyValue): PropertyValue {
  const plain = revealed(document);
  if (typeof plain !== "object" || plain === null) return document;
  const parts = [...valuesIn(document)];
  if (parts.some((part) => part instanceof Unknown)) return new Unknown();
  const json = JSON.stringify(plain);
  return parts.some((part) => part instanceof Secret) ? new Secret(json) : json;
}
