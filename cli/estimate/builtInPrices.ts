import { readFileSync } from "node:fs";
import path from "node:path";
import { readPriceFile } from "../../local/estimate/prices/priceFile";
import { RegionPrices } from "../../local/estimate/prices/regionPrices";
import { packagePath } from "../packagePath";

/**
 * The prices of a region.
 *
 * @param file with prices that replace or complete the built-in ones
 * @throws Error if the file cannot be read, or is not a price file
 */
export function pricesOf(region: string, file: string | undefined, cwd: string): RegionPrices {
  const builtIn = readPriceFile(readFileSync(packagePath(builtInFile), "utf8"), builtInFile);
  const own = file === undefined ? [] : readPriceFile(textOf(path.resolve(cwd, file)), file);
  return new RegionPrices(region, [...builtIn, ...own]);
}

/** In the command's package. */
const builtInFile = "estimate/prices.json";

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`The price file cannot be read: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}
