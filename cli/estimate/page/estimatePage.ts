import type { Estimate } from "../../../local/estimate/estimate";
import type { LineItem } from "../../../local/estimate/lineItem";
import type { Sweeps } from "../../../local/estimate/sweep";
import { visibleHtml as escaped } from "../../reports/htmlText";
import { factTable, plotFigure, plotHelp, plotPage } from "../../reports/plotPage";
import { estimateFacts, type TrafficSource, trafficText } from "../estimateFacts";
import { groupsOf, priceOf } from "../estimateReport";
import { priceText, quantityText, usd } from "../moneyText";
import { type CurveData, curveData } from "./curves";
import { drawCurves } from "./drawCurves";

/** The page of an estimate: the bill, what follows from the traffic, and plots, as one file. */
export function estimatePage(result: Estimate, curves: Sweeps, source: TrafficSource): string {
  const { stack, region, total, month, assumptions } = result;
  const data = curveData(result, curves);
  const bound = total.unknown > 0 ? "at least " : "";
  const body = `<p>${escaped(trafficText(result, source))}. Region ${escaped(region)}.
List prices in USD, without taxes, discounts and free tiers.</p>
<h2>Month ${month.number}: ${bound}${usd(total.amount)}</h2>
${billTable(result.items, `${bound}${usd(total.amount)}`)}
<h2>Delivery</h2>
${factTable(estimateFacts(result))}
<h2>What changes it</h2>
<p>The dotted vertical line is where the stack is. ${total.unknown > 0 ? "Costs are lower bounds." : ""}</p>
${plotHelp}
${data.plots.map(({ title }, index) => plotFigure(title, index)).join("\n")}
<h2>Assumptions</h2>
<ul>
${assumptions.map((one) => `<li>${escaped(one)}</li>`).join("\n")}
</ul>
<h2>Prices</h2>
<div class="prices">
${factTable(priceFacts(result.items))}
</div>
<style>${style}</style>`;
  const title = `Estimate of stack ${stack}`;
  return plotPage<CurveData>({ title, body, draw: drawCurves, data });
}

function billTable(items: readonly LineItem[], total: string): string {
  const rows = groupsOf(items).flatMap(([heading, lines]) => [
    `<tr><th scope="rowgroup" colspan="5">${escaped(heading)}</th></tr>`,
    ...lines.map(
      (line) =>
        `<tr><td>${escaped(line.label)}</td><td class="number">${quantityText(line.quantity)}</td>` +
        `<td>${escaped(line.unit)}</td><td class="number">${priceText(priceOf(line))}</td>` +
        `<td class="number${line.amount === null ? " bad" : ""}">${usd(line.amount)}</td></tr>`,
    ),
  ]);
  return `<div class="bill" role="region" aria-label="Bill" tabindex="0"><table>
<thead><tr><th scope="col">Item</th><th scope="col" class="number">Quantity</th><th scope="col">Unit</th>
<th scope="col" class="number">Price in USD</th><th scope="col" class="number">Amount</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
<tfoot><tr><th scope="row">Total</th><td></td><td></td><td></td><td class="number"><b>${total}</b></td></tr></tfoot>
</table></div>`;
}

/** Where the prices are from; each source once. */
function priceFacts(items: readonly LineItem[]) {
  const sources = new Map<string, Set<string>>();
  for (const { id, source, date, confidence } of items) {
    const shown =
      source === null ? "unknown in this region" : `${source}; ${date}; confidence ${confidence}`;
    sources.set(shown, (sources.get(shown) ?? new Set()).add(id));
  }
  return [...sources].map(([source, ids]) => ({ name: [...ids].join(", "), value: source }));
}

const style = `
.bill { overflow-x: auto; }
.bill th, .bill td { display: table-cell; width: auto; padding: 0.2rem 0.75rem 0.2rem 0; }
.bill .number { text-align: right; white-space: nowrap; }
.bill thead th { color: var(--muted); font-weight: 400; }
.bill td { overflow-wrap: normal; }
.prices th { white-space: normal; width: 20rem; font-weight: 400; }
@media (max-width: 40rem) {
  .prices th { width: auto; }
  .bill th:nth-child(4), .bill td:nth-child(4) { display: none; }
}
ul { padding-left: 1.25rem; }
`;
