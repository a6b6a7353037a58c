// Runs before the first paint: the reader's chosen scheme, else that of the device.
// A classic script on purpose; a module would come too late and the page would flash.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const stored = () => {
    try {
      return localStorage.getItem("kk-scheme");
    } catch {
      return null; // storage is closed to us, for example in a sandboxed frame
    }
  };
  const apply = () => {
    const chosen = stored();
    root.dataset.kkScheme = chosen === "dark" || chosen === "light" ? chosen : dark.matches ? "dark" : "light";
  };
  apply();
  dark.addEventListener("change", apply);
})();
// Before the first paint: scripts run, so what they will show or close can be drawn so from the start and nothing jumps.
if ("noModule" in HTMLScriptElement.prototype) document.documentElement.dataset.kkScripts = "run";
