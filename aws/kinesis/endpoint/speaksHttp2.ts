import type { Socket } from "node:net";

/** What a client that knows of HTTP/2 sends first (RFC 9113, 3.4); no HTTP/1.1 request begins so. */
const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

/** Looks at the first bytes of a connection, and leaves them to be read again. */
export function speaksHttp2(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    let seen = Buffer.alloc(0);
    socket.on("data", function look(chunk: Buffer) {
      seen = Buffer.concat([seen, chunk]);
      const length = Math.min(seen.length, preface.length);
      const matches = seen.subarray(0, length).equals(preface.subarray(0, length));
      if (matches && length < preface.length) return;
      socket.off("data", look);
      socket.pause();
      socket.unshift(seen);
      resolve(matches);
    });
  });
}
