import { type Debugger, Session } from "node:inspector";

const urls = new Map<string, string>();
let session: Session | undefined;

/**
 * Replaces `runtime/closure/v8Hooks.js` of @pulumi/pulumi, which connects every program to the debugger of
 * V8, because a function that becomes an archive is described by the debugger. This one connects when
 * the first function is: the debugger then reports all scripts that are in use.
 */
export const scriptUrls = {
  getSessionAsync: (): Promise<Session> => Promise.resolve((session ??= connected())),
  isInitializedAsync: (): Promise<void> => Promise.resolve(),
  getScriptUrl: (id: string): string | undefined => urls.get(id),
};

function connected(): Session {
  const connecting = new Session();
  connecting.connect();
  connecting.on(
    "Debugger.scriptParsed",
    ({ params }: { params: Debugger.ScriptParsedEventDataType }) => {
      urls.set(params.scriptId, params.url);
    },
  );
  connecting.post("Debugger.enable");
  return connecting;
}
