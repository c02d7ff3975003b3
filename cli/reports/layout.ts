import type { Redact } from "../../engine/graph/redaction";
import type { Colors } from "../stdoutColors";

/** How a report is set. */
export interface Layout {
  readonly columns: number;
  readonly colors: Colors;
  readonly redact: Redact;
}
