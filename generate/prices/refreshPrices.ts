import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { type Price, readPriceFile } from "../../local/estimate/prices/priceFile";
import { priceMeters } from "../../local/estimate/prices/priceIds";
import { listedPrices, mergedPrices, offerPrices, offerUrl } from "./offerPrices";

const file = "cli/estimate/prices.json";

/**
 * Replaces the built-in prices of a region with those of AWS's price list, which needs no credentials.
 *
 * @param directory of price lists that were downloaded as `<offer>.json`; undefined to download them
 */
async function refreshPrices(region: string, directory: string | undefined): Promise<void> {
  let prices: readonly Price[] = readPriceFile(readFileSync(file, "utf8"), file);
  for (const offer of new Set(Object.values(listedPrices).map((place) => place.offer))) {
    const list =
      directory === undefined ? await downloaded(offer, region) : stored(directory, offer);
    const { prices: found, unclear } = offerPrices(JSON.parse(list), region);
    prices = mergedPrices(prices, found);
    console.log(`${offer}: ${found.length} prices`);
    for (const one of unclear) console.log(`  unchanged: ${one}`);
  }
  const entries = prices.map(({ id, ...price }) => ({ id, unit: priceMeters[id].unit, ...price }));
  const content = { $schema: "./prices.schema.json", currency: "USD", prices: entries };
  const options = { ...(await resolveConfig(file)), filepath: file };
  writeFileSync(file, await format(JSON.stringify(content), options));
}

async function downloaded(offer: string, region: string): Promise<string> {
  const url = offerUrl(offer, region);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  return response.text();
}

function stored(directory: string, offer: string): string {
  return readFileSync(join(directory, `${offer}.json`), "utf8");
}

const [region = "us-east-1", directory] = process.argv.slice(2);
refreshPrices(region, directory).catch((error: unknown) => {
  console.error(String(error));
  process.exitCode = 1;
});
