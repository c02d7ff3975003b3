/** A group of AWS regions with ARNs, accounts and host names that no other group shares. */
export interface Partition {
  readonly partition: string;
  /** Ends the host names of its services. */
  readonly dnsSuffix: string;
}

/** By the beginning of the names of its regions. Source: AWS SDKs, `partitions.json`. */
const PARTITIONS: readonly (readonly [begin: string, partition: string, dnsSuffix: string])[] = [
  ["cn-", "aws-cn", "amazonaws.com.cn"],
  ["us-gov-", "aws-us-gov", "amazonaws.com"],
  ["us-iso-", "aws-iso", "c2s.ic.gov"],
  ["us-isob-", "aws-iso-b", "sc2s.sgov.gov"],
  ["eu-isoe-", "aws-iso-e", "cloud.adc-e.uk"],
  ["us-isof-", "aws-iso-f", "csp.hci.ic.gov"],
  ["eusc-", "aws-eusc", "amazonaws.eu"],
];

export function partitionOf(region: string): Partition {
  const found = PARTITIONS.find(([begin]) => region.startsWith(begin));
  const [, partition, dnsSuffix] = found ?? ["", "aws", "amazonaws.com"];
  return { partition, dnsSuffix };
}

/** The end of the host names in a partition. */
export function dnsSuffixOf(partition: string): string {
  const found = PARTITIONS.find(([, name]) => name === partition);
  return found?.[2] ?? "amazonaws.com";
}
