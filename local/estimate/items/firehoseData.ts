import type { Usage } from "../lineItem";
import type { CostItem } from "./costItem";
import { GIB } from "../traffic";

/**
 * What Firehose bills for each GB: ingestion and, if declared, conversion and decompression. Ingestion and
 * conversion are billed on records that are rounded up to 5 KB each.
 *
 * Source: Firehose pricing page. Without a figure for decompression, it is billed on decompressed data.
 */
export const firehoseData: CostItem = ({ flows }) =>
  flows.flatMap(({ traffic, records, deliveries }) =>
    deliveries.flatMap(({ delivery, billedGigabytes }): readonly Usage[] => {
      const resource = delivery.name;
      const rounded = "records, each rounded up to 5 KB";
      const decompressed = traffic.decompressedBytes;
      return [
        { id: "firehose.ingest", resource, count: billedGigabytes, basis: rounded },
        ...(delivery.convertsFormat
          ? [
              {
                id: "firehose.conversion",
                resource,
                count: billedGigabytes,
                basis: rounded,
              } as const,
            ]
          : []),
        ...(delivery.decompresses
          ? [
              {
                id: "firehose.decompression",
                resource,
                count: decompressed === undefined ? null : (records * decompressed) / GIB,
                basis: "decompressed data",
              } as const,
            ]
          : []),
      ];
    }),
  );
