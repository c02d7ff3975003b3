import { availabilityZones } from "./availabilityZones";
import type { OfflineFunctions } from "./functionCall";
import { lookups } from "./lookups";
import { getPolicyDocument } from "./policyDocument/getPolicyDocument";
import { runFunctions } from "./runFunctions";

/** By token: the functions that are answered without an answers file or installed types. */
export const offlineFunctions: OfflineFunctions = {
  ...runFunctions,
  ...availabilityZones,
  ...lookups,
  "aws:iam/getPolicyDocument:getPolicyDocument": getPolicyDocument,
};
