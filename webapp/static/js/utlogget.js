// The page after sign-out: nothing of the bruker's is left on this device. What somebody else could not send from it, sealed,
// is theirs (data-behold), and so it was before (decision 16).

import { forgetDevice } from "./glem.js";

forgetDevice(document.querySelector("[data-behold]") ? () => true : null);
