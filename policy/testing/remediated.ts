import { configured } from "./configured";
import type { TestPolicy, TestPolicyConfig } from "./configured";
import type { WireProperties } from "./markers";
import { resourceRequest } from "./requests";
import { sdkHandlers } from "./sdkHandlers";
import type { TestResource } from "./testResource";

/**
 * Remediates a resource by a policy, like the engine at level `remediate`.
 *
 * @returns the new inputs, with the markers of `markers.ts`; `undefined` if nothing changes
 */
export async function remediated(
  policy: TestPolicy,
  resource: TestResource,
  config: TestPolicyConfig = {},
  inPreview = false,
): Promise<WireProperties | undefined> {
  const level = { ...config, enforcementLevel: "remediate" } as const;
  const handlers = sdkHandlers([configured(policy, level)]);
  const response = await handlers.remediate(resourceRequest(resource, inPreview));
  const [remediation] = response.getRemediationsList();
  const diagnostic = remediation?.getDiagnostic() ?? "";
  if (diagnostic !== "") throw new Error(diagnostic);
  return remediation?.getProperties()?.toJavaScript();
}
