import {
  type GraphResource,
  type ResourceGraph,
  resourcesOfType,
} from "../../../engine/graph/resourceGraph";

/** The delivery streams that a program makes; those that it only reads are somebody else's. */
export function declaredDeliveryStreams(graph: ResourceGraph): readonly GraphResource[] {
  const type = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
  return resourcesOfType(graph, type).filter(({ external }) => !external);
}
