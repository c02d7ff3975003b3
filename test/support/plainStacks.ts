import * as debuggable from "@pulumi/pulumi/runtime/debuggable";

/** What Pulumi does with each promise; its types leave it out. */
interface Debuggable {
  debuggablePromise: (...parameters: readonly unknown[]) => unknown;
}

/**
 * Pulumi writes a stack trace for every promise, to find those that are left over. Writing them, and mapping
 * those of resources to sources, takes most of the time.
 */
export async function withPlainStacks(run: () => Promise<void>): Promise<void> {
  const mapped = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace") ?? {};
  const sdk = debuggable as unknown as Debuggable;
  const { debuggablePromise } = sdk;
  sdk.debuggablePromise = (...parameters) => {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(...parameters);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  };
  Reflect.deleteProperty(Error, "prepareStackTrace");
  try {
    await run();
  } finally {
    Object.defineProperty(Error, "prepareStackTrace", mapped);
    sdk.debuggablePromise = debuggablePromise;
  }
}
