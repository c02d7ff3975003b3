import { isGroup, type Properties } from "../graph/resourceGraph";
import { type OfflineFunctions, stringArgument, stringArguments } from "./functionCall";

/**
 * The zones of a region are made up: each account sees other ones. Programs index the plain list, so
 * it cannot be unknown.
 */
export const availabilityZones: OfflineFunctions = {
  "aws:index/getAvailabilityZones:getAvailabilityZones": {
    outputs: ["groupNames", "id", "names", "region", "zoneIds"],
    madeUp: ["names", "zoneIds"],
    answer(args, { region }) {
      const zones = zonesOf(region).filter(
        ({ name, zoneId }) =>
          !stringArguments(args, "excludeNames").includes(name) &&
          !stringArguments(args, "excludeZoneIds").includes(zoneId) &&
          filtersOf(args).every((matches) => matches({ name, zoneId })),
      );
      return {
        ...args,
        ...{ groupNames: [region], id: region, region },
        names: zones.map(({ name }) => name),
        zoneIds: zones.map(({ zoneId }) => zoneId),
      };
    },
  },
  "aws:index/getAvailabilityZone:getAvailabilityZone": {
    outputs: [
      ...["groupLongName", "groupName", "id", "name", "nameSuffix", "networkBorderGroup"],
      ...["optInStatus", "parentZoneId", "parentZoneName", "region", "state", "zoneId", "zoneType"],
    ],
    madeUp: ["id", "name", "zoneId"],
    answer(args, { region }) {
      const [name, zoneId] = [stringArgument(args, "name"), stringArgument(args, "zoneId")];
      const zones = zonesOf(region);
      const found = zones.find(
        (zone) =>
          (zone.name === name || zone.zoneId === zoneId) &&
          filtersOf(args).every((matches) => matches(zone)),
      );
      const chosen = name ?? found?.name ?? zones[0]?.name ?? "";
      return {
        ...args,
        ...{ id: chosen, name: chosen, region },
        zoneId: zoneId ?? found?.zoneId ?? zones[0]?.zoneId ?? "",
        // Only a local zone has a longer name than region and letter.
        ...(/^[a-z]$/.test(chosen.slice(region.length)) && {
          ...{ nameSuffix: chosen.slice(region.length), groupName: region },
          zoneType: "availability-zone",
        }),
      };
    },
  },
};

interface Zone {
  readonly name: string;
  readonly zoneId: string;
}

function zonesOf(region: string): Zone[] {
  return ["a", "b", "c"].map((letter, index) => ({
    name: `${region}${letter}`,
    zoneId: `${shortName(region)}-az${index + 1}`,
  }));
}

/** `us-east-1` is `use1` in the ids of its zones, `us-gov-west-1` is `usgw1`. */
function shortName(region: string): string {
  const [, area = "", direction = "", number = ""] = /^(.+)-([a-z]+)-(\d+)$/.exec(region) ?? [];
  const letters = direction.match(/north|south|east|west|central/g) ?? [direction];
  const short = letters.map((word) => word.charAt(0)).join("");
  return `${area.replace("-gov", "g").replaceAll("-", "")}${short}${number}`;
}

/** Filters by name and id. Others, e.g. by state, match: these zones are made up so that they do. */
function filtersOf(args: Properties): ((zone: Zone) => boolean)[] {
  const filters = args["filters"];
  if (!Array.isArray(filters)) return [];
  return filters.filter(isGroup).map((filter) => {
    const values = stringArguments(filter, "values");
    return ({ name, zoneId }) => {
      if (filter["name"] === "zone-name") return values.includes(name);
      return filter["name"] === "zone-id" ? values.includes(zoneId) : true;
    };
  });
}
