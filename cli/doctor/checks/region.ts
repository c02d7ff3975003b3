import { isRegion, nearestRegion, regionCommand } from "../../../engine/stack/awsRegion";
import { stsClient } from "../../serviceClients";
import type { Check } from "../check";
import { failed, type Finding, NotChecked, ok, warning } from "../finding";

/** Whether the stack has a region, and how it relates to the one of the credentials. */
export const region: Check = {
  name: "Region",
  ofProject: true,
  async run(subject) {
    const { config, stack } = subject.settings();
    const { profile } = subject.awsOptions();
    return regionFinding({
      stack,
      ofStack: config["aws:region"],
      byDefault: await defaultRegion(profile),
      isAnyValid: config["aws:skipRegionValidation"] === "true",
      used: await usesAws(subject),
    });
  },
};

/** The region of a stack, and the one that the SDKs of AWS find. */
export interface Regions {
  readonly stack: string;
  /** `aws:region` of the stack's config. */
  readonly ofStack: string | undefined;
  readonly byDefault: string | undefined;
  readonly isAnyValid: boolean;
  /** Whether the program has resources of AWS without a region of their own. */
  readonly used: boolean;
}

export function regionFinding({ stack, ofStack, byDefault, isAnyValid, used }: Regions): Finding {
  if (!used) throw new NotChecked("the program has no resources of AWS that need one");
  if (ofStack === undefined) {
    return byDefault === undefined
      ? failed(
          "The stack has no aws:region, and the environment has none either.",
          regionCommand("us-east-1", stack),
        )
      : warning(
          `The stack has no aws:region, so it depends on who deploys it: here ${byDefault}.`,
          regionCommand(byDefault, stack),
        );
  }
  if (!isRegion(ofStack) && !isAnyValid)
    return failed(
      `aws:region is "${ofStack}", which is not a known region of AWS.`,
      regionCommand(nearestRegion(ofStack), stack),
    );
  if (byDefault === undefined || byDefault === ofStack) return ok(ofStack);
  return ok(`${ofStack}; other tools use ${byDefault} by default (AWS_REGION or the profile)`);
}

/** What AWS_REGION or the profile sets. */
async function defaultRegion(profile: string | undefined): Promise<string | undefined> {
  const client = await stsClient(profile === undefined ? {} : { profile });
  try {
    return await client.config.region();
  } catch {
    return undefined;
  } finally {
    client.destroy();
  }
}

async function usesAws(subject: Parameters<Check["run"]>[0]): Promise<boolean> {
  const { graph } = await subject.resources();
  return graph.resources.some(
    ({ type, custom, options, inputs }) =>
      custom &&
      type.startsWith("aws:") &&
      options.provider === undefined &&
      inputs["region"] === undefined,
  );
}
