/**
 * A suite that installs the packages several times, which takes minutes and the npm registry. It runs with
 * `STREAMLAKE_INSTALL_TESTS=all`, e.g. before a release; otherwise it is skipped.
 */
export function describeEveryInstallation(title: string, suite: () => void): void {
  const isWanted = process.env["STREAMLAKE_INSTALL_TESTS"] === "all";
  if (isWanted) describe(title, suite);
  else describe.skip(`${title} (skipped: set STREAMLAKE_INSTALL_TESTS=all)`, suite);
}
