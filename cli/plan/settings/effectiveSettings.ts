import { redactorOf } from "../../../engine/graph/redaction";
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

/** The output with which a component tells the settings that are in force. */
const EFFECTIVE_SETTINGS = "effectiveSettings";

/** One setting of a component as it is in force. */
export interface ReportedSetting {
  /** Its place, e.g. `stream.retentionHours`. */
  readonly setting: string;
  /** Text; of lists and maps JSON text. */
  readonly value: PropertyValue;
  /** `stack` if the stack sets it, `default` if not. */
  readonly origin: string;
}

/** The settings of one component. */
export interface ComponentSettings {
  readonly component: GraphResource;
  /** Unknown or secret as a whole if the component makes it of such values. */
  readonly settings: readonly ReportedSetting[] | Unknown | Secret;
}

/** The settings of all components of a graph that tell theirs. */
export function effectiveSettings({ resources }: ResourceGraph): ComponentSettings[] {
  return resources.flatMap((component) => {
    if (component.custom || component.type === STACK_TYPE) return [];
    const settings = component.outputs[EFFECTIVE_SETTINGS];
    return isHidden(settings) || isSettings(settings) ? [{ component, settings }] : [];
  });
}

/** The value of a setting for a person. */
export function settingText({ value }: Pick<ReportedSetting, "value">): string {
  const text = shownValue(value);
  return ["", "[]", "{}"].includes(text) ? "none" : text;
}

/** The stack's outputs, without the settings if a component tells them already. */
export function otherOutputs(graph: ResourceGraph): Properties {
  if (effectiveSettings(graph).length === 0) return graph.outputs;
  const others = Object.entries(graph.outputs).filter(([name]) => name !== EFFECTIVE_SETTINGS);
  return Object.fromEntries(others);
}

function isSettings(value: unknown): value is readonly ReportedSetting[] {
  return Array.isArray(value) && value.length > 0 && value.every(isSetting);
}

/** Any component can have an output of this name and mean something else by it. */
function isSetting(entry: unknown): entry is ReportedSetting {
  if (typeof entry !== "object" || entry === null) return false;
  const { setting, value, origin } = entry as Readonly<Record<string, unknown>>;
  return typeof setting === "string" && value !== undefined && typeof origin === "string";
}

/** The settings that a stack itself sets, of all components that tell theirs, without secrets. */
export function stackSettings(graph: ResourceGraph): { setting: string; value: string }[] {
  const redact = redactorOf(graph);
  return effectiveSettings(graph).flatMap(({ settings }) =>
    isHidden(settings)
      ? []
      : settings
          .filter(({ origin }) => origin === "stack")
          .map((entry) => ({ setting: entry.setting, value: redact(settingText(entry)) })),
  );
}
