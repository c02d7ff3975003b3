import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a user may have set for AWS, none of which may affect calls to this machine. */
export interface HostileAws {
  readonly env: NodeJS.ProcessEnv;
  /** How many connections reached the place to which the settings redirect. */
  redirected(): number;
  stop(): Promise<void>;
}

/**
 * A home directory and an environment in which every setting that AWS SDKs know is set to something that
 * breaks or redirects a call.
 *
 * @param odd also sets values that no SDK accepts
 */
export async function hostileAws({ odd = false } = {}): Promise<HostileAws> {
  let connections = 0;
  const decoy = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  decoy.listen(0, "127.0.0.1");
  await once(decoy, "listening");
  const elsewhere = `http://127.0.0.1:${(decoy.address() as AddressInfo).port}`;
  const home = mkdtempSync(join(tmpdir(), "streamlake-home-"));
  mkdirSync(join(home, ".aws"));
  writeFileSync(join(home, ".aws/config"), configFile(elsewhere, odd));
  return {
    env: { ...environment(elsewhere, odd), HOME: home, USERPROFILE: home },
    redirected: () => connections,
    async stop() {
      rmSync(home, { recursive: true });
      decoy.close();
      await once(decoy, "close");
    },
  };
}

function environment(elsewhere: string, odd: boolean): Record<string, string> {
  return {
    AWS_ACCOUNT_ID_ENDPOINT_MODE: "required",
    AWS_AUTH_SCHEME_PREFERENCE: "sigv4a",
    AWS_CA_BUNDLE: "/nowhere/bundle.pem",
    AWS_DEFAULTS_MODE: odd ? "quick" : "mobile",
    AWS_DISABLE_S3_EXPRESS_SESSION_AUTH: odd ? "perhaps" : "false",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_ENDPOINT_URL: elsewhere,
    AWS_ENDPOINT_URL_KINESIS: elsewhere,
    AWS_ENDPOINT_URL_S3: elsewhere,
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true",
    AWS_MAX_ATTEMPTS: odd ? "many" : "1",
    AWS_PROFILE: "missing",
    AWS_REGION: "us-gov-west-1",
    AWS_DEFAULT_REGION: "us-gov-west-1",
    AWS_REQUEST_CHECKSUM_CALCULATION: odd ? "SOMETIMES" : "WHEN_REQUIRED",
    AWS_RESPONSE_CHECKSUM_VALIDATION: odd ? "SOMETIMES" : "WHEN_REQUIRED",
    AWS_RETRY_MODE: odd ? "often" : "adaptive",
    AWS_S3_USE_ARN_REGION: odd ? "perhaps" : "true",
    AWS_SDK_UA_APP_ID: "x".repeat(60),
    AWS_SESSION_TOKEN: "expired",
    AWS_SIGV4A_SIGNING_REGION_SET: "*",
    AWS_USE_DUALSTACK_ENDPOINT: odd ? "perhaps" : "true",
    AWS_USE_FIPS_ENDPOINT: odd ? "perhaps" : "true",
    ...Object.fromEntries(
      ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"].flatMap((name) => [
        [name, elsewhere],
        [name.toLowerCase(), elsewhere],
      ]),
    ),
    NO_PROXY: "",
    no_proxy: "",
  };
}

function configFile(elsewhere: string, odd: boolean): string {
  return [
    "[default]",
    "region = us-gov-west-1",
    `use_fips_endpoint = ${odd ? "perhaps" : "true"}`,
    `use_dualstack_endpoint = ${odd ? "perhaps" : "true"}`,
    "defaults_mode = mobile",
    "retry_mode = adaptive",
    "max_attempts = 1",
    "request_checksum_calculation = when_required",
    "sigv4a_signing_region_set = *",
    `endpoint_url = ${elsewhere}`,
    "services = elsewhere",
    "s3 =",
    "  addressing_style = virtual",
    "  use_accelerate_endpoint = true",
    "",
    "[services elsewhere]",
    "s3 =",
    `  endpoint_url = ${elsewhere}`,
    "kinesis =",
    `  endpoint_url = ${elsewhere}`,
    "",
  ].join("\n");
}
