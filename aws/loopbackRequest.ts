const loopbackNames = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * Whether the Host header of a request names this machine. Another site can make its own name resolve
 * to 127.0.0.1 (DNS rebinding), and could then read what a server on loopback answers.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  const name = /^(.*?)(?::\d+)?$/.exec(host ?? "")?.[1] ?? "";
  return loopbackNames.has(name.toLowerCase());
}

/** Headers of a request, with names in lower case. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Why a server on loopback rejects a request: its Host is not this machine, or a page of another origin
 * sent it. A browser sends "simple" cross-site requests without asking the server first.
 *
 * @returns undefined if the request is acceptable
 */
export function foreignRequest(headers: RequestHeaders): string | undefined {
  const host = headers["host"];
  if (typeof host !== "string" || !isLoopbackHost(host)) {
    return "The Host header does not name this machine: use 127.0.0.1 or localhost.";
  }
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${host}`) {
    return "Pages of other origins cannot use this endpoint.";
  }
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") {
    return "Pages of other sites cannot use this endpoint.";
  }
  return undefined;
}
