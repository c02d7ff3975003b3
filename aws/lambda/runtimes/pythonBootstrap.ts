import { pipes } from "./nodejsBootstrap";

/**
 * Runs a function for Python: finds the handler, then answers one call after the other.
 *
 * Source: Lambda Developer Guide, "Define Lambda function handler in Python" and "Using the Lambda context
 * object to retrieve Python function information".
 */
export const PYTHON_BOOTSTRAP = `
import importlib, json, os, signal, sys, threading, time, traceback

def end_with_lifeline():
    try:
        os.read(${pipes.lifeline}, 1)
    finally:
        # With what the function has started.
        if hasattr(os, "killpg"):
            os.killpg(os.getpid(), signal.SIGKILL)
        os._exit(137)

threading.Thread(target=end_with_lifeline, daemon=True).start()

# One direction each: a file of Python that reads and writes must be seekable.
incoming = os.fdopen(${pipes.calls}, "r", encoding="utf-8")
outgoing = os.fdopen(os.dup(${pipes.calls}), "w", encoding="utf-8")
os.set_inheritable(${pipes.calls}, False)
os.set_inheritable(${pipes.lifeline}, False)

def send(message):
    sys.stdout.flush()
    sys.stderr.flush()
    outgoing.write(json.dumps(message) + "\\n")
    outgoing.flush()

class RuntimeFailure(Exception):
    def __init__(self, name, message):
        super().__init__(message)
        self.name = name

def described(error):
    name = error.name if isinstance(error, RuntimeFailure) else type(error).__name__
    return {"errorType": name, "errorMessage": str(error)}

def find_handler(handler):
    module_name, dot, name = handler.rpartition(".")
    if not dot or not module_name or not name:
        raise RuntimeFailure("Runtime.MalformedHandlerName", "Bad handler '%s'" % handler)
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except SyntaxError as error:
        traceback.print_exc()
        raise RuntimeFailure("Runtime.UserCodeSyntaxError", "Syntax error in module '%s': %s" % (module_name, error))
    except ImportError as error:
        traceback.print_exc()
        raise RuntimeFailure("Runtime.ImportModuleError", "Unable to import module '%s': %s" % (module_name, error))
    found = getattr(module, name, None)
    if found is None:
        raise RuntimeFailure("Runtime.HandlerNotFound", "Handler '%s' missing on module '%s'" % (name, module_name))
    return found

class Context:
    def __init__(self, call):
        given = call["context"]
        self.aws_request_id = call["requestId"]
        self.function_name = given["functionName"]
        self.function_version = given["functionVersion"]
        self.invoked_function_arn = given["invokedFunctionArn"]
        self.memory_limit_in_mb = given["memoryLimitInMB"]
        self.log_group_name = given["logGroupName"]
        self.log_stream_name = given["logStreamName"]
        self.identity = None
        self.client_context = None
        self._deadline = call["deadline"]

    def get_remaining_time_in_millis(self):
        return max(0, int(self._deadline - time.time() * 1000))

    def log(self, message):
        print(message)

sys.path.insert(0, os.environ["LAMBDA_TASK_ROOT"])
try:
    handler = find_handler(os.environ["_HANDLER"])
except BaseException as error:
    if not isinstance(error, RuntimeFailure):
        traceback.print_exc()
    send({"ready": False, "error": described(error)})
    os._exit(1)
send({"ready": True})

for line in incoming:
    call = json.loads(line)
    try:
        result = handler(json.loads(call["event"]), Context(call))
        answer = {"payload": json.dumps(result)}
    except BaseException as error:
        traceback.print_exc()
        answer = {"error": described(error)}
    send(answer)
os._exit(0)
`;
