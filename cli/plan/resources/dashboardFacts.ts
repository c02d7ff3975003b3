import type { Properties } from "../../../engine/graph/resourceGraph";
import { shownValue } from "./inputValue";

/** How many widgets a dashboard has. */
export function dashboardWidgets({ dashboardBody: body }: Properties): string | undefined {
  if (body === undefined) return undefined;
  if (typeof body !== "string") return shownValue(body);
  try {
    const { widgets = [] } = JSON.parse(body) as { readonly widgets?: readonly unknown[] };
    return String(widgets.length);
  } catch {
    return "not a dashboard body";
  }
}
