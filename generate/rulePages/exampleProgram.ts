import * as z from "zod";

/** A value of an example: plain data, with references such as `${lake.arn}` in strings. */
export type ExampleValue = z.infer<typeof valueSchema>;

/** A resource as a Pulumi program in YAML declares it. */
export type ExampleResource = z.infer<typeof resourceSchema>;

/** Resources by name, in the order of declaration. */
export type ExampleProgram = Readonly<Record<string, ExampleResource>>;

const valueSchema = z.json();

const resourceSchema = z.strictObject({
  /** `aws:s3:Bucket` */
  type: z.string().regex(/^aws:\w+:\w+$/u),
  properties: z.record(z.string(), valueSchema).default({}),
  options: z
    .strictObject({
      dependsOn: z.exactOptional(z.array(z.string())),
      protect: z.exactOptional(z.boolean()),
    })
    .optional(),
});

/** Of a program in an example. */
export const programSchema = z.record(z.string().regex(/^[a-z][a-z0-9-]*$/u), resourceSchema);
