import { LIFELINE } from "../preload/lifeline";

/** Exit code of the bootstrap if the package `pulumi` cannot be imported. */
export const NO_SDK = 90;

/**
 * Runs a Python program as Pulumi's language host does: its arguments are the program and the
 * directory whose frames of a traceback are the program's. It ends with its lifeline.
 */
export const BOOTSTRAP = `
import os, sys, threading

def end_with_lifeline():
    os.set_inheritable(${LIFELINE}, False)
    try:
        os.read(${LIFELINE}, 1)
    finally:
        os._exit(137)

threading.Thread(target=end_with_lifeline, daemon=True).start()

program, root = sys.argv[1:3]
sys.argv = [program]

try:
    import pulumi
    import pulumi.runtime
except ModuleNotFoundError as error:
    print(error, file=sys.stderr)
    sys.stderr.flush()
    os._exit(${NO_SDK})

import asyncio, inspect, json, logging, runpy, traceback

def own_frame(error):
    if isinstance(error, SyntaxError) and error.filename:
        return os.path.abspath(error.filename), error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    below = os.path.join(os.path.abspath(root), "")
    own = [
        frame for frame in frames
        if os.path.abspath(frame.filename).startswith(below)
        and "site-packages" not in frame.filename
        and os.path.exists(frame.filename)
    ]
    return (os.path.abspath(own[-1].filename), own[-1].lineno) if own else None

def described(error):
    message = error.msg if isinstance(error, SyntaxError) else str(error)
    name = type(error).__name__
    is_plain = isinstance(error, pulumi.RunError) or type(error) in (Exception, RuntimeError)
    text = message if is_plain and message else f"{name}: {message}" if message else name
    frame = own_frame(error)
    if frame is not None:
        first, *rest = text.split("\\n")
        text = "\\n".join([f"{first} ({os.path.relpath(frame[0])}:{frame[1]})", *rest])
    return text

def report(error):
    trace = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    pulumi.log.error(described(error) + "\\n\\n" + trace)

def options():
    env = os.environ
    given = {
        "project": env["PULUMI_PROJECT"],
        "stack": env["PULUMI_STACK"],
        "root_directory": env["PULUMI_ROOT_DIRECTORY"],
        "parallel": int(env["PULUMI_PARALLEL"]),
        "engine_address": env["PULUMI_ENGINE"],
        "monitor_address": env["PULUMI_MONITOR"],
        "preview": True,
        "organization": env["PULUMI_ORGANIZATION"],
    }
    # Older versions of the SDK have fewer options.
    known = inspect.signature(pulumi.runtime.reset_options).parameters
    return {name: value for name, value in given.items() if name in known}

logging.getLogger("asyncio").setLevel(logging.CRITICAL)
pulumi.runtime.reset_options(**options())
pulumi.runtime.set_all_config(
    json.loads(os.environ["PULUMI_CONFIG"]),
    json.loads(os.environ["PULUMI_CONFIG_SECRET_KEYS"]),
)
# The first entry is that of "python -c", the directory of the program.
sys.path[0] = os.path.abspath(program if os.path.isdir(program) else os.path.dirname(program) or ".")
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
code = 0
try:
    run = lambda: runpy.run_path(program, run_name="__main__") and None
    loop.run_until_complete(pulumi.runtime.run_in_stack(run))
except SystemExit as error:
    code = error.code if isinstance(error.code, int) else 0 if error.code is None else 1
    if isinstance(error.code, str):
        report(error)
except BaseException as error:
    code = 1
    report(error)
finally:
    sys.stdout.flush()
    sys.stderr.flush()
    # Threads of gRPC and unfinished tasks must not keep the process running.
    os._exit(code)
`;
