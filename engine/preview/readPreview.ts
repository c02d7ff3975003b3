import { isRecord } from "../graph/jsonRecord";
import type { Properties } from "../graph/resourceGraph";
import { urnParts } from "../graph/urn";
import { decode } from "../wire";
import { type Operation, previewDocument, type StepDocument } from "./previewSchema";

/** What an update would do, as Pulumi's engine has planned it. */
export interface Preview {
  readonly project: string;
  readonly stack: string;
  readonly steps: readonly PreviewStep[];
  /** The errors that the engine reports. With one, steps may be missing. */
  readonly errors: readonly PreviewError[];
}

/** A replacement is one step, or with `--show-replacement-steps` three. */
export interface PreviewStep {
  readonly operation: Operation;
  readonly urn: string;
  readonly type: string;
  /** Absent before the resource is created. */
  readonly before?: ResourceState;
  /** Absent after the resource is deleted. */
  readonly after?: ResourceState;
  /** Paths of the properties that force a replacement. The engine does not always name one. */
  readonly replacedBy: readonly string[];
}

export interface ResourceState {
  /** Read with `.get(...)`, not managed by the stack. */
  readonly external: boolean;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  /** The text of a secret is `[secret]`, unless the preview shows secrets. */
  readonly inputs: Properties;
}

export interface PreviewError {
  /** Absent if the error concerns no resource. */
  readonly urn?: string;
  readonly message: string;
}

/**
 * Reads what `pulumi preview --json` printed.
 *
 * @param text the document
 * @param name of the document in messages
 * @throws Error with what is wrong with the document, which quotes nothing from it
 */
export function readPreview(text: string, name: string): Preview {
  const { steps, diagnostics, maybeCorrupt } = parsed(text, name);
  const errors = [
    ...(diagnostics ?? [])
      .filter(({ severity }) => severity === "error")
      .map(({ urn, message }) => ({ ...(urn && { urn }), message: message.trim() })),
    ...(maybeCorrupt === true
      ? [{ message: "the engine reports that its plan may be corrupt" }]
      : []),
  ];
  const read = (steps ?? []).map(previewStep);
  const parts = [...read, ...errors].flatMap(({ urn }) => urnParts(urn ?? "") ?? [])[0];
  if (read.length === 0 && errors.length === 0)
    throw new Error(
      `${name} contains no steps: the preview did not run to its end. ${HOW_TO_PREVIEW}`,
    );
  return { project: parts?.project ?? "", stack: parts?.stack ?? "", steps: read, errors };
}

const HOW_TO_PREVIEW = "Create one with: pulumi preview --stack NAME --json > preview.json";

function parsed(text: string, name: string) {
  if (text.trim() === "") throw new Error(`${name} is empty. ${HOW_TO_PREVIEW}`);
  const document = json(text, name);
  const { data, error } = previewDocument.safeParse(document);
  if (data?.steps || data?.diagnostics || data?.["changeSummary"] !== undefined) return data;
  const [issue] = error?.issues ?? [];
  const [list, index, property] = issue?.path ?? [];
  if (list === "steps" && typeof index === "number")
    throw new Error(
      `${name} cannot be read: step ${index + 1} has an unknown ${String(property ?? "form")}. ` +
        `It may be from a newer version of Pulumi, or not from a preview. ${HOW_TO_PREVIEW}`,
    );
  throw new Error(`${name} is not the output of pulumi preview --json. ${HOW_TO_PREVIEW}`);
}

function json(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The message of JSON.parse quotes the document, which can contain secrets.
    if (isEventStream(text))
      throw new Error(
        `${name} has one event on each line, the format of PULUMI_ENABLE_STREAMING_JSON_PREVIEW. ` +
          "Unset that variable. " +
          HOW_TO_PREVIEW,
      );
    throw new Error(`${name} is not JSON. ${HOW_TO_PREVIEW}`);
  }
}

function isEventStream(text: string): boolean {
  const [first = "", second = ""] = text.trim().split("\n");
  try {
    return isRecord(JSON.parse(first)) && isRecord(JSON.parse(second));
  } catch {
    return false;
  }
}

function previewStep(step: StepDocument): PreviewStep {
  const { op, urn, oldState, newState, detailedDiff, replaceReasons } = step;
  const forcing = Object.entries(detailedDiff ?? {})
    .filter(([, { kind }]) => kind.endsWith("-replace"))
    .map(([path]) => path);
  return {
    operation: op,
    urn,
    type: (newState ?? oldState)?.type ?? urnParts(urn)?.type ?? "",
    ...(oldState && { before: resourceState(oldState) }),
    ...(newState && { after: resourceState(newState) }),
    replacedBy: forcing.length > 0 ? forcing : (replaceReasons ?? []),
  };
}

function resourceState(state: NonNullable<StepDocument["oldState"]>): ResourceState {
  return {
    external: state.external === true,
    protect: state.protect === true,
    retainOnDelete: state.retainOnDelete === true,
    inputs: decode(withoutDefaults(state.inputs ?? {})) as Properties,
  };
}

/** A provider notes in each group of properties which of them are its defaults. */
function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaults);
  if (!isRecord(value)) return value;
  const own = Object.entries(value).filter(([name]) => name !== "__defaults");
  return Object.fromEntries(own.map(([name, part]) => [name, withoutDefaults(part)]));
}
