import type { Properties, ResourceGraph } from "../../../engine/graph/resourceGraph";
import { deliveryStreamResource, graphOf, resourceOf } from "./graph";

export const directPutRegion = "eu-central-1";
export const directPutBucket = "clicks-lake";

const roleArn = "arn:aws:iam::123456789012:role/delivery";

/** A delivery stream without a source, its bucket, and a role that may do what it needs. */
export function directPutGraph(
  { name = "clicks", actions = ["s3:GetBucketLocation", "s3:PutObject"] } = {},
  destination: Properties = {},
  inputs: Properties = {},
): ResourceGraph {
  const role = resourceOf("aws:iam/role:Role", "delivery", {
    name: "delivery",
    assumeRolePolicy: document("sts:AssumeRole", {
      Principal: { Service: "firehose.amazonaws.com" },
    }),
    inlinePolicies: [{ name: "delivery", policy: document(actions, { Resource: "*" }) }],
  });
  const deliveryStream = deliveryStreamResource(name, {
    name,
    destination: "extended_s3",
    extendedS3Configuration: {
      roleArn,
      bucketArn: `arn:aws:s3:::${directPutBucket}`,
      prefix: "raw/!{timestamp:yyyy/MM/dd}/",
      errorOutputPrefix: "errors/!{firehose:error-output-type}/",
      bufferingInterval: 900,
      compressionFormat: "UNCOMPRESSED",
      processingConfiguration: { enabled: true, processors: [{ type: "AppendDelimiterToRecord" }] },
      ...destination,
    },
    ...inputs,
  });
  const arn = `arn:aws:firehose:${directPutRegion}:123456789012:deliverystream/${name}`;
  return graphOf({ ...role, outputs: { arn: roleArn } }, { ...deliveryStream, outputs: { arn } });
}

function document(Action: string | readonly string[], more: object): string {
  const Statement = [{ Effect: "Allow", Action, ...more }];
  return JSON.stringify({ Version: "2012-10-17", Statement });
}
