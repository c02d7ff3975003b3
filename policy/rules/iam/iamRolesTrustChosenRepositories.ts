import { isLeftToChosen } from "../../reading/denial";
import type { Principal, Statement } from "../../reading/policyStatement";
import { type SharedProvider, sharedProviderOf } from "../../reading/sharedIdentityProviders";
import { type Decision, not, UNKNOWN } from "../../reading/value";
import { roleType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { listOf } from "../../settings/setting";
import { evaluateTrustPolicy } from "./evaluateStatements";

const settings = {
  trustedOwners: listOf({
    of: "owners of repositories",
    matching: /^[A-Za-z0-9._@-]+$/,
    defaultValue: [],
    description:
      "Organizations on GitHub and groups on GitLab.com whose repositories may all assume roles.",
  }),
};

export const iamRolesTrustChosenRepositories = resourceRule({
  name: "iam-roles-trust-chosen-repositories",
  title: "IAM roles trust chosen repositories and tenants",
  description:
    "No trust policy allows every tenant of a shared identity provider, such as every repository on GitHub.",
  severity: "critical",
  references: { checkov: ["CKV_AWS_393", "CKV_AWS_358"] },
  remediationSteps:
    'Add a condition with fixed values of the claim that names your tenant, for GitHub Actions StringLike {"token.actions.githubusercontent.com:sub": "repo:<owner>/<repository>:*"}. Add owners that are trusted with all their repositories to trustedOwners in the config.',
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html",
  types: [roleType],
  settings,
  evaluate: evaluateTrustPolicy<typeof settings>((statement, { trustedOwners }, document) => {
    const providers = (statement.principals ?? []).flatMap((principal) =>
      sharedProvider(principal).map((provider) => ({
        provider,
        isOpen: isOpen(statement, principal, provider, document, trustedOwners),
      })),
    );
    const open = providers.filter(({ isOpen: found }) => found === true);
    const missing = new Set(open.flatMap(({ provider }) => (provider ? [inWords(provider)] : [])));
    return {
      violations: [...missing],
      undecided: providers.some(({ isOpen: found }) => found === UNKNOWN),
    };
  }),
});

/** A list of one; `undefined` for a provider that is unknown. Private providers are left out. */
function sharedProvider({ kind, name }: Principal): readonly (SharedProvider | undefined)[] {
  if (kind !== UNKNOWN && kind !== "Federated") return [];
  if (kind === UNKNOWN || name === UNKNOWN) return [undefined];
  const provider = sharedProviderOf(name);
  return provider === undefined ? [] : [provider];
}

function isOpen(
  statement: Statement,
  principal: Principal,
  provider: SharedProvider | undefined,
  document: readonly Statement[],
  trustedOwners: readonly string[],
): Decision {
  if (provider === undefined) return UNKNOWN;
  return not(
    isLeftToChosen(
      statement,
      principal,
      document,
      (key, value) => provider.keys.includes(key) && provider.namesTenant(value, trustedOwners),
    ),
  );
}

function inWords({ product, example }: SharedProvider): string {
  return `allows everyone who uses ${product}: add a condition with fixed values of ${example}`;
}
