import type { Cause, Fix, Place } from "../finding";
import { restoreFix } from "../words";

/** The stream that the delivery stream reads does not exist or is not ready, or is another one. */
export const streamState: Cause<"stream"> = {
  name: "stream-state",
  about: "the stream does not exist, or is not ready",
  needs: ["stream"],
  fine: ({ stream }) => `stream ${stream.status}`,
  examine: ({ stream, deliveryStream }, place) => {
    const { name, status } = stream;
    if (status === "ACTIVE" || status === "UPDATING") return [];
    const read = deliveryStream?.streamArn;
    return [
      {
        cause: "stream-state",
        title: titles[status](name),
        evidence: [
          status === "MISSING" ? `Kinesis has no stream ${name}` : `its status is ${status}`,
          ...(read === undefined ? [] : [`the delivery stream reads ${read}`]),
        ],
        fix: status === "CREATING" ? [{ step: "Wait until it is ACTIVE." }] : createFix(place),
        explains: ["Kinesis.ResourceNotFound"],
      },
    ];
  },
};

function createFix(place: Place): readonly Fix[] {
  const step =
    place.kind === "local"
      ? "It was deleted during the run, which created it. Start another run:"
      : "Create it again. Firehose stops reading a stream that was deleted: if the new one is not " +
        "read, replace the delivery stream too.";
  return [{ step }, restoreFix(place)];
}

const titles = {
  CREATING: (name: string) => `The stream ${name} is still being created`,
  DELETING: (name: string) => `The stream ${name} is being deleted`,
  MISSING: (name: string) => `The stream ${name} does not exist`,
};
