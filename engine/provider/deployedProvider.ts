import type { GraphResource, ResourceGraph } from "../graph/resourceGraph";
import { nameInputOf } from "./physicalName";
import type { ResourceProvider, ResourceRequest } from "./resourceProvider";

/**
 * A provider for an update of what is deployed. As in a preview of Pulumi's engine, a resource that exists,
 * also below an alias, keeps its id, its outputs and the name that was generated for it.
 *
 * @param deployed what a stack export contains
 * @param fresh for resources that do not exist yet
 */
export function deployedProvider(
  deployed: ResourceGraph,
  fresh: ResourceProvider,
): ResourceProvider {
  const byUrn = new Map(deployed.resources.map((resource) => [resource.urn, resource]));
  const existing = ({ urn, aliases = [] }: ResourceRequest): GraphResource | undefined =>
    [urn, ...aliases].flatMap((each) => byUrn.get(each) ?? [])[0];
  return {
    check(request) {
      const checked = fresh.check(request);
      const former = existing(request);
      const name = nameInputOf({ ...request, inputs: checked });
      const kept = name && former?.inputs[name.property];
      return name === undefined || kept === undefined || name.property in request.inputs
        ? checked
        : { ...checked, [name.property]: kept };
    },
    async create(request) {
      const state = await fresh.create(request);
      const former = existing(request);
      if (former === undefined) return state;
      return {
        ...state,
        ...(former.id !== undefined && { id: former.id }),
        outputs: { ...state.outputs, ...former.outputs, ...request.inputs },
      };
    },
    read: (request) => fresh.read(request),
  };
}

/** The account that the ARNs of a deployment name; undefined if none does. */
export function deployedAccount({ resources }: ResourceGraph): string | undefined {
  const arns = resources.flatMap(({ outputs }) => outputs["arn"] ?? []);
  return arns.flatMap((arn) =>
    typeof arn === "string" ? (/^arn:[^:]+:[^:]+:[^:]*:(\d{12}):/.exec(arn)?.[1] ?? []) : [],
  )[0];
}
