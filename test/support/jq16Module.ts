/** jq-web 0.5.1, a build of jq 1.6, which Firehose runs. */
export interface Jq16Module {
  raw(input: string, program: string, flags: readonly string[]): string;
  readonly promised: {
    raw(input: string, program: string, flags: readonly string[]): Promise<string>;
  };
}

const events = ["uncaughtException", "unhandledRejection"] as const;

/**
 * A new instance. It looks for its WebAssembly with `fetch` if there is one, so that must be gone
 * while it starts. It also ends the process at any rejection without a handler, even if another test
 * expects one: that is undone.
 */
export async function jq16Module(): Promise<Jq16Module> {
  const fetched = Object.getOwnPropertyDescriptor(globalThis, "fetch");
  Reflect.deleteProperty(globalThis, "fetch");
  const before = events.map((event) => process.rawListeners(event));
  try {
    Reflect.deleteProperty(require.cache, require.resolve("jq-1.6/jq.wasm.js"));
    const jq = module.require("jq-1.6/jq.wasm.js") as Jq16Module;
    for (const [index, event] of events.entries())
      for (const listener of process.rawListeners(event))
        if (!before[index]?.includes(listener))
          process.removeListener(event, listener as (...parameters: unknown[]) => void);
    await jq.promised.raw("null", ".", ["-c"]);
    return jq;
  } finally {
    if (fetched) Object.defineProperty(globalThis, "fetch", fetched);
  }
}
