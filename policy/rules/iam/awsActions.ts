import { createRequire } from "node:module";
import { inflateRawSync } from "node:zlib";
import { hasWildcard, matchesPattern } from "../../reading/wildcard";
import type { actionData as Data, actionDataVersion as Version } from "./actionData";

/** An action as the Service Authorization Reference lists it. */
export interface AwsAction {
  /** With the prefix of the service: `kinesis:PutRecords`. */
  readonly name: string;
  /** Patterns of the ARNs that it applies to. Without one, AWS accepts only `"*"` as Resource. */
  readonly arns: readonly string[];
}

/** The actions of a service by their names in lowercase; `undefined` if the data has no such service. */
export function actionsOfService(prefix: string): ReadonlyMap<string, AwsAction> | undefined {
  const service = prefix.toLowerCase();
  const found = parsed.get(service);
  if (found) return found;
  const block = serviceBlocks().get(service);
  if (block === undefined) return undefined;
  const actions = readBlock(service, block);
  parsed.set(service, actions);
  return actions;
}

/** The day of the data, such as 2026-09-26. */
export function actionListDate(): string {
  return loadData().actionDataVersion.updated;
}

/** The prefixes of all services. */
export function servicePrefixes(): readonly string[] {
  return [...serviceBlocks().keys()];
}

/**
 * The actions that a pattern such as `s3:Get*` matches, in any case; `undefined` if the data does not
 * have its service, or if it names none.
 */
export function matchingActions(pattern: string): readonly AwsAction[] | undefined {
  const known = matches.get(pattern);
  if (known) return known;
  const [prefix = "", ...rest] = pattern.toLowerCase().split(":");
  const actions = actionsOfService(prefix);
  if (actions === undefined) return undefined;
  const name = rest.join(":");
  const exact = actions.get(name);
  const found = hasWildcard(name)
    ? [...actions].filter(([key]) => matchesPattern(name, key)).map(([, action]) => action)
    : exact
      ? [exact]
      : [];
  matches.set(pattern, found);
  return found;
}

const parsed = new Map<string, ReadonlyMap<string, AwsAction>>();
const matches = new Map<string, readonly AwsAction[]>();
let blocks: ReadonlyMap<string, string> | undefined;

/** Loaded and unpacked on first use, so that the pack starts as fast as without the data. */
function serviceBlocks(): ReadonlyMap<string, string> {
  if (blocks) return blocks;
  const unpacked = inflateRawSync(Buffer.from(loadData().actionData, "base64")).toString();
  blocks = new Map(
    unpacked.split("\n\n").map((block) => {
      const end = block.indexOf("\n");
      return [block.slice(0, end), block.slice(end + 1)];
    }),
  );
  return blocks;
}

function loadData(): {
  readonly actionData: typeof Data;
  readonly actionDataVersion: typeof Version;
} {
  const load = createRequire(__filename);
  return load("./actionData") as ReturnType<typeof loadData>;
}

/**
 * A block has a line with all ARN patterns of the service, or "-", and lines such as `Get0,Put0.2 Record`:
 * verbs with the indices of their ARN patterns, and the nouns that have all of these verbs.
 */
function readBlock(service: string, block: string): ReadonlyMap<string, AwsAction> {
  const [patterns = "", ...lines] = block.split("\n");
  const all = patterns.split(" ").map((pattern) => `arn:*:${pattern}`);
  const actions = lines.flatMap((line) => {
    const [verbs = "", ...nouns] = line.split(" ");
    return verbs.split(",").flatMap((entry) => {
      const [, verb = "", indices = ""] = /^([^0-9.]*)([0-9.]*)$/.exec(entry) ?? [];
      const arns =
        indices === "" ? [] : indices.split(".").map((index) => all[Number(index)] ?? "*");
      return nouns.map((noun) => ({ name: `${service}:${verb}${noun}`, arns }));
    });
  });
  return new Map(actions.map((action) => [action.name.split(":")[1]?.toLowerCase() ?? "", action]));
}
