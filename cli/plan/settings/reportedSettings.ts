import { redactorOf, shownOutputs } from "../../../engine/graph/redaction";
import {
  type GraphResource,
  type Properties,
  type PropertyValue,
  type ResourceGraph,
  Secret,
  Unknown,
} from "../../../engine/graph/resourceGraph";
import { STACK_TYPE } from "../../../engine/graph/urn";
import { isHidden, shownValue } from "../resources/inputValue";

/** The output in which a component reports its effective settings. */
const EFFECTIVE_SETTINGS = "effectiveSettings";

/** One effective setting, as a component reports it. */
export interface ReportedSetting {
  /** Its path, e.g. `stream.retentionHours`. */
  readonly setting: string;
  /** A string; JSON for lists and maps. */
  readonly value: PropertyValue;
  /** `stack` if the stack sets it, `default` if not. */
  readonly origin: string;
}

/** The settings of one component. */
export interface ComponentSettings {
  readonly component: GraphResource;
  /** Unknown or secret as a whole if the component derives the list from such a value. */
  readonly settings: readonly ReportedSetting[] | Unknown | Secret;
}

/** The settings of all components of a graph that report theirs. */
export function reportedSettings({ resources }: ResourceGraph): ComponentSettings[] {
  return resources.flatMap((component) => {
    if (component.custom || component.type === STACK_TYPE) return [];
    const settings = component.outputs[EFFECTIVE_SETTINGS];
    return isHidden(settings) || isSettings(settings) ? [{ component, settings }] : [];
  });
}

function isSettings(value: unknown): value is readonly ReportedSetting[] {
  return Array.isArray(value) && value.length > 0 && value.every(isSetting);
}

/** Any component can have an output of this name with another meaning. */
function isSetting(entry: unknown): entry is ReportedSetting {
  if (typeof entry !== "object" || entry === null) return false;
  const { setting, value, origin } = entry as Readonly<Record<string, unknown>>;
  return typeof setting === "string" && value !== undefined && typeof origin === "string";
}

/** The value of a setting for a person. */
export function settingText({ value }: Pick<ReportedSetting, "value">): string {
  const text = shownValue(value);
  return ["", "[]", "{}"].includes(text) ? "none" : text;
}

/** The settings that the stack itself sets, of all components that report theirs, redacted. */
export function stackSettings(graph: ResourceGraph): { setting: string; value: string }[] {
  const redact = redactorOf(graph);
  return reportedSettings(graph).flatMap(({ settings }) =>
    isHidden(settings)
      ? []
      : settings
          .filter(({ origin }) => origin === "stack")
          .map((entry) => ({ setting: entry.setting, value: redact(settingText(entry)) })),
  );
}

/** The outputs of the stack, without the settings if a component reports them already. */
export function otherOutputs(graph: ResourceGraph): Properties {
  const outputs = shownOutputs(graph);
  if (reportedSettings(graph).length === 0) return outputs;
  const others = Object.entries(outputs).filter(([name]) => name !== EFFECTIVE_SETTINGS);
  return Object.fromEntries(others);
}
