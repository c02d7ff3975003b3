import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Check, runCheck } from "../../../../cli/doctor/check";
import type { Finding } from "../../../../cli/doctor/finding";
import { Subject, type SubjectOptions } from "../../../../cli/doctor/subject";

/** A project in its own directory, with packages that consist of their package.json. */
export class FakeProject {
  readonly directory = mkdtempSync(join(tmpdir(), "streamlake-doctor-"));

  constructor(files: Readonly<Record<string, unknown>> = {}) {
    this.write({ "Pulumi.yaml": "name: shop\nruntime: nodejs\n", "Pulumi.dev.yaml": "", ...files });
  }

  /** Writes strings as they are, and other content as JSON. */
  write(files: Readonly<Record<string, unknown>>): void {
    for (const [name, content] of Object.entries(files)) {
      const file = join(this.directory, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    }
  }

  install(name: string, version: string, manifest: object = {}, below = "."): void {
    const file = join(below, "node_modules", name, "package.json");
    this.write({ [file]: { name, version, ...manifest } });
  }

  /** What a check finds in it. */
  async findings(
    check: Check,
    options: Omit<SubjectOptions, "cwd"> = {},
  ): Promise<readonly Finding[]> {
    const subject = new Subject({ cwd: this.directory, ...options }, new AbortController().signal);
    return (await runCheck(check, subject)).findings;
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
