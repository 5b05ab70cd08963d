// Nobody is signed in here any longer. After sign-out nothing of the bruker's is left on this device; what somebody else could
// not send from it, sealed, is theirs (data-behold), and so it was before. The server may also see that a session has run out
// with no page open (data-okt): then what is forgotten is what an open page would have forgotten (decision 16).

import { forgetDevice, forgetSession } from "./glem.js";

const said = (what) => document.querySelector(`script[data-${what}]`) !== null;
if (said("okt")) forgetSession();
else forgetDevice(said("behold") ? () => true : null);
