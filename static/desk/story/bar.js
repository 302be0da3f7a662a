// The editor's tools stay in sight below the bar, however many lines it takes.

const bar = document.querySelector(".story-bar");

new ResizeObserver(() => {
  document.documentElement.style.setProperty("--editor-toolbar-top", `${bar.offsetHeight}px`);
}).observe(bar);
