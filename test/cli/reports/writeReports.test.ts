import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reportedFile } from "../../../cli/reports/writeReports";

function fileOf(directory: string, stack: string, project = "shop"): string {
  return reportedFile({ directory, project, stack }, join(directory, "export.json"));
}

describe("reportedFile", () => {
  let repository: string;
  let infra: string;
  before(() => {
    repository = mkdtempSync(join(tmpdir(), "streamlake-test-"));
    infra = join(repository, "infra");
    mkdirSync(join(repository, ".git"));
    mkdirSync(infra);
    for (const name of ["Pulumi.yaml", "Pulumi.dev.yaml"])
      writeFileSync(join(infra, name), "name: shop\n");
  });
  after(() => {
    rmSync(repository, { recursive: true });
  });

  it("returns the config file of the stack, relative to the root of the repository", () => {
    assert.equal(fileOf(infra, "dev"), "infra/Pulumi.dev.yaml");
  });

  it("returns the file of the project if the stack has no config file", () => {
    assert.equal(fileOf(infra, "prod"), "infra/Pulumi.yaml");
  });

  it("returns the fallback if the directory contains no project or another one", () => {
    assert.equal(fileOf(repository, "dev"), "export.json");
    assert.equal(fileOf(infra, "dev", "orders"), "infra/export.json");
  });

  it("returns a path relative to the directory outside a repository", () => {
    rmSync(join(repository, ".git"), { recursive: true });
    assert.equal(fileOf(infra, "dev"), "Pulumi.dev.yaml");
    mkdirSync(join(repository, ".git"));
  });
});
