// The story editor. Everything here is a comfort: without it the page is a form that works.
//
// One module a concept; each does its own part of the page when it is imported. What several need of the form stands
// in form.js.

import "../desk.js";
import "./bar.js";
import "./growing.js";
import "./size.js";
import "./bylines.js";
import "./picture.js";
import "./preview.js";
import "./errors.js";
import "./presence.js";
import "./saving.js";
import "./copy.js";
