const wanted = process.env["STREAMLAKE_INSTALL_TESTS"] ?? "";

/** Whether installations run as well that repeat, in another way, what CI does. */
export const everything = wanted === "all";

/**
 * A suite that installs the packages several times from the npm registry, which takes a minute or two. It
 * runs with `STREAMLAKE_INSTALL_TESTS=npm` or `all`; otherwise it is skipped.
 */
export function describeEveryInstallation(title: string, suite: () => void): void {
  if (everything || wanted === "npm") describe(title, suite);
  else describe.skip(`${title} (skipped: set STREAMLAKE_INSTALL_TESTS=npm)`, suite);
}
