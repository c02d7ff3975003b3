import type { Estimate } from "../../local/estimate/estimate";
import type { LineItem } from "../../local/estimate/lineItem";
import { firstPrice, staleAfterDays } from "../../local/estimate/prices/regionPrices";
import { counted } from "../../records/amounts";
import { printable } from "../reports/printable";
import type { Colors } from "../reports/terminal";
import { wrap, wrapAfter } from "../reports/wrapText";
import { estimateFacts, type TrafficSource, trafficText } from "./estimateFacts";
import { priceText, quantityText, usd } from "./moneyText";

export interface EstimateStyle {
  readonly columns: number;
  readonly colors: Colors;
  readonly source: TrafficSource;
}

/** The estimate as text for a person. */
export function estimateReport(result: Estimate, style: EstimateStyle): string {
  const { columns, colors, source } = style;
  const title = `Estimate of ${result.stack} in ${result.region}: ${trafficText(result, source)}`;
  return [
    ...wrap(printable(title), columns).map(colors.bold),
    ...groupsOf(result.items).flatMap(([heading, items]) => [
      "",
      colors.bold(printable(heading)),
      ...items.map((item) => itemLine(item, columns, colors)),
    ]),
    "",
    ...totalLines(result, style),
    "",
    ...factLines(result, columns),
    "",
    colors.bold("Assumptions"),
    ...result.assumptions.flatMap((one) => wrapAfter("  - ", printable(one), columns)),
    ...priceLines(result, style),
  ].join("\n");
}

/** Lines of one service and one resource, in their order. */
export function groupsOf(
  items: readonly LineItem[],
): readonly (readonly [heading: string, items: readonly LineItem[]])[] {
  const groups = new Map<string, LineItem[]>();
  for (const item of items) {
    const { service, resource } = item;
    const heading = resource === "" ? service : `${service}: ${resource}`;
    groups.set(heading, [...(groups.get(heading) ?? []), item]);
  }
  return [...groups];
}

const amountWidth = 12;

/** Label, quantity, unit, price and, at the right, the amount. */
function itemLine(item: LineItem, columns: number, colors: Colors): string {
  const { label, quantity, unit, amount } = item;
  const price = `x ${priceText(priceOf(item))}`;
  const left = `  ${label.padEnd(23)}${quantityText(quantity).padStart(11)} ${unit.padEnd(17)} ${price}`;
  const shown = usd(amount).padStart(amountWidth);
  const line = left.padEnd(Math.max(0, columns - amountWidth));
  return `${line}${amount === null ? colors.yellow(shown) : shown}`;
}

/** With tiers, what a unit costs on average. */
export function priceOf({ price, quantity, amount }: LineItem): number | null {
  if (price === null || typeof price === "number") return price;
  return quantity !== null && quantity > 0 && amount !== null
    ? amount / quantity
    : firstPrice(price);
}

function totalLines({ total, month }: Estimate, { columns, colors }: EstimateStyle): string[] {
  const { amount, unknown } = total;
  const name = `Total of month ${month.number}${unknown > 0 ? ", at least" : ""}`;
  const line = `${name}${usd(amount).padStart(Math.max(0, columns - name.length))}`;
  const missing =
    unknown === 0
      ? []
      : wrap(
          `A lower bound: ${counted(unknown, "amount")} above ${unknown === 1 ? "is" : "are"} unknown.`,
          columns,
        ).map(colors.yellow);
  return [colors.bold(line), ...missing];
}

function factLines(result: Estimate, columns: number): string[] {
  const facts = estimateFacts(result);
  const width = Math.max(...facts.map(({ name }) => name.length)) + 2;
  return facts.flatMap(({ name, value }) =>
    wrapAfter(name.padEnd(width), printable(value), columns),
  );
}

/** What a reader must know of the prices: unchecked, old and unknown ones. */
function priceLines(result: Estimate, { columns, colors }: EstimateStyle): string[] {
  const { stale, items, region } = result;
  const labels = (list: readonly { readonly id: string }[]): string =>
    [...new Set(list.map(({ id }) => id))].join(", ");
  const unpriced = items.filter(({ price }) => price === null);
  const unchecked = items.filter(({ confidence }) => confidence === "D");
  const [oldest] = [...stale].sort((one, other) => one.date.localeCompare(other.date));
  const notes = [
    ...(unpriced.length > 0
      ? [`No price is known in ${region} for ${labels(unpriced)}. Add them with --prices.`]
      : []),
    ...(unchecked.length > 0 ? [`Unchecked prices: ${labels(unchecked)}.`] : []),
    ...(oldest
      ? [
          `Prices older than ${staleAfterDays} days: ${labels(stale)}; the oldest is of ${oldest.date}. ` +
            "Compare them with AWS's pricing pages, or replace them with --prices.",
        ]
      : []),
  ];
  if (notes.length === 0) return [];
  return [
    "",
    colors.bold("Prices"),
    ...notes.flatMap((note) => wrapAfter("  - ", note, columns)).map(colors.yellow),
  ];
}
