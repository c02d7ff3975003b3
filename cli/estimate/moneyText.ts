import { grouped } from "../../records/amounts";

/** An amount of USD, e.g. `$1,234.56`; `unknown` for null. */
export function usd(amount: number | null): string {
  if (amount === null) return "unknown";
  const cents = amount.toLocaleString("en-US", fractions(2));
  return amount > 0 && amount < 0.005 ? "< $0.01" : `$${cents}`;
}

/** A difference of two amounts, e.g. `+$3.20`. */
export function usdDifference(amount: number): string {
  return `${amount < 0 ? "-" : "+"}$${Math.abs(amount).toLocaleString("en-US", fractions(2))}`;
}

/** A quantity of a meter, e.g. `1,234.5`. */
export function quantityText(quantity: number | null): string {
  if (quantity === null) return "unknown";
  if (Number.isInteger(quantity)) return grouped(quantity);
  const digits = quantity >= 1000 ? 0 : quantity >= 10 ? 1 : 3;
  return quantity.toLocaleString("en-US", fractions(digits));
}

/** A price, with as many digits as it has, at most five that count. */
export function priceText(price: number | null): string {
  return price === null ? "unknown" : String(Number(price.toPrecision(5)));
}

function fractions(digits: number): Intl.NumberFormatOptions {
  return { minimumFractionDigits: digits, maximumFractionDigits: digits };
}

/** What a line is about, if there are several. */
export function shownResource({
  deliveryStream,
  output,
}: {
  readonly deliveryStream: string;
  readonly output: "records" | "backup";
}): string {
  return output === "records" ? deliveryStream : `${deliveryStream}, backup`;
}
