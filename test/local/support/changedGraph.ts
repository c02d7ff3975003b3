import type {
  GraphResource,
  Properties,
  PropertyValue,
  ResourceGraph,
} from "../../../engine/graph/resourceGraph";
import { resourceOf } from "./graph";

/** A statement as it is written in a policy document. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | string[]>>>>;
}

export const types = {
  role: "aws:iam/role:Role",
  rolePolicy: "aws:iam/rolePolicy:RolePolicy",
  managedPolicy: "aws:iam/policy:Policy",
  attachment: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  bucket: "aws:s3/bucket:Bucket",
  bucketPolicy: "aws:s3/bucketPolicy:BucketPolicy",
  encryption:
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  key: "aws:kms/key:Key",
  keyPolicy: "aws:kms/keyPolicy:KeyPolicy",
  stream: "aws:kinesis/stream:Stream",
  logGroup: "aws:cloudwatch/logGroup:LogGroup",
  firehose: "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
} as const;

/** The only resource with this type and name. */
export function one(graph: ResourceGraph, type: string, name = "events"): GraphResource {
  const [found, ...others] = graph.resources.filter((r) => r.type === type && r.name === name);
  if (found && others.length === 0) return found;
  throw new Error(`The graph has ${others.length + (found ? 1 : 0)} of ${type} ${name}.`);
}

/** The string in an output of a resource or, without one, in its input. */
export function textOf({ inputs, outputs }: GraphResource, property: string): string {
  const value = outputs[property] ?? inputs[property];
  if (typeof value === "string") return value;
  throw new Error(`${property} is not a string`);
}

/** The graph with some inputs of one resource changed, and its outputs accordingly. */
export function changed(graph: ResourceGraph, resource: GraphResource, inputs: Properties) {
  return replaced(graph, resource, {
    ...resource,
    inputs: { ...resource.inputs, ...inputs },
    outputs: { ...resource.outputs, ...inputs },
  });
}

/** The graph with one resource replaced by others, or removed. */
export function replaced(
  graph: ResourceGraph,
  resource: GraphResource,
  ...others: readonly GraphResource[]
): ResourceGraph {
  const resources = graph.resources.flatMap((each) => (each === resource ? others : [each]));
  return { ...graph, resources };
}

export function added(graph: ResourceGraph, ...more: readonly GraphResource[]): ResourceGraph {
  return { ...graph, resources: [...graph.resources, ...more] };
}

/** A deployed resource with this ARN. */
export function withArn(type: string, name: string, arn: string, inputs: Properties) {
  return { ...resourceOf(type, name, inputs), outputs: { ...inputs, arn } };
}

export function policyText(...Statement: readonly Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

export function statementsIn(value: PropertyValue | undefined): readonly Statement[] {
  const { Statement } = JSON.parse(value as string) as { Statement: readonly Statement[] };
  return Statement;
}
