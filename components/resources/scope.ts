import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../settings/settings";

/** What every part of a pipeline is built from. */
export interface Scope {
  /** Name of the pipeline; names of its parts begin with it. */
  readonly name: string;
  readonly parent: pulumi.Resource;
  readonly settings: Settings;
}

/** Options of a part that holds data: by default no deployment can delete it. */
export function stateful({ parent, settings }: Scope): pulumi.CustomResourceOptions {
  return settings.protect ? { parent, protect: true, retainOnDelete: true } : { parent };
}

/** The name of something that has to be told apart from that of the pipeline in another stack. */
export function nameInStack({ name }: Scope): string {
  return `${name}-${pulumi.getStack()}`;
}

/** In the place where the AWS console, and so everyone, looks for Firehose's errors. */
export function errorLogName(scope: Scope): string {
  return `/aws/kinesisfirehose/${nameInStack(scope)}`;
}
