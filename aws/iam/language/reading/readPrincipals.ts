import { quote } from "../../../../components/prefix/quote";
import type { IamPrincipal, PrincipalType } from "../iamPolicy";
import { objectOf, rejectUnknown, type ReportProblem, stringsOf } from "./elements";

/** The form of each type of principal; a wildcard for a part of a name is not allowed. */
const forms: Readonly<Record<PrincipalType, { readonly form: RegExp; readonly allowed: string }>> =
  {
    AWS: {
      form: /^(?:\*|\d{12}|A[A-Z0-9]{15,}|arn:[\w-]+:(?:iam|sts)::(?:\d{12}|cloudfront):(?:root|(?:role|user|assumed-role|federated-user)\/[^*?]+))$/u,
      allowed: 'an account ID, the ARN of an account, a role, a session or a user, or "*"',
    },
    Service: {
      form: /^[a-z\d.-]+\.[a-z\d.-]+$/u,
      allowed: "the name of a service, as in firehose.amazonaws.com",
    },
    Federated: { form: /^\S+$/u, allowed: "an identity provider" },
    CanonicalUser: { form: /^[\da-f]{64}$/u, allowed: "64 hexadecimal digits" },
  };
const types = Object.keys(forms) as readonly PrincipalType[];

/**
 * Reads a Principal or NotPrincipal.
 *
 * Source: IAM User Guide, "AWS JSON policy elements: Principal".
 */
export function readPrincipals(
  value: unknown,
  element: string,
  report: ReportProblem,
): readonly IamPrincipal[] {
  if (value === "*") return [{ type: "AWS", value }];
  const map = objectOf(value, element, report);
  if (!map) return [];
  rejectUnknown(map, types, element, report);
  const principals = types
    .filter((type) => map[type] !== undefined)
    .flatMap((type) => readType(type, map[type], element, report));
  if (Object.keys(map).length === 0) report(`${element} is empty; allowed: ${types.join(", ")}`);
  return principals;
}

function readType(
  type: PrincipalType,
  written: unknown,
  element: string,
  report: ReportProblem,
): readonly IamPrincipal[] {
  const values = stringsOf(written, `${element}.${type}`, report) ?? [];
  const { form, allowed } = forms[type];
  for (const value of values) {
    if (!form.test(value)) report(`${element}.${type} has ${quote(value)}; allowed: ${allowed}`);
  }
  return values.map((value) => ({ type, value }));
}
