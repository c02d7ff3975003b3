import { awsFailure } from "../../../records/awsFailure";
import { shellWord } from "../../../records/shellWord";
import type { Check } from "../check";
import { failed, type Finding, NotChecked, ok, warning } from "../finding";
import type { Identity, Subject } from "../subject";

/** Whether the credentials work, and belong to an account that the stack allows. */
export const credentials: Check = {
  name: "Credentials",
  ofProject: false,
  async run(subject) {
    const { profile } = subject.awsOptions();
    let identity: Identity;
    try {
      identity = await subject.identity();
    } catch (error) {
      return credentialsFinding(error, profile);
    }
    const wrong = accountProblem(identity, configOf(subject));
    if (wrong !== undefined)
      return failed(wrong, "use other credentials: --profile NAME, or AWS_PROFILE");
    if (identity.arn.endsWith(":root"))
      return warning(
        `${identity.arn}: these are credentials of the root user, whom no policy limits.`,
        "deploy with a role",
      );
    return ok(identity.arn);
  },
};

/** What the failure of GetCallerIdentity means. */
export function credentialsFinding(error: unknown, profile: string | undefined): Finding {
  const { code, message, transient, known } = awsFailure(error);
  switch (known?.kind) {
    case "clock":
      return failed("The clock of this machine is wrong: AWS rejects the time of the request.");
    case "expired credentials":
      return failed(
        "The credentials have expired.",
        `aws sso login${profile === undefined ? "" : ` --profile ${shellWord(profile)}`}`,
      );
    case "unknown credentials":
    case "wrong secret":
      return failed(
        `AWS does not accept the credentials (${code}). Access key or secret is wrong, or was deleted.`,
        "aws configure",
      );
    case "missing credentials":
      return missingFinding(profile);
    default:
      if (transient) throw new NotChecked(`AWS cannot be reached: ${code}`);
      return failed(`AWS rejects the credentials: ${code}: ${message}`);
  }
}

function missingFinding(profile: string | undefined): Finding {
  return profile === undefined
    ? warning(
        "There are no credentials. Deployments need them; plan, local and simulate do not. " +
          "Log in with aws sso login, set AWS_PROFILE, or store keys.",
        "aws configure",
      )
    : failed(
        `The profile "${profile}" does not exist or has no credentials.`,
        "aws configure list-profiles",
      );
}

function configOf(subject: Subject): Readonly<Record<string, string>> {
  try {
    return subject.settings().config;
  } catch {
    return {};
  }
}

/** The AWS provider rejects the accounts that the stack's config does not allow. */
export function accountProblem(
  { account }: Identity,
  config: Readonly<Record<string, string>>,
): string | undefined {
  // Then the role decides about the account.
  if (config["aws:assumeRole"] !== undefined || config["aws:assumeRoles"] !== undefined)
    return undefined;
  const allowed = accountsIn(config["aws:allowedAccountIds"]);
  const forbidden = accountsIn(config["aws:forbiddenAccountIds"]);
  if (allowed.length > 0 && !allowed.includes(account))
    return `These are credentials of account ${account}; aws:allowedAccountIds of the stack has ${allowed.join(", ")}.`;
  if (forbidden.includes(account))
    return `These are credentials of account ${account}, which is in aws:forbiddenAccountIds of the stack.`;
  return undefined;
}

/** YAML reads an account id as a number, without its leading zeros. */
function accountsIn(json: string | undefined): readonly string[] {
  if (json === undefined) return [];
  try {
    return [JSON.parse(json) as unknown]
      .flat()
      .filter((one) => typeof one === "string" || typeof one === "number")
      .map((one) => String(one).padStart(12, "0"));
  } catch {
    return [json];
  }
}
