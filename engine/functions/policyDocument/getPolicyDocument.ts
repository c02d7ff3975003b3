import { crc32 } from "node:zlib";
import type { Properties } from "../../graph/resourceGraph";
import { type OfflineFunction, stringArgument, stringArguments } from "../functionCall";
import { documentJson, mergedDocument } from "./document";
import { documentOfJson } from "./mergedJson";
import { declaredDocument, rejectSameSids } from "./policyArguments";

/**
 * `aws.iam.getPolicyDocument`: merges the source documents, the document of the arguments and the
 * override documents, in this order. A later statement replaces an earlier one with its Sid; only the
 * source documents may not have the same Sid twice. The id is a checksum of the JSON text, as a
 * decimal number.
 *
 * Any part of the document can be a secret or unknown; the caller sees to that.
 *
 * Source: `policy_document_data_source.go` of the AWS provider.
 */
export const getPolicyDocument: OfflineFunction = {
  outputs: ["id", "json", "minifiedJson"],
  answer(args) {
    const sources = documents(args, "sourcePolicyDocuments", "sourceJson");
    rejectSameSids(
      sources.flatMap(({ statements }) => statements),
      () => "sourcePolicyDocuments",
    );
    const overrides = documents(args, "overridePolicyDocuments", "overrideJson");
    const merged = mergedDocument([...sources, declaredDocument(args), ...overrides]);
    const json = documentJson(merged, 2);
    return { ...args, id: String(crc32(json)), json, minifiedJson: documentJson(merged, 0) };
  },
};

/** @param single the argument of older versions, for one document */
function documents(args: Properties, list: string, single: string) {
  const named = stringArguments(args, list).map(
    (text, index) => [`${list}[${index}]`, text] as const,
  );
  return [[single, stringArgument(args, single) ?? ""] as const, ...named]
    .filter(([, text]) => text !== "")
    .map(([place, text]) => documentOfJson(text, place));
}
