const loopbackNames = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * Whether a request was meant for this machine, by its Host header. A page of any other site can have
 * its own name resolve to 127.0.0.1 (DNS rebinding), and would then read what is served here.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  const name = /^(.*?)(?::\d+)?$/.exec(host ?? "")?.[1] ?? "";
  return loopbackNames.has(name.toLowerCase());
}
