import type { Parts } from "../evidence";
import type { Cause, Finding, Fix, Place } from "../finding";
import { shellWord } from "../../shellWord";
import { counted } from "../../amounts";
import { applyFix, awsCommand, restoreFix } from "../words";

type Decision = Parts["access"][number];

/** A role may not make a call of the delivery stream, or Firehose may not assume the role. */
export const deniedCalls: Cause<"access"> = {
  name: "denied-call",
  about: "a role may not make a call, or Firehose may not assume it",
  needs: ["access"],
  deployedOnly: ["a role that does not exist", "an organization that denies it"],
  fine: ({ access }) => {
    const allowed = access.filter(({ outcome }) => outcome === "allowed");
    return `${counted(allowed.length, "call")} of its roles allowed`;
  },
  examine: ({ access }, place) => {
    const denied = access.filter(({ outcome }) => outcome === "denied");
    return [...grouped(denied).values()].map((decisions) => findingOf(decisions, place));
  },
};

/** By role and by what denies: one repair fixes them together. */
function grouped(decisions: readonly Decision[]): ReadonlyMap<string, readonly Decision[]> {
  const groups = new Map<string, Decision[]>();
  for (const decision of decisions) {
    const key = `${decision.roleArn} ${decision.by}`;
    groups.set(key, [...(groups.get(key) ?? []), decision]);
  }
  return groups;
}

function findingOf(decisions: readonly Decision[], place: Place): Finding {
  const [{ roleArn, by }] = decisions as [Decision, ...Decision[]];
  const role = roleArn.split("/").at(-1) ?? roleArn;
  const actions = [...new Set(decisions.map(({ action }) => action))];
  const isTrust = actions.includes("sts:AssumeRole");
  return {
    cause: "denied-call",
    title: isTrust
      ? `Firehose may not assume the role ${role}`
      : `The role ${role} may not call ${listText(actions)}`,
    evidence: [...new Set(decisions.map(evidenceOf))].slice(0, 3),
    fix: fixOf(by, role, place),
    explains: isTrust ? Object.values(codes).flat() : actions.flatMap(codesOf),
  };
}

function evidenceOf({ action, resource, by, reason }: Decision): string {
  const text = reason ?? `the ${by} denies ${action} on ${resource}`;
  return text.replace(sampleName, "*");
}

/** Name of an object of 1970, for which access is checked. */
const sampleName = /[^/ "]*-1970-01-01-00-00-00-0{8}[0-]*/g;

function listText(actions: readonly string[]): string {
  const [first = "", second, ...others] = actions;
  if (second === undefined) return first;
  return others.length === 0
    ? `${first} and ${second}`
    : `${first} and ${others.length + 1} others`;
}

function fixOf(by: string, role: string, place: Place): readonly Fix[] {
  const { kind, stack, existingRole = false } = place;
  if (kind === "local")
    return [
      { step: "Allow it in the program; a plan shows everything that is missing. Then:" },
      { command: `npx streamlake plan --stack ${shellWord(stack ?? "dev")}` },
      applyFix(place),
    ];
  if (by === rolePolicies && existingRole && stack !== undefined)
    return [
      outputCommand("requiredPolicy", stack, " > required-policy.json"),
      awsCommand(
        place,
        ...["iam", "put-role-policy", "--role-name", role, "--policy-name", "streamlake"],
        ...["--policy-document", "file://required-policy.json"],
      ),
    ];
  const output = outputs[by];
  if (output !== undefined && stack !== undefined)
    return [
      { step: "If the stack creates it:" },
      restoreFix(place),
      { step: `Otherwise add this to the ${by}, and remove statements that deny it:` },
      outputCommand(output, stack),
    ];
  if (by === rolePolicies || by === "trust policy") {
    const trust = {
      step: "A role that the stack does not create must trust firehose.amazonaws.com.",
    };
    return [restoreFix(place), ...(by === "trust policy" ? [trust] : [])];
  }
  return [{ step: `Ask who manages the ${by} to allow it.` }];
}

const rolePolicies = "policies of the role";

function outputCommand(output: string, stack: string, into = ""): Fix {
  const words = `pulumi stack output ${output} --show-secrets --stack ${shellWord(stack)}`;
  return { command: `${words}${into}` };
}

/** The output of the component with what an existing resource must allow. */
const outputs: Readonly<Record<string, string>> = {
  "bucket policy": "requiredBucketPolicy",
  "key policy": "requiredKeyPolicy",
};

function codesOf(action: string): readonly string[] {
  return codes[action.split(":")[0] ?? ""] ?? [];
}

/** Firehose's error codes of denied calls, by service. */
const codes: Readonly<Record<string, readonly string[]>> = {
  kinesis: ["Kinesis.AccessDenied"],
  s3: ["S3.AccessDenied"],
  kms: ["S3.AccessDenied", "Kinesis.AccessDenied", "S3.KMS.AccessDeniedException"],
  lambda: ["Lambda.InvokeAccessDenied"],
  sts: ["Lambda.AssumeRoleAccessDenied"],
};
