import { existsSync } from "node:fs";
import { relative } from "node:path";
import { policyConfigFor } from "../../../engine/policy/policyConfig";
import { startPack } from "../../../engine/policy/startPack";
import { policyPackFor } from "../../policyPack";
import type { Check } from "../check";
import { ok, warning } from "../finding";

/** Whether the policy pack starts, and accepts its configuration for the stack. */
export const packConfig: Check = {
  name: "Policy pack",
  ofProject: true,
  async run(subject) {
    subject.project();
    const settings = subject.settings();
    const pack = packOf(subject.directory);
    if (pack === undefined)
      return warning(
        "There is no policy pack: neither policy/ nor @streamlake/policy.",
        "npm install --save-dev @streamlake/policy",
      );
    const { layer: config, file } = policyConfigFor({ policyPack: pack }, settings.stack);
    const child = new AbortController();
    try {
      const signal = AbortSignal.any([child.signal, subject.signal]);
      await startPack(pack, settings, { config, signal });
    } finally {
      child.abort();
    }
    const directory = relative(subject.directory, pack) || ".";
    return ok(
      file === undefined
        ? `${directory} starts; it has no config/${settings.stack}.json, so its defaults apply`
        : `${relative(subject.directory, file)} is valid`,
    );
  },
};

function packOf(directory: string): string | undefined {
  try {
    const pack = policyPackFor(directory, undefined);
    return existsSync(pack) ? pack : undefined;
  } catch {
    return undefined;
  }
}
