// A second delivery stream that delivers while the first is replaced, so that no record is lost in between:
// `clicks` is the pipeline, `clicks-meanwhile` reads the same stream and writes to the same place. In the root
// of the repository:
//
//   npm ci
//   npx streamlake plan --cwd examples/replacement --policy-pack ../../policy --stack dev
//
// With an AWS account, in this directory: `pulumi stack init dev` and
// `pulumi up --policy-pack ../../policy --policy-pack-config ../../policy/config/dev.json`.
//
// docs/changing-safely.md has the steps before and after.
import { awaitIamPropagation, DeliveryPipeline } from "../../components/index";

const alarms = { actionArns: ["arn:aws:sns:us-east-1:123456789012:on-call"] };
const delivery = {
  prefix: "raw/clicks/!{timestamp:yyyy/MM/dd}/",
  errorPrefix: "errors/clicks/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/",
};

const clicks = new DeliveryPipeline(
  "clicks",
  { delivery, alarms },
  { hooks: { onError: [awaitIamPropagation("clicks")] } },
);

const meanwhile = new DeliveryPipeline(
  "clicks-meanwhile",
  {
    existing: {
      streamArn: clicks.streamArn,
      bucketArn: clicks.bucketArn,
      // Of both: without it, the new roles may neither decrypt records nor encrypt objects.
      keyArn: clicks.keyArn,
    },
    delivery,
    alarms,
    // It leaves the program again.
    protect: false,
  },
  { hooks: { onError: [awaitIamPropagation("clicks-meanwhile")] } },
);

export const deliveryStreams = [clicks.deliveryStreamName, meanwhile.deliveryStreamName];
