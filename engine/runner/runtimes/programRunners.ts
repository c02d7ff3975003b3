import type { RuntimeName } from "../../stack/projectFile";
import { go } from "./go";
import { nodejs } from "./nodejs";
import type { ProgramRunner } from "./programRunner";
import { python } from "./python";

/** The runner of each runtime. */
export const programRunners: Readonly<Record<RuntimeName, ProgramRunner>> = { nodejs, python, go };
