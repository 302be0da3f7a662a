// Whichever way it went: nothing of anybody's text stays in this browser.

import { deleteCopies } from "./copies.js";

deleteCopies();
