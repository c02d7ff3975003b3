import type { CostItem } from "./costItem";
import { resourceOf } from "./s3Storage";

/** Firehose writes each object with one request; below 60 s of interval with several, as parts. */
export const s3Requests: CostItem = ({ flows }) =>
  flows
    .flatMap(({ deliveries }) => deliveries.flatMap(({ outputs }) => outputs))
    .map((flow) => {
      const isMultipart = flow.output.bufferSeconds < shortestWholePut;
      return {
        id: "s3.put",
        resource: resourceOf(flow),
        count: flow.objects * (isMultipart ? requestsOfParts : 1),
        basis: isMultipart ? "objects, each created, uploaded and completed" : "objects",
      };
    });

/** Source: Firehose Developer Guide, "Configure buffering hints". */
const shortestWholePut = 60;
/** CreateMultipartUpload, one UploadPart and CompleteMultipartUpload: the fewest of an upload. */
const requestsOfParts = 3;
