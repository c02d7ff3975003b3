/** Actions by which identities give themselves, or others, more rights than they were given. */
export interface EscalationWay {
  /** All of them are needed. */
  readonly actions: readonly string[];
  /** The service that gets a role passed and acts for the caller. */
  readonly service?: string;
}

/**
 * Ways that need nothing but permissions. On IAM itself one action is enough; other services run
 * what the caller gives them with a role that the caller passes.
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
