/**
 * Why a record cannot be converted. The codes and the beginnings of the messages are those of error
 * objects that AWS delivered; the cause that follows is often that of a Java library.
 */
export class ConversionFailure extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** A record that is not JSON. */
export function parseFailure(cause: string): ConversionFailure {
  return new ConversionFailure(
    "DataFormatConversion.ParseError",
    `Encountered malformed JSON. ${cause}`,
  );
}

/** A value that a column cannot have. */
export function mismatch(cause: string): ConversionFailure {
  return malformed(`Data does not match the schema. ${cause}`);
}

export function malformed(message: string): ConversionFailure {
  return new ConversionFailure("DataFormatConversion.MalformedData", message);
}

/** How Java's number parsers reject a string. */
export function notParsed(text: string): ConversionFailure {
  return mismatch(`For input string: "${shortened(text)}"`);
}

/** The wording is not AWS's, which is not known. */
export function outOfRange(text: string, type: string): ConversionFailure {
  return mismatch(`The value ${shortened(text)} is out of range for ${type}`);
}

/** A record may contain a value of any length. */
export function shortened(text: string): string {
  return text.length <= 100 ? text : `${text.slice(0, 100)}...`;
}
