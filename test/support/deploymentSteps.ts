import { isDeepStrictEqual } from "node:util";
import type { GraphResource } from "../../engine/graph/resourceGraph";
import { replacementFacts } from "../../local/changes/replacement/replacementFacts";
import type { Recording } from "./record";

/**
 * What Pulumi's engine does with the resources of a stack, as far as their deletion depends on it: a
 * model of GenerateSteps, GenerateDeletes and ScheduleDeletes in pkg/resource/deploy/step_generator.go,
 * of DeleteStep.Apply in step.go and of performDeletes in deployment_executor.go, all in
 * github.com/pulumi/pulumi. Where the engine runs steps in parallel, the model takes the worst case:
 * every deletion that can run next to a failing one has run.
 */
export type Declared = Pick<
  GraphResource,
  "urn" | "type" | "custom" | "parent" | "dependencies" | "propertyDependencies" | "inputs"
> & { readonly options: Pick<GraphResource["options"], "protect" | "retainOnDelete"> };

/** What a program declared under mocks. */
export const declaredBy = ({ resources }: Recording): Declared[] =>
  resources.map(({ protect, retainOnDelete, inputs, ...resource }) => ({
    ...resource,
    inputs: inputs as Declared["inputs"],
    options: { protect, retainOnDelete },
  }));

/** A resource in the state of a stack. */
export interface Deployed extends Declared {
  /** It is replaced, and its deletion is due. The engine no longer asks whether it is protected. */
  readonly pendingDelete?: boolean;
}

export interface Command {
  /** `--skip-preview`: otherwise, an error in the preview ends the command before it changes anything. */
  readonly skipPreview?: boolean;
  /** `--continue-on-error`: otherwise, the first failing deletion is the last step. */
  readonly continueOnError?: boolean;
}

/** What a command did, by URN. */
export interface Outcome {
  readonly created: readonly string[];
  readonly replaced: readonly string[];
  /** Deleted in the cloud. */
  readonly deleted: readonly string[];
  /** Removed from the state, but not from the cloud. */
  readonly retained: readonly string[];
  readonly errors: readonly string[];
  readonly state: readonly Deployed[];
}

/** `pulumi up` of a program that declares these resources; of none, it is `pulumi destroy`. */
export function up(
  state: readonly Deployed[],
  program: readonly Declared[],
  command: Command = {},
): Outcome {
  if (!command.skipPreview) {
    const { errors } = run(state, program, command, true);
    if (errors.length > 0)
      return { created: [], replaced: [], deleted: [], retained: [], errors, state };
  }
  return run(state, program, command, false);
}

export const destroy = (state: readonly Deployed[], command?: Command): Outcome =>
  up(state, [], command);

/** `pulumi state unprotect --all`, which leaves `retainOnDelete` as it is. */
export const unprotectAll = (state: readonly Deployed[]): Deployed[] =>
  state.map((resource) => ({ ...resource, options: { ...resource.options, protect: false } }));

/** Inputs whose change makes AWS replace a resource. The policy of a key belongs to that key. */
function isReplacing(type: string, name: string): boolean {
  return name === "keyId" || name in (replacementFacts.get(type)?.replaces ?? {});
}

/** An input in a group whose change replaces too: `dynamicPartitioningConfiguration.enabled`. */
function isPartitioned({ inputs }: Declared): boolean {
  const { extendedS3Configuration: s3 } = inputs as {
    readonly extendedS3Configuration?: Readonly<Record<string, { readonly enabled?: boolean }>>;
  };
  return s3?.["dynamicPartitioningConfiguration"]?.enabled === true;
}

function run(
  state: readonly Deployed[],
  program: readonly Declared[],
  { continueOnError = false }: Command,
  dryRun: boolean,
): Outcome {
  const current = new Map(
    state.filter(({ pendingDelete }) => !pendingDelete).map((old) => [old.urn, old]),
  );
  const declared = new Set(program.map(({ urn }) => urn));
  const [created, errors] = [[] as string[], [] as string[]];
  const replaced = new Set<string>();
  const next: Deployed[] = [];
  const condemned = state.filter(({ urn, pendingDelete }) => pendingDelete || !declared.has(urn));

  for (const resource of program) {
    const old = current.get(resource.urn);
    if (old === undefined) created.push(resource.urn);
    else if (isReplaced(old, resource, replaced)) {
      if (old.options.protect && resource.options.protect) {
        errors.push(`unable to replace ${resource.urn}`);
        if (!dryRun) {
          const seen = new Set(next.map(({ urn }) => urn));
          const untouched = [...current.values()].filter(
            ({ urn }) => declared.has(urn) && !seen.has(urn),
          );
          const after = [...next, ...untouched, ...condemned];
          return outcome({ created, replaced, deleted: [], retained: [], errors, state: after });
        }
      }
      replaced.add(resource.urn);
      condemned.push({ ...old, pendingDelete: true });
    }
    next.push(resource);
  }
  const { deleted, retained, failures, left } = deletions(condemned, continueOnError);
  const after = [...next, ...left];
  return outcome({
    ...{ created, replaced, deleted, retained },
    errors: [...errors, ...failures],
    state: after,
  });
}

const outcome = (parts: Omit<Outcome, "replaced"> & { replaced: Set<string> }): Outcome => ({
  ...parts,
  replaced: [...parts.replaced],
});

/** An input that is made of outputs of a replaced resource is unknown, and so counts as changed. */
function isReplaced(old: Deployed, now: Declared, replaced: ReadonlySet<string>): boolean {
  if (!now.custom) return false;
  if (isPartitioned(old) !== isPartitioned(now)) return true;
  const names = new Set([...Object.keys(old.inputs), ...Object.keys(now.inputs)]);
  return [...names].some(
    (name) =>
      isReplacing(now.type, name) &&
      (!isDeepStrictEqual(old.inputs[name], now.inputs[name]) ||
        (now.propertyDependencies[name] ?? []).some((urn) => replaced.has(urn))),
  );
}

interface Deletions {
  readonly deleted: readonly string[];
  readonly retained: readonly string[];
  readonly failures: readonly string[];
  /** What is still in the state, because its deletion failed or never ran. */
  readonly left: readonly Deployed[];
}

function deletions(condemned: readonly Deployed[], continueOnError: boolean): Deletions {
  const [deleted, retained, failures] = [[] as string[], [] as string[], [] as string[]];
  const done = new Set<Deployed>();
  const needed = new Set<string>();
  for (const chain of inOrder(condemned)) {
    const failing = chain.filter(({ pendingDelete, options }) => options.protect && !pendingDelete);
    for (const resource of chain) {
      if (failing.includes(resource) || needed.has(resource.urn)) continue;
      done.add(resource);
      if (resource.options.retainOnDelete) retained.push(resource.urn);
      else if (resource.custom) deleted.push(resource.urn);
    }
    for (const { urn } of failing)
      failures.push(`${urn} cannot be deleted because it is protected`);
    if (failing.length > 0 && !continueOnError) break;
    for (const { urn } of failing) addDependencies(urn, condemned, needed);
  }
  return { deleted, retained, failures, left: condemned.filter((it) => !done.has(it)) };
}

/** Groups whose deletions can run in parallel: what depends on others comes in an earlier group. */
function inOrder(condemned: readonly Deployed[]): readonly (readonly Deployed[])[] {
  const groups: Deployed[][] = [];
  let rest = [...condemned];
  while (rest.length > 0) {
    const urns = new Set(rest.map(({ urn }) => urn));
    const free = rest.filter((it) => dependenciesOf(it).every((urn) => !urns.has(urn)));
    if (free.length === 0) throw new Error(`a cycle among ${[...urns].join(", ")}`);
    groups.unshift(free);
    rest = rest.filter((it) => !free.includes(it));
  }
  return groups;
}

const dependenciesOf = (resource: Declared): string[] =>
  [
    ...resource.dependencies,
    ...Object.values(resource.propertyDependencies).flat(),
    ...(resource.parent ? [resource.parent] : []),
  ].filter((urn) => urn !== resource.urn);

function addDependencies(urn: string, all: readonly Declared[], found: Set<string>): void {
  for (const resource of all.filter((it) => it.urn === urn))
    for (const dependency of dependenciesOf(resource))
      if (!found.has(dependency)) {
        found.add(dependency);
        addDependencies(dependency, all, found);
      }
}
