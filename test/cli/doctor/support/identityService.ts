import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** What the stand-in of STS and IAM answers. */
export interface IdentityAnswers {
  readonly arn?: string;
  /** The ARN of the role whose session `arn` is. */
  readonly roleArn?: string;
  /** Error code of GetCallerIdentity. */
  readonly identityError?: string;
  /** Error code of SimulatePrincipalPolicy. */
  readonly simulationError?: string;
  readonly denied?: readonly string[];
}

/** A simulation as it was asked for. */
export interface AskedSimulation {
  readonly principal: string | null;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly contextKeys: readonly string[];
}

/** A loopback endpoint that speaks the query protocol of STS and IAM. */
export async function identityService(answers: IdentityAnswers) {
  const asked: AskedSimulation[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const parameters = new URLSearchParams(body);
      const action = parameters.get("Action") ?? "";
      const error = errorOf(action, answers);
      response.statusCode = error === undefined ? 200 : error === "AccessDenied" ? 403 : 400;
      response.setHeader("content-type", "text/xml");
      if (action === "SimulatePrincipalPolicy") asked.push(simulationIn(parameters));
      response.end(error === undefined ? answerOf(action, parameters, answers) : failure(error));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    asked,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function errorOf(action: string, answers: IdentityAnswers): string | undefined {
  if (action === "GetCallerIdentity") return answers.identityError;
  if (action === "SimulatePrincipalPolicy") return answers.simulationError;
  return action === "GetRole" && answers.roleArn === undefined ? "AccessDenied" : undefined;
}

function failure(code: string): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>m</Message></Error><RequestId>1</RequestId></ErrorResponse>`;
}

function answerOf(action: string, parameters: URLSearchParams, answers: IdentityAnswers): string {
  const { arn = "arn:aws:iam::123456789012:user/ci", roleArn = "", denied = [] } = answers;
  const [, , , , account = ""] = arn.split(":");
  const result = {
    GetCallerIdentity: `<Arn>${arn}</Arn><UserId>A</UserId><Account>${account}</Account>`,
    GetRole: `<Role><Path>/</Path><RoleName>r</RoleName><RoleId>R</RoleId><Arn>${roleArn}</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate></Role>`,
    SimulatePrincipalPolicy: `<IsTruncated>false</IsTruncated><EvaluationResults>${simulationIn(
      parameters,
    )
      .actions.map((name) => resultOf(name, denied.includes(name)))
      .join("")}</EvaluationResults>`,
  }[action];
  return `<${action}Response><${action}Result>${result ?? ""}</${action}Result></${action}Response>`;
}

function resultOf(action: string, isDenied: boolean): string {
  const decision = isDenied ? "implicitDeny" : "allowed";
  return `<member><EvalActionName>${action}</EvalActionName><EvalResourceName>*</EvalResourceName><EvalDecision>${decision}</EvalDecision></member>`;
}

function simulationIn(parameters: URLSearchParams): AskedSimulation {
  const members = (pattern: RegExp) =>
    [...parameters].flatMap(([name, value]) => (pattern.test(name) ? [value] : []));
  return {
    principal: parameters.get("PolicySourceArn"),
    actions: members(/^ActionNames\.member\.\d+$/u),
    resources: members(/^ResourceArns\.member\.\d+$/u),
    contextKeys: members(/^ContextEntries\.member\.\d+\.ContextKeyName$/u),
  };
}
