/** Existing resources, roles and topics of a pipeline have a partition, an account and a region in common. */
const parts = ["partition", "region", "account"] as const;

/**
 * The ARN in the partitions, accounts and regions that the other ARNs of a stack have, so that one of
 * the variants fits to them.
 *
 * @param region of the provider, which comes first
 */
export function arnVariants(given: unknown, settings: unknown, region?: string): readonly string[] {
  const arn = typeof given === "string" ? partsOf(given) : undefined;
  if (arn === undefined) return [];
  const others = arnsIn(settings).flatMap((text) => partsOf(text) ?? []);
  const choices = parts.map((part) => {
    const own = arn[part];
    const first = part === "region" && region !== undefined ? [region] : [];
    const all = [...first, own, ...others.map((other) => other[part])];
    return own === "" ? [""] : [...new Set(all.filter((value) => value !== ""))];
  });
  const [partitions = [], regions = [], accounts = []] = choices;
  return partitions.flatMap((partition) =>
    regions.flatMap((place) =>
      accounts.map((account) =>
        ["arn", partition, arn.service, place, account, arn.resource].join(":"),
      ),
    ),
  );
}

type Parts = Readonly<Record<(typeof parts)[number] | "service" | "resource", string>>;

function partsOf(text: string): Parts | undefined {
  const pattern =
    /^arn:(?<partition>[^:]+):(?<service>[^:]+):(?<region>[^:]*):(?<account>[^:]*):(?<resource>.+)$/;
  return pattern.exec(text)?.groups as Parts | undefined;
}

function arnsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return value.startsWith("arn:") ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(arnsIn) : [];
}
