import type { Estimate } from "../../../local/estimate/estimate";
import { type Total, totalOf } from "../../../local/estimate/lineItem";
import { rate, seconds, trafficText } from "../../estimate/estimateFacts";
import { shownResource, usd, usdDifference } from "../../estimate/moneyText";
import { byteSize, grouped } from "../../../records/amounts";
import type { Row, Table } from "./sideBySide";

/** What two stacks cost with the same traffic, and how they deliver it. */
export interface EstimateComparison {
  readonly here: Estimate;
  readonly there: Estimate;
  /** USD that the other stack costs more a month. */
  readonly costDifference: number;
}

/** The costs of the services that differ, with the total, and the deliveries that differ. */
export function estimateTables({ here, there, costDifference }: EstimateComparison): Table[] {
  const services = [...new Set([...here.items, ...there.items].map(({ service }) => service))];
  const costs = services
    .map((service) => {
      const of = ({ items }: Estimate): string =>
        totalText(totalOf(items.filter((item) => item.service === service)));
      return { label: `  ${service}`, here: of(here), there: of(there) };
    })
    .filter(differs);
  const total = {
    label: "  Total",
    here: totalText(here.total),
    there: `${totalText(there.total)} (${usdDifference(costDifference)})`,
  };
  const deliveries = [...deliveryRows(here, there), ...shardRows(here, there)].filter(differs);
  return [
    { title: `Cost of month ${here.month.number}`, parts: [{ rows: [...costs, total] }] },
    ...(deliveries.length > 0 ? [{ title: "Delivery", parts: [{ rows: deliveries }] }] : []),
  ];
}

/** One sentence for the end of a report. */
export function estimateConclusion({ here, there, costDifference }: EstimateComparison): string {
  const unknown = here.total.unknown + there.total.unknown;
  const bounds = unknown > 0 ? ", as far as prices are known" : "";
  const more = costDifference < 0 ? "less" : "more";
  const cost =
    Math.abs(costDifference) < 0.005
      ? "cost the same"
      : `${there.stack} costs ${usd(Math.abs(costDifference))} a month ${more} than ${here.stack}`;
  return `With ${trafficText(here, {})}, ${cost.startsWith("cost ") ? "both stacks " : ""}${cost}${bounds}`;
}

function totalText({ amount, unknown }: Total): string {
  if (unknown === 0) return usd(amount);
  return amount === 0 ? "unknown" : `at least ${usd(amount)}`;
}

function deliveryRows(here: Estimate, there: Estimate): readonly Row[] {
  const [mine, theirs] = [deliveriesOf(here), deliveriesOf(there)];
  const names = [...new Set([...mine.keys(), ...theirs.keys()])];
  const rows = (what: "objects" | "size" | "latency", label: string): readonly Row[] =>
    names.map((name) => ({
      label: names.length === 1 ? `  ${label}` : `  ${label}, ${name}`,
      here: mine.get(name)?.[what] ?? null,
      there: theirs.get(name)?.[what] ?? null,
    }));
  return [
    ...rows("latency", "latency, at worst"),
    ...rows("objects", "objects a month"),
    ...rows("size", "stored in an object"),
  ];
}

function deliveriesOf({ objects, latency }: Estimate) {
  return new Map(
    objects.map((one, index) => [
      shownResource(one),
      {
        objects: grouped(Math.round(one.perMonth)),
        size: byteSize(Math.round(one.storedBytes)),
        latency: seconds(latency[index]?.worstSeconds ?? 0),
      },
    ]),
  );
}

function shardRows(here: Estimate, there: Estimate): readonly Row[] {
  const shown = ({ capacity }: Estimate): string =>
    capacity
      .map(({ declaredShards, neededShards, mode, breakEven }) => {
        const needed = declaredShards === null ? "" : ` of ${neededShards} needed`;
        const even = breakEven === null ? "" : `, break-even at ${rate(breakEven)}`;
        return mode === null ? "not declared" : `${declaredShards ?? "on-demand"}${needed}${even}`;
      })
      .join("; ");
  return [{ label: "  shards", here: shown(here) || null, there: shown(there) || null }];
}

function differs({ here, there }: Row): boolean {
  return here !== there;
}
