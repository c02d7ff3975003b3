/**
 * A suite that installs the packages several times from the npm registry, which takes a minute or two. It
 * runs with `STREAMLAKE_INSTALL_TESTS=npm`, as in CI, or `all`; otherwise it is skipped.
 */
export function describeEveryInstallation(title: string, suite: () => void): void {
  const isWanted = /^(?:npm|all)$/u.test(process.env["STREAMLAKE_INSTALL_TESTS"] ?? "");
  if (isWanted) describe(title, suite);
  else describe.skip(`${title} (skipped: set STREAMLAKE_INSTALL_TESTS=npm)`, suite);
}
