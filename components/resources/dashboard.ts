import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { dashboardBody } from "../alarms/dashboardBody";
import { type Alarms, factsOf, metricNames, type AlarmTargets } from "./alarms";
import { nameInStack, type Scope } from "./scope";

/** The name of the pipeline's dashboard; empty if it is disabled. */
export function pipelineDashboard(
  scope: Scope,
  targets: AlarmTargets,
  alarms: Alarms,
): pulumi.Output<string> {
  const { name, parent, settings } = scope;
  if (!settings.alarms.dashboard) return pulumi.output("");
  const body = pulumi
    .output({
      alarmFacts: factsOf(scope),
      region: targets.region,
      names: metricNames(targets),
      shardCount: settings.stream.shardCount,
      thresholds: alarms.thresholds,
      alarmArns: alarms.arns.apply((arns) => Object.values(arns)),
    })
    .apply(dashboardBody);
  const { dashboardName } = new cloudwatch.Dashboard(
    name,
    { dashboardName: globalName(scope, targets), dashboardBody: pulumi.jsonStringify(body) },
    { parent },
  );
  return dashboardName;
}

/**
 * Dashboards are global in an account, so the name includes the region. It may contain letters,
 * digits, `-` and `_`, but not the dot that a stack's name may contain.
 */
function globalName(scope: Scope, { region }: AlarmTargets): pulumi.Output<string> {
  return pulumi.interpolate`${nameInStack(scope).replaceAll(".", "-")}-${region}`;
}
