import { awsState, inputsOfId, withPhysicalName } from "./awsState";
import {
  type Properties,
  type PropertyValue,
  revealed,
  Secret,
  Unknown,
  valuesIn,
} from "../graph/resourceGraph";
import type { ResourceProvider } from "./resourceProvider";

/**
 * Stands in for AWS with names, ids and ARNs that look like the real ones and are the same in
 * every run, so that everything that a policy wants to know is known. Outputs that AWS would
 * choose freely are left out, and so unknown.
 *
 * @param region where resources without a `region` of their own are, e.g. `us-east-1`
 */
export function madeUpProvider(region: string): ResourceProvider {
  return {
    check(request) {
      return withPhysicalName({ ...request, inputs: withTextDocuments(request.inputs) });
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
 * As `madeUpProvider`, but what only a deployment can tell stays unknown, as in a preview of a
 * stack that was never deployed. Resources that are only looked up are known.
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

/** A policy document reaches the provider as text, and unknown as a whole if a part of it is. */
function withTextDocuments(inputs: Properties): Properties {
  const entries = Object.entries(inputs).map(([key, value]) =>
    DOCUMENTS.has(key) ? [key, textDocument(value)] : [key, value],
  );
  return Object.fromEntries(entries) as Properties;
}

function textDocument(document: PropertyValue): PropertyValue {
  const plain = revealed(document);
  if (typeof plain !== "object" || plain === null) return document;
  const parts = [...valuesIn(document)];
  if (parts.some((part) => part instanceof Unknown)) return new Unknown();
  const text = JSON.stringify(plain);
  return parts.some((part) => part instanceof Secret) ? new Secret(text) : text;
}
