import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { auditStack } from "../../../engine/auditStack";
import { isRecord } from "../../../engine/graph/jsonRecord";
import type { ResourceGraph } from "../../../engine/graph/resourceGraph";
import {
  type PlanRequest,
  planStack,
  planTogether,
  type StackPlan,
} from "../../../engine/planStack";
import { noPolicies } from "../../../engine/policy/policyReport";
import { madeUpProvider } from "../../../engine/provider/madeUpProvider";
import { readStackExport } from "../../../engine/stack/stackExport";
import { readStack } from "../../../engine/stack/stackFile";
import { withReplacedText } from "../../../local/changes/declared/carriedTexts";
import { counted } from "../../../records/amounts";
import { type PlanWithAccess, planWithAccess } from "../access/planWithAccess";
import { changedPaths, findRevision, inWorktree, isDirty, type Revision } from "./gitRevision";
import { linkInstalledPackages, otherPackages } from "./installedPackages";
import { looksLikePlan, readSavedPlan } from "./savedPlan";

/** What a plan is compared with. */
interface DiffBase {
  readonly kind: "revision" | "plan" | "export";
  /** As the option names it. */
  readonly name: string;
  /** Full id, of a revision. */
  readonly commit?: string;
  readonly plan: PlanWithAccess;
}

/** A plan of the working tree, and what it is compared with. */
export interface BasedPlan {
  readonly base: DiffBase;
  readonly plan: PlanWithAccess;
  /** What limits the comparison, as sentences. */
  readonly notes: readonly string[];
}

type Print = (text: string) => void;

/**
 * Plans a stack in the working tree, and what it is compared with. An existing file is a plan or a stack
 * export; any other name is a revision.
 *
 * @throws Error with a message for the user
 */
export async function planWithBase(
  name: string,
  request: PlanRequest,
  print: Print,
  signal: AbortSignal,
): Promise<BasedPlan> {
  const path = resolve(request.directory, name);
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
    return withRevision(name, request, print, signal);
  const document = jsonIn(path, name);
  if (isRecord(document) && isRecord(document["deployment"]))
    return withExport(name, path, request, print);
  if (looksLikePlan(document)) return withPlan(name, document, request, print);
  throw new Error(
    `--diff ${name}: the file is neither a plan nor a stack export. Create one with: streamlake plan --json > FILE, or: pulumi stack export --file FILE`,
  );
}

function jsonIn(path: string, name: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    // The message of JSON.parse quotes the file, which can contain secrets.
    throw new Error(
      `--diff ${name}: the file is not JSON. For a Git revision of that name, write refs/heads/${name} or its commit.`,
    );
  }
}

async function withPlan(
  name: string,
  document: unknown,
  request: PlanRequest,
  print: Print,
): Promise<BasedPlan> {
  const { config } = readStack(request.directory, request.stack);
  const plan = planWithAccess(await planStack(request, print));
  const provider = madeUpProvider(plan.region, config);
  const base = await readSavedPlan(document, name, provider, plan.region);
  checkStack(name, base.graph, plan.graph);
  return { base: { kind: "plan", name, plan: base }, plan, notes: [] };
}

async function withExport(
  name: string,
  path: string,
  request: PlanRequest,
  print: Print,
): Promise<BasedPlan> {
  const deployed = readStackExport(path);
  const { project, stack } = readStack(request.directory, request.stack);
  checkStack(name, deployed, { project: project.name, stack });
  const planned = await planStack({ ...request, deployed }, print);
  const { policyPack } = request;
  const { report } =
    policyPack === undefined
      ? { report: noPolicies }
      : await auditStack({ ...request, policyPack, stackExport: path }, () => undefined);
  const base = planWithAccess({ graph: deployed, report, region: regionOf(deployed, planned) });
  return { base: { kind: "export", name, plan: base }, plan: planWithAccess(planned), notes: [] };
}

/** The region of the default provider in a state. */
function regionOf({ resources }: ResourceGraph, { region }: StackPlan): string {
  const provider = resources.find(
    ({ type, name }) => type === "pulumi:providers:aws" && name.startsWith("default"),
  );
  const deployed = provider?.inputs["region"];
  return typeof deployed === "string" ? deployed : region;
}

type StackName = Pick<ResourceGraph, "project" | "stack">;

function checkStack(name: string, base: StackName, planned: StackName): void {
  if (base.stack === planned.stack && base.project === planned.project) return;
  throw new Error(
    `--diff ${name}: the file is of ${base.project}/${base.stack}, and the plan of ${planned.project}/${planned.stack}. Specify the stack of the file: --stack ${base.stack}. To compare two stacks: --compare`,
  );
}

async function withRevision(
  name: string,
  request: PlanRequest,
  print: Print,
  signal: AbortSignal,
): Promise<BasedPlan> {
  const revision = await findRevision(name, request.directory);
  const { stack } = readStack(request.directory, request.stack);
  const project = relative(revision.repository, realpathSync(request.directory));
  const here = { ...request, stack };
  return inWorktree(revision, signal, async (tree) => {
    const directory = join(tree, project);
    const based = (base: StackPlan, plan: StackPlan, notes: readonly string[]): BasedPlan => ({
      base: {
        ...{ kind: "revision", name, commit: revision.commit },
        plan: planWithAccess(base),
      },
      plan: planWithAccess(plan),
      notes,
    });
    const missing = missingIn(directory, here);
    if (missing !== undefined) {
      const plan = await planStack(here, print);
      const nothing = { ...plan.graph, resources: [], outputs: {}, notes: [] };
      const note = `${missing} does not exist in ${name}, so all resources are new.`;
      return based({ ...plan, graph: nothing, report: noPolicies }, plan, [note]);
    }
    const checkout = { repository: revision.repository, tree, project };
    const taken = linkInstalledPackages(checkout);
    const [plan, base] = await planTogether(
      [
        { request: here, label: "working tree", title: "The working tree" },
        { request: { ...here, directory }, label: name, title: `Revision ${name}` },
      ],
      print,
    );
    const notes = await notesOn(checkout, revision, taken);
    return based(inRepository(base, tree, revision.repository), plan, notes);
  });
}

/** The file without which a stack does not exist there; undefined if it exists. */
function missingIn(
  directory: string,
  { directory: here, stack = "" }: PlanRequest,
): string | undefined {
  const file = `Pulumi.${stack}.yaml`;
  if (!existsSync(join(directory, "Pulumi.yaml"))) return "Pulumi.yaml";
  return existsSync(join(here, file)) && !existsSync(join(directory, file)) ? file : undefined;
}

async function notesOn(
  checkout: Parameters<typeof otherPackages>[0],
  revision: Revision,
  taken: readonly string[],
): Promise<string[]> {
  const files = otherPackages(checkout);
  const compiled = await changedPaths(revision, taken);
  return [
    ...((await isDirty(revision)) ? ["The working tree has changes that are not committed."] : []),
    ...(files.length > 0
      ? [`Both plans use the installed packages, although ${files.join(", ")} has changed.`]
      : []),
    ...(compiled.length > 0
      ? [
          `Both plans use ${counted(compiled.length, "compiled package")} of the working tree, although its files have changed: ${compiled.join(", ")}.`,
        ]
      : []),
  ];
}

/** Paths in the temporary worktree, such as those of assets, as the working tree has them. */
function inRepository(plan: StackPlan, tree: string, repository: string): StackPlan {
  const { graph } = plan;
  const paths = new Map([[tree, repository]]);
  return {
    ...plan,
    graph: {
      ...graph,
      resources: graph.resources.map((resource) => ({
        ...resource,
        inputs: withReplacedText(resource.inputs, paths),
        outputs: withReplacedText(resource.outputs, paths),
      })),
    },
  };
}
