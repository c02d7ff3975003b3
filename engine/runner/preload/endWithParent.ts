import { endWithParent } from "./lifeline";

// Node.js loads this file first in every Node.js process that a command starts.
endWithParent();
