import type { Cause } from "../finding";
import { received } from "../metrics";
import { duration, moment, streamlakeCommand } from "../words";

/** No longer buffer exists; what was sent before must have arrived. */
const quietMilliseconds = 15 * 60_000;

/** Producers send nothing. */
export const nothingSent: Cause<"metrics"> = {
  name: "nothing-sent",
  about: "producers send nothing",
  needs: ["metrics"],
  fine: ({ metrics, at }) => {
    const last = received(metrics).at(-1);
    return last && `sent last at ${moment(last.at, at)}`;
  },
  examine: ({ metrics, at, deliveryStream, stream, buffer }, place) => {
    // Producers cannot send to what does not exist.
    if (deliveryStream?.status === "MISSING" || stream?.status === "MISSING") return [];
    if ((buffer?.records ?? 0) > 0) return [];
    const last = received(metrics).at(-1);
    const quiet = at - (last ? last.at + metrics.periodSeconds * 1000 : metrics.since);
    if (last !== undefined && quiet < quietMilliseconds) return [];
    const metric =
      deliveryStream?.streamArn === undefined ? "of the delivery stream" : "of the stream";
    return [
      {
        cause: "nothing-sent",
        title: last ? `Nothing has been sent for ${duration(quiet)}` : "Nothing is sent",
        evidence: [
          last
            ? `IncomingRecords ${metric} was last above 0 at ${moment(last.at, at)}`
            : `IncomingRecords ${metric} is 0 in the last ${duration(at - metrics.since)}`,
        ],
        fix: [
          { step: "Check region, name and errors of the producers. To send a record yourself:" },
          { command: `echo '{"test":1}' | ${commandText(streamlakeCommand(place, "send"))}` },
        ],
      },
    ];
  },
};

function commandText(fix: ReturnType<typeof streamlakeCommand>): string {
  return "command" in fix ? fix.command : fix.step;
}
