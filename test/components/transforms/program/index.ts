import { DeliveryPipeline } from "../../../../components/index";
import { changes } from "../changes";

new DeliveryPipeline(
  "clicks",
  { bucket: { accessLogs: true } },
  {
    transforms: [
      ({ type, props, opts }) => ({
        props: { ...props, ...changes[type] },
        opts: changes[type] === undefined ? opts : { ...opts, protect: false },
      }),
    ],
  },
);
