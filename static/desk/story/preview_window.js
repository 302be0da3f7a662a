// The preview in a window of its own: it follows what is saved in the editor.

import { preview } from "./stage.js";

const shown = preview(document);
const { story } = document.querySelector("[data-preview-stage]").dataset;
new BroadcastChannel(`newsroom-story-${story}`).addEventListener("message", () => shown.refresh());
