import {
  isGroup,
  type Properties,
  type PropertyValue,
  Unknown,
  valuesIn,
} from "../../../engine/graph/resourceGraph";

/** When a lifecycle rule deletes objects. */
export interface Expiration {
  readonly what: "objects" | "former versions";
  /** Which objects, e.g. ` below errors/`; empty for all of a bucket. */
  readonly scope: string;
  /** Undefined if the value is unknown; 0 from a date on. */
  readonly days: number | undefined;
  /** How many of the newest former versions stay. Undefined if the value is unknown. */
  readonly kept: number | undefined;
  /** From which all of them are deleted, instead of after days. */
  readonly date?: string;
}

/** The expirations of the rules that are enabled. Rules that are unknown have one for all objects. */
export function expirations(rules: PropertyValue | undefined): readonly Expiration[] {
  if (rules instanceof Unknown) return [{ what: "objects", scope: "", days: undefined, kept: 0 }];
  return Array.isArray(rules) ? rules.flatMap((rule: PropertyValue) => ofRule(rule)) : [];
}

function ofRule(rule: PropertyValue): Expiration[] {
  if (!isGroup(rule) || rule["status"] === "Disabled") return [];
  const scope = scopeOf(rule);
  return [
    ...(isGroup(rule["expiration"] ?? null) && !isMarkerOnly(rule["expiration"])
      ? [
          {
            ...{ what: "objects" as const, scope, kept: 0 },
            days: numberIn(rule["expiration"], "days"),
            ...dateOf(rule["expiration"]),
          },
        ]
      : []),
    ...(isGroup(rule["noncurrentVersionExpiration"] ?? null)
      ? [
          {
            what: "former versions" as const,
            scope,
            days: numberIn(rule["noncurrentVersionExpiration"], "noncurrentDays"),
            kept: numberIn(rule["noncurrentVersionExpiration"], "newerNoncurrentVersions"),
          },
        ]
      : []),
  ];
}

/** Deletes only markers of objects that have no version left. */
function isMarkerOnly(expiration: PropertyValue | undefined): boolean {
  if (expiration === undefined || !isGroup(expiration)) return false;
  const { days, date } = expiration;
  return !days && !date && expiration["expiredObjectDeleteMarker"] === true;
}

function dateOf(expiration: PropertyValue | undefined): Pick<Expiration, "date"> {
  const date = expiration !== undefined && isGroup(expiration) && expiration["date"];
  return typeof date === "string" && date !== "" ? { date } : {};
}

/** 0 if it is absent. A date counts as 0 days: from then on, every object is deleted. */
function numberIn(expiration: PropertyValue | undefined, name: string): number | undefined {
  if (expiration === undefined || !isGroup(expiration)) return undefined;
  const number = Number(expiration[name] ?? 0);
  return expiration[name] instanceof Unknown || Number.isNaN(number) ? undefined : number;
}

function scopeOf(rule: Properties): string {
  const filter = rule["filter"] ?? rule["prefix"] ?? null;
  if ([...valuesIn(filter)].some((value) => value instanceof Unknown))
    return " below a prefix that is unknown until the update";
  const prefix = isGroup(filter) && Object.keys(filter).length === 1 ? filter["prefix"] : filter;
  if (typeof prefix === "string") return prefix === "" ? "" : ` below ${prefix}`;
  const isAll =
    !isGroup(filter) || Object.values(filter).every((value) => value === null || value === "");
  return isAll ? "" : ` that match ${JSON.stringify(filter)}`;
}
