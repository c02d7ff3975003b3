import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { dashboardBody } from "../alarms/dashboardBody";
import { type Alarms, factsOf, metricNames, type AlarmTargets } from "./alarms";
import { nameInStack, type Scope } from "./scope";

/** The name of the pipeline's dashboard; empty when the settings want none. */
export function pipelineDashboard(
  scope: Scope,
  watched: AlarmTargets,
  alarms: Alarms,
): pulumi.Output<string> {
  const { name, parent, settings } = scope;
  if (!settings.alarms.dashboard) return pulumi.output("");
  const body = pulumi
    .output({
      alarmFacts: factsOf(scope),
      region: watched.region,
      names: metricNames(watched),
      shardCount: settings.stream.shardCount,
      thresholds: alarms.thresholds,
      alarmArns: alarms.arns.apply((arns) => Object.values(arns)),
    })
    .apply(dashboardBody);
  const { dashboardName } = new cloudwatch.Dashboard(
    name,
    { dashboardName: globalName(scope, watched), dashboardBody: pulumi.jsonStringify(body) },
    { parent },
  );
  return dashboardName;
}

/**
 * A dashboard belongs to all regions of its account, so that its name must tell the region. It may
 * have letters, digits, `-` and `_`, but not the dot that a stack's name may have.
 */
function globalName(scope: Scope, { region }: AlarmTargets): pulumi.Output<string> {
  return pulumi.interpolate`${nameInStack(scope).replaceAll(".", "-")}-${region}`;
}
