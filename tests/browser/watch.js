// Runs before everything else on a page that is watched: notes what code of a text would do, and what the browser says.
(() => {
  const seen = [];
  const note = (what) => seen.push(String(what).slice(0, 300));
  Object.defineProperty(window, "seen", { value: seen, configurable: false, writable: false });
  for (const name of ["canary", "alert", "confirm", "prompt", "print", "open"]) {
    const trap = () => { note("ran " + name); return null; };
    Object.defineProperty(window, name, { value: trap, configurable: false, writable: false });
  }
  addEventListener("error", (event) => event.message && note("error " + event.message));
  addEventListener("unhandledrejection", (event) => note("rejection " + event.reason));
  addEventListener("message", (event) => event.origin === location.origin || note("message from " + event.origin));
  document.addEventListener("securitypolicyviolation",
    (event) => note("policy " + event.effectiveDirective + " " + event.blockedURI));
})();
