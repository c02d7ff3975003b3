import * as z from "zod";

/**
 * What the engine does with a resource in one step.
 * Source: `pkg/resource/deploy/step.go` and `pkg/display/json.go` of pulumi/pulumi.
 */
const OPERATIONS = [
  "same",
  "create",
  "update",
  "delete",
  "replace",
  "create-replacement",
  "delete-replaced",
  "read",
  "read-replacement",
  "refresh",
  "discard",
  "discard-replaced",
  "remove-pending-replace",
  "import",
  "import-replacement",
  "diff",
  "extend-parameterize",
] as const;

export type Operation = (typeof OPERATIONS)[number];

const state = z.looseObject({
  type: z.string().min(1),
  /** Only looked up, not managed by the stack. */
  external: z.boolean().nullish(),
  protect: z.boolean().nullish(),
  retainOnDelete: z.boolean().nullish(),
  inputs: z.record(z.string(), z.unknown()).nullish(),
});

const step = z.looseObject({
  op: z.enum(OPERATIONS),
  urn: z.string().min(1),
  oldState: state.nullish(),
  newState: state.nullish(),
  diffReasons: z.array(z.string()).nullish(),
  replaceReasons: z.array(z.string()).nullish(),
  detailedDiff: z.record(z.string(), z.looseObject({ kind: z.string() })).nullish(),
});

export type StepDocument = z.infer<typeof step>;

const diagnostic = z.looseObject({
  urn: z.string().nullish(),
  message: z.string(),
  severity: z.string(),
});

/** What `pulumi preview --json` prints. Without changes, the step of the stack itself remains. */
export const previewDocument = z.looseObject({
  steps: z.array(step).nullish(),
  diagnostics: z.array(diagnostic).nullish(),
  maybeCorrupt: z.boolean().nullish(),
});
