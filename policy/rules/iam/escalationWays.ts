/** Actions by which identities grant themselves, or others, more permissions. */
export interface EscalationWay {
  /** All of them together are required. */
  readonly actions: readonly string[];
  /** The service that receives a role and acts on behalf of the caller. */
  readonly service?: string;
}

/**
 * Ways that require only permissions. In IAM itself, one action is enough; other services run what
 * the caller provides, with a role that the caller passes.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html and
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export const escalationWays: readonly EscalationWay[] = [
  ...[
    "AddUserToGroup",
    "AttachGroupPolicy",
    "AttachRolePolicy",
    "AttachUserPolicy",
    "CreateAccessKey",
    "CreateLoginProfile",
    "CreatePolicyVersion",
    "DeleteRolePermissionsBoundary",
    "DeleteUserPermissionsBoundary",
    "PutGroupPolicy",
    "PutRolePolicy",
    "PutUserPolicy",
    "SetDefaultPolicyVersion",
    "UpdateAssumeRolePolicy",
    "UpdateLoginProfile",
  ].map((action) => ({ actions: [`iam:${action}`] })),
  passing("cloudformation", "CreateStack"),
  passing("codebuild", "CreateProject", "StartBuild"),
  passing("datapipeline", "CreatePipeline", "PutPipelineDefinition"),
  passing("ec2", "RunInstances"),
  passing("ecs-tasks", "RegisterTaskDefinition", "RunTask"),
  passing("glue", "CreateDevEndpoint"),
  passing("glue", "CreateJob", "StartJobRun"),
  passing("lambda", "CreateFunction", "AddPermission"),
  passing("lambda", "CreateFunction", "CreateEventSourceMapping"),
  passing("lambda", "CreateFunction", "InvokeFunction"),
  passing("sagemaker", "CreateNotebookInstance", "CreatePresignedNotebookInstanceUrl"),
  passing("states", "CreateStateMachine", "StartExecution"),
];

function passing(principal: string, ...names: readonly string[]): EscalationWay {
  const prefix = principal === "ecs-tasks" ? "ecs" : principal;
  return {
    actions: ["iam:PassRole", ...names.map((name) => `${prefix}:${name}`)],
    service: `${principal}.amazonaws.com`,
  };
}
