// @ts-check
/*
 * Turns a link to Kaikki keinot into a card, on the page of whoever took the snippet. The link is replaced only when the
 * card has answered; whatever fails, the link stays. No globals, no storage, nothing sent anywhere.
 * Snippets carry the hash of this file, so it is never edited: a new version is a new file with the next number.
 */
(() => {
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement)) return;
  const root = new URL("./", script.src);
  const known = /^(?:(?:keinot|toimijat|tilanteet|kunnat|tarpeet|vaiheet|laskurit)\/[a-z0-9-]{1,80}|haku|muutokset)$/;
  const patience = 10000;

  const show = (/** @type {HTMLAnchorElement} */ link) => {
    const what = link.dataset.kaikkiKeinot ?? "";
    const { teema, kieli, leveys } = link.dataset;
    link.removeAttribute("data-kaikki-keinot"); // once, also when the script stands on the page many times
    if (!known.test(what)) return;
    const address = new URL(`${what}/`, root);
    if (teema === "vaalea" || teema === "tumma") address.searchParams.set("teema", teema);
    if (kieli === "sv" || kieli === "en") address.searchParams.set("kieli", kieli);

    const frame = document.createElement("iframe");
    frame.title = `${(link.textContent ?? "").trim()} – Kaikki keinot käyttöön`;
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms allow-downloads");
    frame.referrerPolicy = "no-referrer";
    const style = frame.style;
    style.border = "0";
    style.width = "100%";
    style.maxWidth = `${Math.min(1200, Math.max(240, Number.parseInt(leveys ?? "", 10) || 700))}px`;
    style.display = "block";
    // Laid out, so that the card knows its width, but not there for anyone before it answers.
    style.position = "absolute";
    style.visibility = "hidden";
    style.height = "0";

    let shown = false;
    const hear = (/** @type {MessageEvent} */ event) => {
      if (event.source !== frame.contentWindow || event.origin !== root.origin) return;
      const data = event.data;
      if (!data || data.tyyppi !== "kaikki-keinot-korkeus" || data.versio !== 1) return;
      if (typeof data.korkeus !== "number" || !Number.isFinite(data.korkeus)) return;
      style.height = `${Math.min(1200, Math.max(120, Math.ceil(data.korkeus)))}px`;
      if (shown) return;
      shown = true;
      clearTimeout(late);
      const focused = document.activeElement === link;
      style.position = "static";
      style.visibility = "visible";
      link.hidden = true;
      link.style.display = "none";
      if (focused) frame.focus();
    };
    const late = setTimeout(() => {
      removeEventListener("message", hear);
      frame.remove();
    }, patience);
    addEventListener("message", hear);
    frame.src = address.href;
    link.after(frame);
  };

  const all = () => {
    for (const link of document.querySelectorAll("a[data-kaikki-keinot]")) if (link instanceof HTMLAnchorElement) show(link);
  };
  all();
  // Some systems move scripts to the head: the links come later.
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", all);
})();
