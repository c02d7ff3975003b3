/** Pulumi records a stack trace for every promise; mapping these to sources takes most of the time. */
export async function withPlainStacks(run: () => Promise<void>): Promise<void> {
  const mapped = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace") ?? {};
  Reflect.deleteProperty(Error, "prepareStackTrace");
  try {
    await run();
  } finally {
    Object.defineProperty(Error, "prepareStackTrace", mapped);
  }
}
