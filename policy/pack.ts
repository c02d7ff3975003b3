import { exempting } from "./exemptions/exempting";
import { noExemptions } from "./exemptions/exemption";
import { exemptionsAreValid } from "./exemptions/exemptionsAreValid";
import { ExemptionLedger } from "./exemptions/ledger";
import type { Rule } from "./rule/rule";
import { rules } from "./rules";

/** Every rule of the pack, in the order of evaluation. */
export function packRules(ledger = new ExemptionLedger(noExemptions)): readonly Rule[] {
  return [...rules.map((rule) => exempting(rule, ledger)), exemptionsAreValid(ledger, rules)];
}
