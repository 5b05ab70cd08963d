// The script of the theme page.

import { startTheme } from "./temastart.js";

startTheme({ fresh: true });
