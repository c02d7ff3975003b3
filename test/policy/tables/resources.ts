import { urnOf } from "../../support/evaluatePolicies";
import type { TestResource } from "../../support/evaluatePolicies";

type Props = TestResource["props"];

export function stream(props: Props): readonly TestResource[] {
  return [{ type: "aws:kinesis/stream:Stream", name: "events", props }];
}

export function deliveryStream(props: Props): readonly TestResource[] {
  const type = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
  return [{ type, name: "delivery", props }];
}

export function bucket(name: string, props: Props = { bucket: name }): TestResource {
  return { type: "aws:s3/bucket:Bucket", name, props };
}

export function bucketV2(name: string, props: Props = { bucket: name }): TestResource {
  return { type: "aws:s3/bucketV2:BucketV2", name, props };
}

/** A resource that names a bucket by another resource's output, as programs mostly do. */
export function linked(
  type: string,
  name: string,
  target: TestResource,
  props: Props,
  property = "bucket",
): TestResource {
  return { type, name, props, propertyDependencies: { [property]: [urnOf(target)] } };
}

/** Belongs to no service that the rules know. */
export const topic: readonly TestResource[] = [
  { type: "aws:sns/topic:Topic", name: "topic", props: { name: "topic" } },
];
