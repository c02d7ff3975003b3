import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Transform } from "../../records/replay/replayErrors";

/**
 * Loads the default export of a module: a function that gets the bytes and the error code of a record, and
 * returns bytes, a string, or a value that becomes JSON; undefined to leave the record out.
 *
 * @throws Error that names the file if there is no such function
 */
export async function transformModule(file: string): Promise<Transform> {
  const loaded = await importFile(file).catch((error: unknown) => {
    throw new Error(`--transform ${file} cannot be loaded: ${(error as Error).message}`);
  });
  const transform = functionIn(loaded);
  if (transform === undefined)
    throw new Error(
      `--transform ${file} has no default export that is a function, e.g. ` +
        "export default (data, code) => data;",
    );
  return async (data, code) => bytesOf(await transform(Buffer.from(data), code));
}

/** Of a CommonJS module, the exports are the default export. */
async function importFile(file: string): Promise<{ readonly default?: unknown }> {
  return (await import(pathToFileURL(path.resolve(file)).href)) as { readonly default?: unknown };
}

type UserTransform = (data: Buffer, code: string) => unknown;

/** A CommonJS module may have a default among its exports. */
function functionIn(loaded: { readonly default?: unknown }): UserTransform | undefined {
  const { default: exported } = loaded;
  const inner = (exported as { readonly default?: unknown } | undefined)?.default;
  const found = [exported, inner].find((one) => typeof one === "function");
  return found as UserTransform | undefined;
}

function bytesOf(result: unknown): Uint8Array | undefined {
  if (result === undefined || result === null) return undefined;
  if (result instanceof Uint8Array) return result;
  return Buffer.from(typeof result === "string" ? result : JSON.stringify(result));
}
