import { resource } from "../../../policy/testing";
import type { TestResource, WireProperties } from "../../../policy/testing";

export function stream(props: WireProperties): readonly TestResource[] {
  return [resource("aws:kinesis/stream:Stream", "events", props)];
}

/** @param links as in `resource` */
export function deliveryStream(
  props: WireProperties,
  links: Readonly<Record<string, TestResource | readonly TestResource[]>> = {},
): readonly [TestResource] {
  const type = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
  return [resource(type, "delivery", props, links)];
}

export function bucket(name: string, props: WireProperties = { bucket: name }): TestResource {
  return resource("aws:s3/bucket:Bucket", name, props);
}

export function bucketV2(name: string, props: WireProperties = { bucket: name }): TestResource {
  return resource("aws:s3/bucketV2:BucketV2", name, props);
}

/** Of a service without rules. */
export const topic = resource("aws:sns/topic:Topic", "topic", { name: "topic" });
