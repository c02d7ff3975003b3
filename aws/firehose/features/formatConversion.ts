import type { Declared, DeclaredInputs } from "../model/declaredInputs";

/**
 * Conversion of JSON records to Parquet or ORC, with a table of the AWS Glue Data Catalog. The local
 * delivery engine does not support it.
 *
 * @returns whether it is enabled, which is the default once it is configured
 */
export function readFormatConversion(destination: DeclaredInputs): Declared<boolean> {
  const name = "dataFormatConversionConfiguration";
  const enabled = destination.group(name).flag("enabled");
  const converts = enabled ?? destination.names.includes(name);
  if (converts === true) {
    destination.unsupported(
      name,
      "requires conversion to Parquet and ORC, which the local delivery engine does not support",
    );
  }
  return converts;
}
