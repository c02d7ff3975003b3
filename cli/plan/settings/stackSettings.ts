import { redactorOf } from "../../../engine/graph/redaction";
import type { ResourceGraph } from "../../../engine/graph/resourceGraph";
import { isHidden } from "../resources/inputValue";
import { effectiveSettings, settingText } from "./effectiveSettings";

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
