import type { Grant } from "../../aws/iam/decision";
import type { IamPolicy } from "../../aws/iam/language/iamPolicy";

/** Everything that a policy grants: each action of each statement on each of its resources. */
export function policyGrants({ name, statements }: IamPolicy): readonly Grant[] {
  return statements.flatMap(
    ({ sid, effect, actions, notActions = [], resources, notResources = [] }) => {
      if (effect === "Deny") return [];
      const granted = actions ?? [`NotAction ${notActions.join(", ")}`];
      const reached = resources ?? [`NotResource ${notResources.join(", ")}`];
      return granted.flatMap((action) =>
        reached.map((resource) => ({ policy: name, statement: sid, action, resource })),
      );
    },
  );
}
