import { Socket } from "node:net";

/**
 * The number of a pipe that the parent of a process holds open as long as it runs. Even SIGKILL closes it,
 * which is how a child learns that nobody waits for it any longer.
 */
export const LIFELINE = 3;

/** Ends this process when its lifeline closes. The lifeline itself does not keep this process running. */
export function endWithParent(): void {
  const end = (): void => {
    process.kill(process.pid, "SIGKILL");
  };
  new Socket({ fd: LIFELINE }).on("error", end).on("close", end).resume().unref();
}
