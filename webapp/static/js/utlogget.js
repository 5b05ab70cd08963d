// The page after sign-out: nothing of the bruker's is left on this device.

import { forgetDevice } from "./glem.js";

forgetDevice();
