/* global EventSource, setTimeout */

/** @typedef {import("../state/pageSnapshot.ts").PageSnapshot} PageSnapshot */
/** @typedef {"live" | "lost" | "ended"} ConnectionState */

const firstDelay = 1000;
const longestDelay = 10_000;

/**
 * Listens to the run, and connects again by itself when the connection is lost.
 *
 * @param {(snapshot: PageSnapshot) => void} onSnapshot
 * @param {(state: ConnectionState) => void} onState `ended` if the run said so itself
 */
export function connect(onSnapshot, onState) {
  let delay = firstDelay;
  let hasEnded = false;

  function open() {
    const events = new EventSource("events");
    events.onmessage = ({ data }) => {
      delay = firstDelay;
      hasEnded = false;
      onState("live");
      onSnapshot(JSON.parse(data));
    };
    events.addEventListener("end", () => {
      hasEnded = true;
    });
    events.onerror = () => {
      events.close();
      onState(hasEnded ? "ended" : "lost");
      setTimeout(open, delay);
      delay = Math.min(2 * delay, longestDelay);
    };
  }
  open();
}
