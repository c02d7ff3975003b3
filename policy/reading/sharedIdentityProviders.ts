/** An identity provider of many organizations: only a claim distinguishes their identities. */
export interface SharedProvider {
  /** As in messages. */
  readonly product: string;
  /** Condition keys of the claims that name the tenant, in lower case; one of them is enough. */
  readonly keys: readonly string[];
  /** A condition that is missing, for messages. */
  readonly example: string;
  /**
   * Whether a value of a claim names a fixed tenant.
   *
   * @param trustedOwners owners of repositories that are trusted with all their repositories
   */
  readonly namesTenant: (value: string, trustedOwners: readonly string[]) => boolean;
}

/**
 * The provider that a Federated principal names, if many organizations share it. A private issuer, whose
 * URL names the organization (Bitbucket, CircleCI, Auth0, Okta, a cluster of EKS, a user pool of
 * Cognito, a self-managed GitLab), needs no claim. SAML providers are private, too.
 *
 * @param principal the ARN of an OIDC provider, or the name of a provider that AWS has built in
 */
export function sharedProviderOf(principal: string): SharedProvider | undefined {
  const issuer = principal.replace(/^arn:[^:]*:iam::[^:]*:oidc-provider\//, "").replace(/\/$/, "");
  return providers.get(issuer.toLowerCase());
}

type Form = SharedProvider["namesTenant"];

/** A value without wildcards and policy variables. */
const fixed: Form = (value) => /^[^*?$]+$/.test(value);

/** `organization:acme:...`: the tenant comes first, and anything can follow. */
const startsWith =
  (name: string, separator: ":" | "/" = ":"): Form =>
  (value) =>
    value.startsWith(`${name}:`) &&
    fixed(value.slice(name.length + 1).split(separator)[0] ?? "", []);

/** `repo:owner/name:...`: owner and name, which may contain further slashes, must be fixed. */
const repository =
  (name: string): Form =>
  (value, trustedOwners) => {
    const path = value.startsWith(`${name}:`) ? value.slice(name.length + 1).split(":")[0] : "";
    const [owner = "", ...names] = path?.split("/") ?? [];
    if (!fixed(owner, []) || names.length === 0) return false;
    return trustedOwners.includes(owner) || names.every((part) => fixed(part, []));
  };

/**
 * Issuer, product, claims and form.
 * Sources: IAM User Guide, "Identity-provider controls for shared OIDC providers" and "IAM and AWS STS
 * condition context keys" (the four providers that AWS has built in); the forms are those of the
 * providers' own pages on AWS.
 */
const rows: readonly (readonly [string, string, readonly string[], Form])[] = [
  ["token.actions.githubusercontent.com", "GitHub Actions", ["sub"], repository("repo")],
  ["vstoken.actions.githubusercontent.com", "GitHub Actions", ["sub"], repository("repo")],
  ["oidc-configuration.audit-log.githubusercontent.com", "GitHub audit logs", ["sub"], fixed],
  ["gitlab.com", "GitLab.com", ["sub"], repository("project_path")],
  ["app.terraform.io", "HCP Terraform", ["sub"], startsWith("organization")],
  ["agent.buildkite.com", "Buildkite", ["sub"], startsWith("organization")],
  ["oidc.codefresh.io", "Codefresh", ["sub"], startsWith("account")],
  ["scalr.io", "Scalr", ["sub"], startsWith("account")],
  ["proidc.upbound.io", "Upbound", ["sub"], startsWith("mcp", "/")],
  ["studio.datachain.ai/api", "DVC Studio", ["sub"], startsWith("credentials", "/")],
  ["tokens.cloud.shisho.dev", "Shisho Cloud", ["sub"], fixed],
  ["api.pulumi.com/oidc", "Pulumi Cloud", ["aud"], fixed],
  ["api.pulumi.com", "Pulumi Cloud", ["aud"], fixed],
  ["oidc.vercel.com", "Vercel", ["aud"], fixed],
  ["sandboxes.cloud", "sandboxes.cloud", ["aud"], fixed],
  ...[
    "rh-oidc.s3.us-east-1.amazonaws.com/22ejnvnnturfmt6km08idd0nt4hekbn7",
    "rh-oidc.s3.us-east-1.amazonaws.com/23e3sd27sju1hoou6ohfs68vbno607tr",
    "rh-oidc.s3.us-east-1.amazonaws.com/23ne21h005qjl3n33d8dui5dlrmv2tmg",
    "rh-oidc.s3.us-east-1.amazonaws.com/24jrf12m5dj7ljlfb4ta2frhrcoadm26",
    "oidc.op1.openshiftapps.com/2f785sojlpb85i7402pk3qogugim5nfb",
    "oidc.op1.openshiftapps.com/2c51blsaqa9gkjt0o9rt11mle8mmropu",
  ].map((issuer) => [issuer, "IBM Turbonomic", ["sub"], fixed] as const),
  ["cognito-identity.amazonaws.com", "Amazon Cognito", ["aud"], fixed],
  ["accounts.google.com", "Google", ["aud", "oaud", "sub"], fixed],
  ["graph.facebook.com", "Facebook", ["app_id", "id"], fixed],
  ["www.amazon.com", "Login with Amazon", ["app_id", "user_id"], fixed],
];

/** The issuer of Microsoft for all customers of Sentinel; the name of the session names the workspace. */
const sentinel = "sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d";

const providers: ReadonlyMap<string, SharedProvider> = new Map([
  ...rows.map(([issuer, product, claims, namesTenant]) => {
    const keys = claims.map((claim) => `${issuer}:${claim}`);
    return [issuer, { product, keys, example: keys[0] ?? issuer, namesTenant }] as const;
  }),
  [
    sentinel,
    {
      product: "Microsoft Sentinel",
      keys: ["sts:rolesessionname"],
      example: "sts:RoleSessionName",
      namesTenant: fixed,
    },
  ] as const,
]);
