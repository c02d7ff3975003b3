import type { Template } from "../template";

/**
 * How AWS and its Pulumi provider name a resource. The placeholders of a template are properties
 * of the resource, `partition`, `region`, `account` and `dnsSuffix`, the `id` of a resource that is
 * looked up, and `uuid`, a made-up id.
 *
 * What AWS chooses (random suffixes, revisions, timestamps) is left out, and therefore unknown. The
 * id of a KMS key is the only exception. It is made up, because it is what the key's ARN, its
 * policy, its aliases and every grant have in common. Rules and access checks compare key ids with
 * each other and never look into one.
 */
export interface AwsShape {
  /** The property with the physical name, which the provider sets if the program does not. */
  readonly name?: PhysicalName;
  /** Output -> template. A template can use the outputs before it. */
  readonly outputs?: Readonly<Record<string, Template>>;
  /** Absent if AWS chooses it. */
  readonly id?: Template;
  /** Whether the type has `tags`, to which a provider adds its default tags. */
  readonly tagged?: true;
  /** Whether the type belongs to no region, and so has no `region`. */
  readonly global?: true;
}

/** How the Pulumi provider generates a name: the resource's name and random characters. */
export interface PhysicalName {
  readonly property: string;
  /** In characters, as AWS allows. */
  readonly maxLength: number;
  readonly lowerCase?: true;
  /** What every name of this type begins with. */
  readonly begin?: string;
  /** Between the resource's name and the random characters. Default: `-`. */
  readonly separator?: string;
  /** Default: 7 hexadecimal digits. */
  readonly random?: "8 letters" | "nothing";
  /** An input that is true on a FIFO queue or topic, whose name ends with `.fifo`. */
  readonly fifo?: string;
}

export type AwsShapes = Readonly<Record<string, AwsShape>>;

/** A name of up to `maxLength` characters, in the property `name`. */
export function named(maxLength: number): PhysicalName {
  return { property: "name", maxLength };
}

/** An ARN with region and account. */
export function arn(service: string, resource: string): string {
  return `arn:{partition}:${service}:{region}:{account}:${resource}`;
}

/** An ARN with an account and without a region. */
export function globalArn(service: string, resource: string): string {
  return `arn:{partition}:${service}::{account}:${resource}`;
}
