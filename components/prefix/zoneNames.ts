import { zoneNameTable } from "./zoneNameTable";

/** The name of a time zone at one of its offsets, e.g. `EST` and `Eastern Standard Time`. */
interface ZoneName {
  readonly short: string;
  /** Absent if Java releases print different names. */
  readonly long?: string;
}

/** By offset from UTC, e.g. `+01:00` or `Z`. */
export type ZoneNames = ReadonlyMap<string, ZoneName>;

/** The names of a time zone; undefined if Java releases print different ones. */
export function zoneNames(timeZone: string): ZoneNames | undefined {
  return namesOfZones.get(timeZone);
}

const namesOfZones = readTable(zoneNameTable);

function readTable(table: string): ReadonlyMap<string, ZoneNames> {
  const zones = new Map<string, ZoneNames>();
  let names: ZoneNames = new Map();
  for (const line of table.trim().split("\n")) {
    if (!line.startsWith(" ")) names = readNames(line);
    else for (const zone of line.trim().split(" ")) zones.set(zone, names);
  }
  return zones;
}

function readNames(line: string): ZoneNames {
  return new Map(
    line.split(", ").map((entry) => {
      const [offset = "", short = "", ...long] = entry.split(" ");
      return [offset, long.length > 0 ? { short, long: long.join(" ") } : { short }];
    }),
  );
}
