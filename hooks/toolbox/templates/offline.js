// The ground of the copy for a folder or a memory stick. From file: a browser loads no modules and fetches nothing,
// so modules stand here as functions, and data comes as scripts that are added when somebody first asks for it.
"use strict";
const kkOffline = (() => {
  const home = new URL("../", document.currentScript.src);
  const makers = {};
  const made = {};
  const waiting = {};
  const loading = {};
  let known = [];

  /** A folder has no first page of its own under file:, so its page is named. Only dots are the way to a root, not to a page. */
  class FileURL extends URL {
    constructor(address, base) {
      super(address, base);
      if (this.protocol === "file:" && this.pathname.endsWith("/") && !/^[./]*$/.test(address)) this.pathname += "index.html";
    }
  }

  const data = (name) =>
    (loading[name] ??= new Promise((found, failed) => {
      waiting[name] = found;
      const script = document.createElement("script");
      script.src = new URL(`offline/${name}.js`, home).href;
      script.onerror = () => failed(new Error(name));
      document.head.append(script);
    }));

  const fetch = async (address) => {
    const name = known.find((one) => String(address).endsWith(`api/v1/${one}`));
    if (!name) throw new TypeError(`${address}: not in the copy`);
    const value = await data(name);
    return { ok: true, status: 200, json: async () => value };
  };

  /** Some browsers keep the address of a local page as it is: then the choices only are not in it. */
  const history = {
    get state() {
      return window.history.state;
    },
    replaceState: (...what) => attempt(() => window.history.replaceState(...what)),
    pushState: (...what) => attempt(() => window.history.pushState(...what)),
  };
  const attempt = (action) => {
    try {
      action();
    } catch {
      // the page works without it
    }
  };

  const repair = (element) => {
    for (const name of ["href", "data-href", "src"]) {
      const value = element.getAttribute(name);
      const ours = value && (value.startsWith("file:") || !/^[a-z]+:/.test(value));
      if (ours && /\/(?=$|[?#])/.test(value)) element.setAttribute(name, value.replace(/\/(?=$|[?#])/, "/index.html"));
    }
  };
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "attributes") repair(target);
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        repair(node);
        node.querySelectorAll("[href], [data-href], [src]").forEach(repair);
      }
    }
  }).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["href", "data-href", "src"] });

  return {
    define: (name, maker) => (makers[name] = maker),
    /** The exports of a module, run once. */
    use: (name) => {
      if (!made[name]) makers[name]((made[name] = {}), FileURL, fetch, history);
      return made[name];
    },
    /** The address of a module, as it would have of itself. */
    at: (name) => new URL(`assets/${name}`, home).href,
    /** The names of the data there is. */
    has: (names) => (known = names),
    give: (name, value) => waiting[name](value),
  };
})();
