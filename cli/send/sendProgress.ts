import { Format } from "cli-progress";
import type { SendProgress } from "../../records/send/sendRecords";
import { grouped } from "../amounts";
import { progressBar } from "../progressBar";

/** A line on standard error that shows how far sending is; nothing if that is no terminal. */
export interface ProgressLine {
  readonly update: (progress: SendProgress) => void;
  readonly end: () => void;
}

/** @param bytes size of the input, if it is known */
export function sendProgress(bytes: number | undefined): ProgressLine {
  const line = progressBar(30, (options, { progress }, payload: { text?: string }) => {
    const bar = bytes === undefined ? "" : `${Format.BarFormat(progress, options)} `;
    return `Sending ${bar}${payload.text ?? ""}`;
  });
  line.start(bytes ?? 0, 0);
  return {
    // Each record has a line feed in the file.
    update: ({ sent, bytes: sentBytes, retries }) => {
      const retried = retries === 0 ? "" : `, ${grouped(retries)} retries`;
      line.update(sentBytes + sent, { text: `${grouped(sent)} records${retried}` });
    },
    end: () => {
      line.stop();
    },
  };
}
