import type { Cause, Finding } from "../finding";
import { restoreFix } from "../words";

/** The delivery stream reads another stream, or writes to another bucket, than producers and readers use. */
export const wiring: Cause<"deliveryStream"> = {
  name: "wiring",
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
      fix: [restoreFix(place)],
    };
    return [finding];
  },
};

function differing(
  what: string,
  found: string | undefined,
  declared: string | undefined,
): readonly string[] {
  if (declared === undefined || found === declared) return [];
  return [`it ${what} ${found ?? "none"}, not ${declared}`];
}
