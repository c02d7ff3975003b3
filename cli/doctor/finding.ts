export type Status = "ok" | "warning" | "error" | "not checked";

/** What a check has found out about one thing. */
export interface Finding {
  readonly status: Status;
  /** One or more sentences or facts, without secrets. */
  readonly message: string;
  /** A command, or what to do. */
  readonly fix?: string;
}

/** Thrown where a check cannot say anything, with the reason. */
export class NotChecked extends Error {
  override readonly name = "NotChecked";
}

export function ok(message: string): Finding {
  return { status: "ok", message };
}

export function warning(message: string, fix?: string): Finding {
  return { status: "warning", message, ...(fix !== undefined && { fix }) };
}

export function failed(message: string, fix?: string): Finding {
  return { status: "error", message, ...(fix !== undefined && { fix }) };
}
