import type { LoopbackServer } from "../loopbackServer";
import { startHttpServer } from "./endpoint/httpServer";
import { KinesisFront, KinesisUpstream } from "./endpoint/kinesisFront";
import type { RecordJournal } from "./journal/journalFile";
import type { KinesisCall } from "./kinesisCall";

export interface KinesisEndpointOptions {
  /** Where kinesis-local answers, e.g. `http://127.0.0.1:41234`. */
  readonly upstream: string;
  /** Receives every accepted record before its producer receives the acknowledgment. */
  readonly journal: RecordJournal;
  /** Receives every call that puts or gets records, as it is answered. */
  readonly onCall: (call: KinesisCall) => void;
}

/**
 * Serves the Kinesis API on a free loopback port in front of kinesis-local, as producers and
 * consumers with any AWS SDK need it: by HTTP/1.1 and clear-text HTTP/2, in JSON and CBOR.
 *
 * A record counts as accepted only when the journal has it. If the journal fails, the producer
 * receives `InternalFailure` and repeats the call: the record may then be in the stream twice.
 */
export async function startKinesisEndpoint(
  options: KinesisEndpointOptions,
): Promise<LoopbackServer> {
  const upstream = new KinesisUpstream(options.upstream);
  const front = new KinesisFront({
    ...options,
    call: ({ headers }, body) => upstream.call(headers, body),
  });
  const server = await startHttpServer((request) => front.answer(request));
  return {
    endpoint: server.endpoint,
    async stop() {
      await server.stop();
      upstream.destroy();
    },
  };
}
