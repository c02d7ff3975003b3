import type { Redact } from "../../local/engine/redaction";
import type { Colors } from "../stdoutColors";

/** How a report is set. */
export interface Layout {
  readonly columns: number;
  readonly colors: Colors;
  readonly redact: Redact;
}
