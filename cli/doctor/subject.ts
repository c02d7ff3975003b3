import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { planStack, type StackPlan } from "../../engine/planStack";
import { type Project, readProject } from "../../engine/stack/projectFile";
import { readStack, type StackSettings } from "../../engine/stack/stackFile";
import type { AwsOptions } from "../options";
import { stsClient } from "../serviceClients";
import { NotChecked } from "./finding";

export interface SubjectOptions extends AwsOptions {
  readonly cwd: string;
  readonly stack?: string;
}

/** Whose credentials are used. */
export interface Identity {
  /** Account id. */
  readonly account: string;
  /** Of the user, or of the session of a role. */
  readonly arn: string;
}

/** What the checks are about: a project, one of its stacks, and the credentials. Everything is read once. */
export class Subject {
  readonly directory: string;
  readonly signal: AbortSignal;
  readonly #options: SubjectOptions;
  #plan: Promise<StackPlan> | undefined;
  #identity: Promise<Identity> | undefined;

  constructor(options: SubjectOptions, signal: AbortSignal) {
    this.directory = resolve(options.cwd);
    this.signal = signal;
    this.#options = options;
  }

  get isProject(): boolean {
    return existsSync(join(this.directory, "Pulumi.yaml"));
  }

  /** @throws Error if its file is invalid; NotChecked outside a project */
  readProject(): Project {
    if (!this.isProject) throw new NotChecked("there is no Pulumi.yaml here");
    return readProject(this.directory);
  }

  /** @throws Error if there is no such stack; NotChecked outside a project */
  readStack(): StackSettings {
    this.readProject();
    return readStack(this.directory, this.#options.stack);
  }

  /** For checks that need a project, but do not report that it is invalid. */
  project(): Project {
    return needed(() => this.readProject(), "Pulumi.yaml is not valid");
  }

  /** For checks that need a stack, but do not report that it is invalid. */
  settings(): StackSettings {
    return needed(() => this.readStack(), "there is no valid stack");
  }

  /** What the program declares. Rejects with the program's own message. */
  plan(): Promise<StackPlan> {
    this.#plan ??= planStack(
      {
        directory: this.directory,
        stack: this.#options.stack,
        preview: false,
        policyPack: undefined,
      },
      () => undefined,
    );
    return this.#plan;
  }

  /** For checks that need the program's resources, but do not report that it fails. */
  async resources(): Promise<StackPlan> {
    this.settings();
    return this.plan().catch(() => {
      throw new NotChecked("the program does not run");
    });
  }

  /** Options of the clients: those of the user, then those of the stack. */
  awsOptions(): AwsOptions {
    const { profile, region, endpoint } = this.#options;
    const config = this.#config();
    const usedProfile = profile ?? config["aws:profile"];
    const usedRegion = region ?? config["aws:region"] ?? process.env["AWS_REGION"];
    return {
      region: usedRegion ?? "us-east-1",
      ...(usedProfile !== undefined && { profile: usedProfile }),
      ...(endpoint !== undefined && { endpoint }),
    };
  }

  /** Rejects with the error of the AWS client. */
  identity(): Promise<Identity> {
    this.#identity ??= this.#askIdentity();
    return this.#identity;
  }

  async #askIdentity(): Promise<Identity> {
    const client = await stsClient(this.awsOptions());
    try {
      const { GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
      const answer = await client.send(new GetCallerIdentityCommand({}), {
        abortSignal: this.signal,
      });
      return { account: answer.Account ?? "", arn: answer.Arn ?? "" };
    } finally {
      client.destroy();
    }
  }

  #config(): Readonly<Record<string, string>> {
    try {
      return this.readStack().config;
    } catch {
      return {};
    }
  }
}

/** @throws NotChecked if it fails, which another check reports */
function needed<Value>(read: () => Value, reason: string): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof NotChecked) throw error;
    throw new NotChecked(reason);
  }
}
