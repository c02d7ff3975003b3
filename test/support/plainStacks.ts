import * as debuggable from "@pulumi/pulumi/runtime/debuggable";

/** What Pulumi does with each promise; its types leave it out. */
interface Debuggable {
  debuggablePromise: (promise: unknown, context: unknown) => unknown;
}

/**
 * Pulumi writes a stack trace for every promise, to find those that are left over when the process ends. Writing
 * them, and mapping those of resources to sources, takes most of the time.
 */
export async function withPlainStacks(run: () => Promise<void>): Promise<void> {
  const mapped = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace") ?? {};
  const sdk = debuggable as unknown as Debuggable;
  const { debuggablePromise } = sdk;
  sdk.debuggablePromise = (promise) => promise;
  Reflect.deleteProperty(Error, "prepareStackTrace");
  try {
    await run();
  } finally {
    Object.defineProperty(Error, "prepareStackTrace", mapped);
    sdk.debuggablePromise = debuggablePromise;
  }
}
