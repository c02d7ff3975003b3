import { BlockList, isIP } from "node:net";
import { patternText } from "../wildcards";
import type { Comparison } from "./comparison";

interface Range {
  readonly address: string;
  readonly family: "ipv4" | "ipv6";
  readonly prefix: number;
}

/** An address without prefix stands for itself alone. */
export const ipAddress: Comparison = {
  wants: {
    what: "an IP address or a range as in 203.0.113.0/24 or 2001:db8::/32",
    accepts: (value) => readRange(value) !== undefined,
  },
  variables: false,
  matches: (actual, wanted) => {
    const address = readRange(actual);
    const range = readRange(patternText(wanted));
    // Left to itself, the list counts IPv4 addresses among those of ::/0.
    if (!address || !range || address.family !== range.family) return false;
    const list = new BlockList();
    list.addSubnet(range.address, range.prefix, range.family);
    return list.check(address.address, address.family);
  },
};

function readRange(value: string): Range | undefined {
  const [, address = "", length] = /^([^/]*)(?:\/(\d{1,3}))?$/u.exec(value) ?? [];
  const version = isIP(address);
  if (version === 0) return undefined;
  const longest = version === 4 ? 32 : 128;
  const prefix = Number(length ?? longest);
  const family = version === 4 ? "ipv4" : "ipv6";
  return prefix <= longest ? { address, family, prefix } : undefined;
}
