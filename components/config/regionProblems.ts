import { closest, distance } from "fastest-levenshtein";
import { keySettings } from "../settings/groups/existing";
import { type Problem, shownValue } from "../settings/problem";
import { valueAt } from "../settings/valueAt";

/** A problem with the region of the provider, and the region to use instead. */
export interface RegionProblem extends Problem {
  /** Absent if the settings have to change, not the region. */
  readonly region?: string;
}

/** The provider's own settings, as the stack's config or the environment contains them. */
export interface ProviderRegion {
  readonly region: string | undefined;
  /** Whether the provider accepts regions that it does not know. */
  readonly acceptsUnknown: boolean;
}

/** A region that does not exist, or that is not the one of the existing resources. */
export function regionProblems(
  { region, acceptsUnknown }: ProviderRegion,
  settings: unknown,
): readonly RegionProblem[] {
  if (region === undefined) return [];
  if (!acceptsUnknown && !isRegion(region)) return [unknownRegion(region)];
  return otherRegions(region, settings);
}

function unknownRegion(given: string): RegionProblem {
  const { region, isTypo } = nearestRegion(given);
  return {
    path: ["aws:region"],
    reason: `is ${shownValue(given)}, which is not a region${isTypo ? `; did you mean ${region}?` : ""}`,
    allowed: `a region of AWS such as ${region}; a newer one with aws:skipRegionValidation: true`,
    region,
  };
}

/** Firehose is created in the provider's region, and uses streams and keys of that region only. */
function otherRegions(provider: string, settings: unknown): readonly RegionProblem[] {
  const places = (["streamArn", ...keySettings] as const).map((name) => ["existing", name]);
  return [...places, ["backup", "keyArn"]].flatMap((path) => {
    const arn = valueAt(settings, path);
    const [, region] = /^arn:[^:]+:(?:kinesis|kms):([^:]+):/.exec(String(arn)) ?? [];
    if (region === undefined || region === provider) return [];
    return {
      path,
      reason: `is in region ${region}, but aws:region is ${provider}`,
      allowed: `an ARN in ${provider}, or aws:region ${region}`,
      ...(isRegion(region) && { region }),
    };
  });
}

/** The regions of AWS that the provider knows. Source: `Region` of @pulumi/aws. */
const regions = [
  "af-south-1",
  ...["ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3"],
  ...["ap-south-1", "ap-south-2", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3"],
  ...["ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7"],
  ...["ca-central-1", "ca-west-1", "cn-north-1", "cn-northwest-1"],
  ...["eu-central-1", "eu-central-2", "eu-isoe-west-1", "eu-north-1", "eu-south-1", "eu-south-2"],
  ...["eu-west-1", "eu-west-2", "eu-west-3", "eusc-de-east-1", "il-central-1"],
  ...["me-central-1", "me-south-1", "mx-central-1", "sa-east-1"],
  ...["us-east-1", "us-east-2", "us-gov-east-1", "us-gov-west-1"],
  ...["us-iso-east-1", "us-iso-west-1", "us-isob-east-1", "us-isob-west-1"],
  ...["us-isof-east-1", "us-isof-south-1", "us-west-1", "us-west-2"],
];

function isRegion(name: string): boolean {
  return regions.includes(name);
}

/** The region that a misspelled name probably means. */
function nearestRegion(name: string): { readonly region: string; readonly isTypo: boolean } {
  const region = closest(name.trim().toLowerCase(), regions);
  return { region, isTypo: distance(name.trim().toLowerCase(), region) <= 2 };
}
