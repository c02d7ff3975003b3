import type { Problem } from "../problem";
import type { Given } from "./given";

/** CloudWatch Logs has no key of AWS's in the account: only a customer-managed one can be chosen. */
export function errorLogProblems({ known: { encryption = {} } }: Given): Problem[] {
  if (encryption.errorLog !== true || encryption.mode !== "aws-managed") return [];
  return [
    {
      path: ["encryption", "errorLog"],
      reason: "is true, but with encryption.mode aws-managed there is no key to encrypt it with",
      allowed: "false, or encryption.mode customer-managed",
      accepted: false,
    },
  ];
}
