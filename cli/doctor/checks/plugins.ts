import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { executableOnPath } from "../../../engine/runner/runtimes/executableOnPath";
import type { Check } from "../check";
import { failed, type Finding, NotChecked, ok, warning } from "../finding";
import { directDependencies, installedPackage, readManifest } from "../installedPackages";
import type { Subject } from "../subject";

/** Whether the plugins of the providers that the program uses are in Pulumi's home directory. */
export const plugins: Check = {
  name: "Plugins",
  ofProject: true,
  async run(subject) {
    const { runtime, programDirectory } = subject.project();
    if (runtime.name !== "nodejs")
      throw new NotChecked(`the packages of ${runtime.name} determine them`);
    const used = await usedPlugins(subject, programDirectory);
    if (used.length === 0) return ok("the program uses no provider");
    const findings = used.map(pluginFinding);
    const problems = findings.filter(({ status }) => status !== "ok");
    return problems.length > 0 ? problems : ok(findings.map(({ message }) => message).join(", "));
  },
};

/** The plugin of a provider. */
interface Plugin {
  readonly name: string;
  readonly version: string;
}

/** The plugins of the packages in package.json that belong to a provider, as far as the program uses them. */
async function usedPlugins(subject: Subject, directory: string): Promise<readonly Plugin[]> {
  const all = directDependencies(readManifest(directory)).flatMap((name) => {
    const found = installedPackage(directory, name);
    if (found?.pulumi?.resource !== true) return [];
    const plugin = found.pulumi.name ?? found.name?.replace(/^@pulumi\//, "") ?? name;
    return [{ name: plugin, version: found.pulumi.version ?? found.version }];
  });
  const types = await subject.resources().then(
    ({ graph }) => graph.resources.filter(({ custom }) => custom).map(({ type }) => type),
    () => undefined,
  );
  if (types === undefined) return all;
  return all.filter(({ name }) =>
    types.some((type) => type.startsWith(`${name}:`) || type === `pulumi:providers:${name}`),
  );
}

function pluginFinding({ name, version }: Plugin): Finding {
  const onPath = executableOnPath(`pulumi-resource-${name}`);
  if (onPath !== undefined)
    return warning(
      `Pulumi uses ${onPath} in place of the plugin ${name} ${version}, because it is on the PATH.`,
    );
  const home = process.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi");
  const directory = join(home, "plugins", `resource-${name}-v${version}`);
  const fix = `pulumi plugin install resource ${name} ${version}`;
  // Pulumi writes this file before it downloads, and removes it at the end.
  if (existsSync(`${directory}.partial`))
    return warning(`The plugin ${name} ${version} is only partly downloaded.`, fix);
  if (existsSync(directory)) return ok(`${name} ${version}`);
  const isManual = process.env["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"] === "true";
  if (isManual)
    return failed(
      `The plugin ${name} ${version} is not installed, and PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION is set.`,
      fix,
    );
  return warning(
    `The plugin ${name} ${version} is not installed. The first deployment downloads it.`,
    fix,
  );
}
