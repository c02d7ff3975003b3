import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../settings/settings";

/** What every resource of a pipeline needs. */
export interface Scope {
  /** Name of the pipeline, which begins the names of its resources. */
  readonly name: string;
  readonly parent: pulumi.Resource;
  readonly settings: Settings;
}

/**
 * Options of everything that the data depends on: what stores it, what keeps it private and readable,
 * and the delivery stream with its roles, because its position in the stream is lost with it. By
 * default no deployment deletes or replaces any of it, and it stays in AWS when it leaves the program:
 * `protect` stops a deployment, `retainOnDelete` holds for what `pulumi state unprotect` released.
 */
export function safeguarded({ parent, settings }: Scope): pulumi.CustomResourceOptions {
  return settings.protect ? { parent, protect: true, retainOnDelete: true } : { parent };
}

/**
 * Options of a KMS key and of what makes it usable: no deployment ever deletes it, also without
 * `protect`, because whatever is encrypted with the key is lost with it. When the key leaves the
 * program, Pulumi only forgets it.
 */
export function neverDeleted(scope: Scope): pulumi.CustomResourceOptions {
  return { ...safeguarded(scope), retainOnDelete: true };
}

/** For names that must differ from those of the same pipeline in other stacks. */
export function nameInStack({ name }: Scope): string {
  return `${name}-${pulumi.getStack()}`;
}

/** Under `/aws/kinesisfirehose/`, where the AWS console looks for Firehose's errors. */
export function errorLogName(scope: Scope): string {
  return `/aws/kinesisfirehose/${nameInStack(scope)}`;
}
