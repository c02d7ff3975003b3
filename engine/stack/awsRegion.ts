import { closest } from "fastest-levenshtein";

/** The regions of AWS, as the provider lists them. Source: `Region` of @pulumi/aws. */
const REGIONS = [
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
] as const;

export function isRegion(name: string): boolean {
  return (REGIONS as readonly string[]).includes(name);
}

export function nearestRegion(name: string): string {
  return closest(name.trim().toLowerCase(), REGIONS);
}

/** The region of a stack's AWS resources. Default: `us-east-1`. */
export function awsRegion({
  config,
}: {
  readonly config: Readonly<Record<string, string>>;
}): string {
  return config["aws:region"] ?? "us-east-1";
}

/** The command that sets the region of a stack. */
export function regionCommand(region: string, stack: string): string {
  return `pulumi config set aws:region ${region} --stack ${stack}`;
}

/**
 * A misspelled region would go unnoticed offline, because nothing is looked up there. The provider
 * accepts any region with `aws:skipRegionValidation`.
 */
export function regionNotes(values: ReadonlyMap<string, unknown>, stack: string): string[] {
  const region = values.get("aws:region");
  if (typeof region !== "string" || isRegion(region)) return [];
  if (String(values.get("aws:skipRegionValidation")) === "true") return [];
  const nearest = nearestRegion(region);
  return [
    `aws:region is ${JSON.stringify(region)}, which is not a known region of AWS. ` +
      `Did you mean ${nearest}? ${regionCommand(nearest, stack)}`,
  ];
}
