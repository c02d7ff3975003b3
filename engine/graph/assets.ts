import { isGroup, type PropertyValue } from "./resourceGraph";

// Random constants with which Pulumi's protocol marks assets and archives. Source: runtime/rpc in
// @pulumi/pulumi. A graph contains them as the protocol does.
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
export const ASSET = "c44067f5952c0a294b673a41bacd8c17";
export const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";

/** A file as a program declares it. */
export type Asset =
  | { readonly type: "text"; readonly text: string }
  /** Relative to the directory in which the program runs. */
  | { readonly type: "file"; readonly path: string }
  | { readonly type: "remote"; readonly uri: string };

/** Several files as a program declares them. */
export type Archive =
  /** A directory, or a packed file, relative to the directory in which the program runs. */
  | { readonly type: "path"; readonly path: string }
  /** By their paths in the archive. */
  | { readonly type: "assets"; readonly assets: Readonly<Record<string, Asset | Archive>> }
  | { readonly type: "remote-archive"; readonly uri: string };

/** Reads an archive; undefined if the value is something else. */
export function readArchive(value: PropertyValue | undefined): Archive | undefined {
  const read = value === undefined ? undefined : readAssetOrArchive(value);
  return read !== undefined && isArchive(read) ? read : undefined;
}

export function isArchive(read: Asset | Archive): read is Archive {
  return ["path", "assets", "remote-archive"].includes(read.type);
}

function readAssetOrArchive(value: PropertyValue): Asset | Archive | undefined {
  if (!isGroup(value)) return undefined;
  const { [SIGNATURE]: signature, path, text, uri, assets } = value;
  const isAsset = signature === ASSET;
  if (!isAsset && signature !== ARCHIVE) return undefined;
  if (typeof path === "string" && path !== "") return { type: isAsset ? "file" : "path", path };
  if (typeof uri === "string" && uri !== "")
    return { type: isAsset ? "remote" : "remote-archive", uri };
  // An empty string stays out of some messages of the protocol.
  if (isAsset) return { type: "text", text: typeof text === "string" ? text : "" };
  if (assets === undefined || !isGroup(assets)) return undefined;
  const read = Object.entries(assets).map(
    ([name, one]) => [name, readAssetOrArchive(one)] as const,
  );
  if (read.some(([, one]) => one === undefined)) return undefined;
  return { type: "assets", assets: Object.fromEntries(read) as Record<string, Asset | Archive> };
}
