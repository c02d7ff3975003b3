import type { Policies, PolicyResource, StackValidationPolicy } from "@pulumi/policy";
import { AnalyzeResponse, type PolicyNotApplicable } from "@pulumi/pulumi/proto/analyzer_pb";
import { doesNotApply } from "../rule/rule";
import { type Listed, takeSubject } from "./request";

type AnyPolicy = Policies[number];

/**
 * Policies as a list that costs a request only what applies to it. For each policy, the SDK converts the
 * resource, or the whole stack, and makes a result even if the policy is not for the type of the
 * resource. With many rules this takes most of the pack's time.
 *
 * For a resource, the list consists of the policies for its type. One more result stands for all others;
 * `expand` replaces it. For a stack, it consists of the stack policies, which get the resources that the
 * first one got. To a reader that does otherwise, and for requests that are not dispatched, the list is that
 * of all policies.
 */
export class Dispatch {
  /** For the SDK. */
  readonly policies: Policies;
  readonly #all: Policies;
  readonly #byType = new Map<string, ForType>();
  #configured: ReadonlyMap<string, boolean> = new Map();

  constructor(policies: Policies) {
    this.#all = policies;
    this.policies = [...policies];
    Object.defineProperty(this.policies, Symbol.iterator, {
      value: () => this.#ofRequest()[Symbol.iterator](),
    });
  }

  /** @param configured the names of the policies whose level is configured, and whether it is `disabled` */
  configure(configured: ReadonlyMap<string, boolean>): void {
    this.#configured = configured;
    this.#byType.clear();
  }

  /** Removes the result that stands for the policies for other types. @returns their results */
  expand(response: AnalyzeResponse): Others | undefined {
    const results = response.getNotApplicableList();
    const last = results.at(-1);
    const name = last?.getPolicyName() ?? "";
    if (last === undefined || !name.startsWith(standInPrefix)) return undefined;
    response.setNotApplicableList(results.slice(0, -1));
    const ofType = this.#ofType(name.slice(standInPrefix.length));
    return (ofType.results ??= new Others(ofType.others, last));
  }

  #ofRequest(): readonly AnyPolicy[] {
    const subject = takeSubject();
    if (subject === undefined) return this.#all;
    return "type" in subject
      ? this.#ofType(subject.type).policies
      : sharing(this.#all.filter(isStackPolicy), subject.resources);
  }

  #ofType(type: string): ForType {
    const known = this.#byType.get(type) ?? this.#select(type);
    this.#byType.set(type, known);
    return known;
  }

  #select(type: string): ForType {
    const ofResources = this.#all.filter((policy) => !isStackPolicy(policy));
    const applies = (policy: AnyPolicy): boolean => {
      const types = typesOf(policy);
      return types.length === 0 || types.includes(type);
    };
    const others = ofResources.filter((policy) => !applies(policy) && !this.#isDisabled(policy));
    const applicable = ofResources.filter(applies);
    return { policies: others.length === 0 ? applicable : [...applicable, standIn(type)], others };
  }

  #isDisabled({ name, enforcementLevel }: AnyPolicy): boolean {
    return this.#configured.get(name) ?? enforcementLevel === "disabled";
  }
}

/** The policies that a request for a resource of one type gets, and those that are for other types. */
interface ForType {
  readonly policies: readonly AnyPolicy[];
  readonly others: readonly AnyPolicy[];
  results?: Others;
}

/** The results of policies that are not for the type of a resource; the same for every resource of it. */
class Others {
  readonly results: readonly PolicyNotApplicable[];
  #bytes: Uint8Array | undefined;

  /** @param like a result of the SDK */
  constructor(policies: readonly AnyPolicy[], like: PolicyNotApplicable) {
    this.results = policies.map((policy) => {
      const result = like.cloneMessage();
      result.setPolicyName(policy.name);
      result.setReason(reasonOf(typesOf(policy)));
      return result;
    });
  }

  /** A response with these results alone. Appended to another response, it adds them. */
  get bytes(): Uint8Array {
    return (this.#bytes ??= new AnalyzeResponse()
      .setNotApplicableList([...this.results])
      .serializeBinary());
  }
}

function isStackPolicy(policy: AnyPolicy): policy is StackValidationPolicy {
  return "validateStack" in policy;
}

/** Types that a policy of this package looks at. Empty if it looks at all. */
function typesOf(policy: AnyPolicy): readonly string[] {
  return "types" in policy && Array.isArray(policy.types) ? (policy.types as string[]) : [];
}

/** In the words of the SDK if it is about one type. */
function reasonOf(types: readonly string[]): string {
  return types.length === 1
    ? `Policy only applies to resources of type '${types[0]}'`
    : doesNotApply(types);
}

/** No policy has a name like this. */
const standInPrefix = "policies for other types than ";

/** A policy that never applies. The SDK finds so by the mark, without converting the resource. */
function standIn(type: string): AnyPolicy {
  return {
    name: `${standInPrefix}${type}`,
    description: "Not sent.",
    validateResource: Object.assign(
      ({ notApplicable }: { readonly notApplicable: () => never }) => notApplicable(),
      { __pulumiType: "of another policy" },
    ),
  };
}

/**
 * Policies that all get the resources that the first one got. The list of the request is emptied then, so
 * that the SDK does not convert it again. Thus a policy that is marked with a single type, which the SDK looks
 * for in the list, keeps the mark only if there is none.
 */
function sharing(policies: readonly StackValidationPolicy[], listed: Listed[]): AnyPolicy[] {
  const types = new Set(listed.map((resource) => resource.getType()));
  let shared: PolicyResource[] | undefined;
  const share = (resources: PolicyResource[]): PolicyResource[] => {
    if (shared !== undefined) return shared;
    if (listed.length === resources.length) {
      listed.length = 0;
      shared = resources;
    }
    return resources;
  };
  return policies.map((policy) => {
    const mark: unknown = Reflect.get(policy.validateStack, "__pulumiType");
    if (typeof mark === "string" && !types.has(mark)) return policy;
    return {
      ...policy,
      validateStack: (args, report) =>
        policy.validateStack({ ...args, resources: share(args.resources) }, report),
    };
  });
}
