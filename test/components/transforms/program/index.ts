import { DeliveryPipeline } from "../../../../components/index";
import { changes } from "../changes";

new DeliveryPipeline(
  "clicks",
  {
    bucket: { accessLogs: true },
    alarms: { actionArns: ["arn:aws:sns:us-east-1:123456789012:on-call"] },
  },
  {
    transforms: [
      ({ type, props, opts }) => ({
        props: { ...props, ...changes[type] },
        opts: changes[type] === undefined ? opts : { ...opts, protect: false },
      }),
    ],
  },
);
