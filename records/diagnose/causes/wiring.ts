import type { Cause, Finding, Fix, Place } from "../finding";
import { applyFix, restoreFix } from "../words";

/** The delivery stream reads another stream, or writes to another bucket, than producers and readers use. */
export const wiring: Cause<"deliveryStream"> = {
  name: "wiring",
  about: "the delivery stream uses another stream or bucket than the stack names",
  needs: ["deliveryStream"],
  fine: ({ expected }) => (expected === undefined ? undefined : "stream and bucket of the stack"),
  examine: ({ deliveryStream, expected }, place) => {
    const { streamArn, bucket, status } = deliveryStream;
    if (status === "MISSING" || expected === undefined) return [];
    const stream = streamArn?.split(":stream/").at(-1);
    const found = [
      ...differing("reads the stream", stream, expected.stream),
      ...differing("writes to the bucket", bucket, expected.bucket),
    ];
    if (found.length === 0) return [];
    const finding: Finding = {
      cause: "wiring",
      title: "The delivery stream does not connect this stream with this bucket",
      evidence: found,
      fix: place.kind === "local" ? localFix(place) : [restoreFix(place)],
    };
    return [finding];
  },
};

/** Nobody has changed it by hand: the program is so. */
function localFix(place: Place): readonly Fix[] {
  return [
    { step: "In the program, let its outputs name what the delivery stream uses. Then:" },
    applyFix(place),
  ];
}

function differing(
  what: string,
  found: string | undefined,
  declared: string | undefined,
): readonly string[] {
  if (declared === undefined || found === declared) return [];
  return [`it ${what} ${found ?? "none"}, not ${declared}`];
}
