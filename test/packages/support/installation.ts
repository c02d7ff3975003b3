import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Ended, run, succeed } from "./run";
import { putTarballs } from "./tarballs";

const FOREIGN = resolve(__dirname, "../fixtures/foreign");

/** The highest versions of the peers that run on every Node.js version that is supported. */
export const highestPeers = ["@pulumi/pulumi@3.248.0", "@pulumi/aws@7.48.0"];
/** The versions at which the ranges of the peers begin. */
export const lowestPeers = ["@pulumi/pulumi@3.245.0", "@pulumi/aws@7.2.0"];
export const typescript = "typescript@5.9.3";

const npmInstall = ["npm", "install", "--prefer-offline", "--no-audit", "--no-fund"];

/** A directory outside of the repository in which the packages are installed from tarballs. */
export class Installation {
  private constructor(
    private readonly workplace: string,
    /** The directory of the project. */
    readonly directory: string,
    private readonly env: NodeJS.ProcessEnv = {},
  ) {}

  /** Puts the tarballs of the three packages beside the directory of a project. */
  static async create(): Promise<Installation> {
    const workplace = realpathSync(mkdtempSync(join(tmpdir(), "streamlake-packages-")));
    const tarballs = join(workplace, "tarballs");
    const project = join(workplace, "project");
    for (const directory of [tarballs, project]) mkdirSync(directory);
    await putTarballs(tarballs);
    return new Installation(workplace, project);
  }

  /** Creates one with a program that this project did not write: AWS resources, and no component. */
  static async ofForeignProgram(): Promise<Installation> {
    const installation = await Installation.create();
    cpSync(FOREIGN, installation.directory, { recursive: true });
    installation.write("package.json", JSON.stringify({ name: "orders", private: true }));
    return installation;
  }

  /** Installs the tarballs, and other packages with their versions. */
  async install(
    packages: readonly string[],
    installer: readonly string[] = npmInstall,
  ): Promise<void> {
    const [command = "", ...args] = installer;
    const tarballs = join(this.workplace, "tarballs");
    const files = readdirSync(tarballs).map((name) => join(tarballs, name));
    await succeed(this.directory, command, [...args, ...files, ...packages]);
  }

  /** The version of a package that is installed for the project. */
  async version(name: string): Promise<string> {
    const { stdout } = await this.node("-p", `require("${name}/package.json").version`);
    return stdout.trim();
  }

  write(path: string, content: string): void {
    writeFileSync(join(this.directory, path), content);
  }

  /** Runs Node.js in the project. */
  node(...args: readonly string[]): Promise<Ended> {
    return succeed(this.directory, process.execPath, args);
  }

  /** Runs the installed command in the project. */
  streamlake(...args: readonly string[]): Promise<Ended> {
    const command = join(this.directory, "node_modules/.bin/streamlake");
    return run(this.directory, command, args, this.env);
  }

  /** The same for commands that do not check the types of the program, which takes most of the time. */
  withoutTypeCheck(): Installation {
    const env = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
    return new Installation(this.workplace, this.directory, env);
  }

  /** The document that `streamlake plan --json` prints. */
  async plan(...args: readonly string[]): Promise<PlanDocument> {
    const { exitCode, stdout, stderr } = await this.streamlake("plan", "--json", ...args);
    if (exitCode !== 0 && exitCode !== 1) throw new Error(stderr);
    return JSON.parse(stdout) as PlanDocument;
  }

  remove(): void {
    rmSync(this.workplace, { recursive: true });
  }
}

/** The parts of the document that the tests read. */
export interface PlanDocument {
  readonly resources: readonly { readonly type: string }[];
  readonly violations: readonly { readonly policy: string; readonly urn: string }[];
}
