import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { findComponentPackage } from "../../../engine/components/componentPackage";
import type { PackageSource } from "../../../engine/stack/projectFile";
import { temporaryFolder } from "../../local/support/temporaryFolder";

describe("the package of a component", () => {
  const directory = temporaryFolder();
  const project = join(directory, "work/project");
  const home = join(directory, "home");
  const plugins = join(home, "plugins");
  const plugin = (path: string, runtime = "nodejs"): string => {
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, "PulumiPlugin.yaml"), `runtime: ${runtime}\n`);
    return path;
  };
  const find = (name: string, source?: PackageSource) =>
    findComponentPackage(
      {
        directory: project,
        programDirectory: join(project, "program"),
        packages: source === undefined ? {} : { [name]: source },
      },
      name,
    );
  const { PULUMI_HOME } = process.env;
  before(() => {
    mkdirSync(join(project, "program"), { recursive: true });
    process.env["PULUMI_HOME"] = home;
  });
  after(() => {
    if (PULUMI_HOME === undefined) delete process.env["PULUMI_HOME"];
    else process.env["PULUMI_HOME"] = PULUMI_HOME;
  });

  it("is the directory that Pulumi.yaml names, before any other", () => {
    plugin(join(project, "node_modules/lake"));
    const named = plugin(join(directory, "work/components"));
    assert.equal(find("lake", { source: "../components" })?.directory, named);
  });

  it("is found in a node_modules of the program, the project or a directory above, in any scope", () => {
    const names = {
      inProgram: join(project, "program/node_modules/inProgram"),
      inProject: join(project, "node_modules/inProject"),
      above: join(dirname(project), "node_modules/@acme/above"),
    };
    for (const path of Object.values(names)) plugin(path);
    for (const [name, path] of Object.entries(names)) assert.equal(find(name)?.directory, path);
  });

  it("is found among installed plugins, in the highest version", () => {
    plugin(join(plugins, "resource-tank-v0.9.0"));
    const newest = plugin(join(plugins, "resource-tank-v0.10.0"));
    assert.equal(find("tank")?.directory, newest);
  });

  it("is found where the Pulumi CLI clones a Git repository", () => {
    const clone = join(plugins, "resource-example.com_acme_lake.git_components-v0.2.0");
    const cloned = plugin(join(clone, "components"));
    plugin(join(plugins, "resource-example.com_acme_lake.git_components-v0.3.0/components"));
    const source = "https://example.com/acme/lake.git/components";
    assert.equal(find("cloned", { source, version: "0.2.0" })?.directory, cloned);
    assert.equal(find("cloned", { source, version: "9.9.9" }), undefined);
  });

  it("has the runtime of its plugin", () => {
    plugin(join(project, "node_modules/snake"), "{ name: python, options: { toolchain: pip } }");
    assert.equal(find("snake")?.runtime, "python");
  });

  it("is not there if a plugin has no sources, or if there is none", () => {
    mkdirSync(join(plugins, "resource-binary-v3.0.0"), { recursive: true });
    assert.equal(find("binary"), undefined);
    assert.equal(find("none"), undefined);
  });
});
