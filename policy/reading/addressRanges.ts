import { BlockList, isIP } from "node:net";

/**
 * The shortest prefixes of ranges that are not open to everyone: S3 counts broader ones as public.
 * Source: Amazon S3 User Guide, "The meaning of 'public'", note on aws:SourceIp.
 */
const shortestPrefix = { 4: 8, 6: 32 } as const;
const addressBits = { 4: 32, 6: 128 } as const;

/**
 * IPv6 ranges that contain IPv4 addresses: a long prefix in them can still mean every IPv4 address.
 * Source: RFC 4291, section 2.5.5, and RFC 6052, section 2.1.
 */
const ipv4InIpv6 = new BlockList();
ipv4InIpv6.addSubnet("::", 32, "ipv6");
ipv4InIpv6.addSubnet("64:ff9b::", 32, "ipv6");

/** Whether a value of `aws:SourceIp` is an address or a range that is not too broad. */
export function isChosenRange(value: string): boolean {
  const [address = "", ...prefixes] = value.split("/");
  const version = versionOf(address);
  if (version === undefined || prefixes.length > 1) return false;
  const [prefix = String(addressBits[version])] = prefixes;
  return (
    /^[0-9]{1,3}$/.test(prefix) &&
    Number(prefix) >= shortestPrefix[version] &&
    Number(prefix) <= addressBits[version] &&
    !(version === 6 && ipv4InIpv6.check(address, "ipv6"))
  );
}

function versionOf(address: string): 4 | 6 | undefined {
  // A zone (fe80::1%eth0) belongs to a machine, not to an address on the internet.
  if (address.includes("%")) return undefined;
  const version = isIP(address);
  return version === 4 || version === 6 ? version : undefined;
}

/**
 * Whether ranges that are not too broad alone make up one that is, as 12.0.0.0/8 and 13.0.0.0/8 make up
 * 12.0.0.0/7: a policy with both allows the same as one with the broader range.
 */
export function makeUpBroadRange(values: readonly string[]): boolean {
  return ([4, 6] as const).some((version) => {
    const networks = networksOf(values, version);
    for (let prefix = addressBits[version]; prefix >= shortestPrefix[version]; prefix--) {
      const ofPrefix = networks.get(prefix) ?? new Set<bigint>();
      for (const network of ofPrefix) {
        if (!ofPrefix.has(network ^ 1n)) continue;
        if (prefix === shortestPrefix[version]) return true;
        addNetwork(networks, prefix - 1, network >> 1n);
      }
    }
    return false;
  });
}

/** Length of the prefix -> the prefixes of that length, as numbers. */
type Networks = Map<number, Set<bigint>>;

function networksOf(values: readonly string[], version: 4 | 6): Networks {
  const networks: Networks = new Map();
  const bits = addressBits[version];
  for (const value of values) {
    const [address = "", given = String(bits)] = value.split("/");
    if (!isChosenRange(value) || versionOf(address) !== version) continue;
    const prefix = Number(given);
    addNetwork(networks, prefix, numberOf(address, version) >> BigInt(bits - prefix));
  }
  return networks;
}

function addNetwork(networks: Networks, prefix: number, network: bigint): void {
  const ofPrefix = networks.get(prefix) ?? new Set();
  networks.set(prefix, ofPrefix.add(network));
}

function numberOf(address: string, version: 4 | 6): bigint {
  if (version === 4)
    return address.split(".").reduce((number, part) => number * 256n + BigInt(part), 0n);
  // A URL has the canonical form, without parts in the form of IPv4.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = "", tail] = canonical.split("::");
  const groupsOf = (text: string) => (text === "" ? [] : text.split(":"));
  const [first, last] = [groupsOf(head), groupsOf(tail ?? "")];
  const missing = tail === undefined ? 0 : 8 - first.length - last.length;
  const groups = [...first, ...Array.from({ length: missing }, () => "0"), ...last];
  return groups.reduce((number, group) => number * 65536n + BigInt(`0x${group}`), 0n);
}
