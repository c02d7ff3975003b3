import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../settings/settings";

/** What every resource of a pipeline needs. */
export interface Scope {
  /** Name of the pipeline, which begins the names of its resources. */
  readonly name: string;
  readonly parent: pulumi.Resource;
  readonly settings: Settings;
}

/** Options of a resource that stores data: by default no deployment can delete it. */
export function stateful({ parent, settings }: Scope): pulumi.CustomResourceOptions {
  return settings.protect ? { parent, protect: true, retainOnDelete: true } : { parent };
}

/** For names that must differ from those of the same pipeline in other stacks. */
export function nameInStack({ name }: Scope): string {
  return `${name}-${pulumi.getStack()}`;
}

/** Under `/aws/kinesisfirehose/`, where the AWS console looks for Firehose's errors. */
export function errorLogName(scope: Scope): string {
  return `/aws/kinesisfirehose/${nameInStack(scope)}`;
}
