/** Data and errors lie in folders of their own, so that a crawler of one never reads the other. */
export function defaultPrefixes(name: string): { prefix: string; errorPrefix: string } {
  return {
    prefix: `raw/${name}/!{timestamp:yyyy/MM/dd}/`,
    errorPrefix: `errors/${name}/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/`,
  };
}
