import type {
  GraphResource,
  Properties,
  PropertyValue,
  ResourceGraph,
} from "../../../engine/graph/resourceGraph";
import { resourceOf } from "./graph";

/** A statement as a policy has it. */
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

/** The only resource of a type and name. */
export function one(graph: ResourceGraph, type: string, name = "events"): GraphResource {
  const [found, ...others] = graph.resources.filter((r) => r.type === type && r.name === name);
  if (found && others.length === 0) return found;
  throw new Error(`The graph has ${others.length + (found ? 1 : 0)} of ${type} ${name}.`);
}

/** The text that AWS or the program gives a resource. */
export function textOf({ inputs, outputs }: GraphResource, property: string): string {
  const text = outputs[property] ?? inputs[property];
  if (typeof text === "string") return text;
  throw new Error(`${property} is no text`);
}

/** The graph with other inputs, and so outputs, of one resource. */
export function changed(graph: ResourceGraph, resource: GraphResource, inputs: Properties) {
  return replaced(graph, resource, {
    ...resource,
    inputs: { ...resource.inputs, ...inputs },
    outputs: { ...resource.outputs, ...inputs },
  });
}

/** The graph with another resource in the place of one, or with none. */
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

/** A resource that AWS knows under this ARN. */
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
