// Inputs that no setting of the component covers, changed with Pulumi's resource option `transforms`:
// a key that can be replicated to other regions, a stream for records of up to 10 MiB, and alarms whose
// descriptions others edit. In the root of the repository:
//
//   npm ci
//   npx streamlake plan --cwd examples/transforms --policy-pack ../../policy --stack dev
//
// With an AWS account, in this directory: `pulumi stack init dev` and
// `pulumi up --policy-pack ../../policy --policy-pack-config ../../policy/config/dev.json`.
import * as pulumi from "@pulumi/pulumi";
import { awaitIamPropagation, DeliveryPipeline } from "../../components/index";

/** Type of a child -> the inputs that replace those of the component. */
const inputs: Readonly<Record<string, object>> = {
  "aws:kms/key:Key": { multiRegion: true },
  "aws:kinesis/stream:Stream": { maxRecordSizeInKib: 10_240 },
};

const clicks = new DeliveryPipeline(
  "clicks",
  { alarms: { actionArns: ["arn:aws:sns:us-east-1:123456789012:on-call"] } },
  {
    hooks: { onError: [awaitIamPropagation("clicks")] },
    transforms: [
      ({ type, props, opts }) => ({
        props: { ...props, ...inputs[type] },
        opts:
          type === "aws:cloudwatch/metricAlarm:MetricAlarm"
            ? pulumi.mergeOptions(opts, { ignoreChanges: ["alarmDescription"] })
            : opts,
      }),
    ],
  },
);

export const { streamName, bucketName, keyArn } = clicks;
