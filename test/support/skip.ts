/**
 * Skips the running test, or in a `before` hook its suite, for a reason that is part of the title: the
 * report lists the titles of all skipped tests.
 */
export function skip(context: Mocha.Context, reason: string): never {
  const { test } = context;
  const isHook = test !== undefined && "type" in test && test.type === "hook";
  const skipped = isHook ? test.parent : test;
  if (skipped) skipped.title += ` (skipped: ${reason})`;
  return context.skip();
}
