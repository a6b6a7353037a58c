// @ts-check
/**
 * The texts that people copy: links, cards, citations. No DOM here: runs in the browser and in Node.
 *
 * @typedef {{root: string, folder: string, id: string, name: string, theme: string, language: string, width: number, height: number, script: string, integrity: string}} Card
 */

/** For text and attributes of HTML. @param {string} text */
export const escaped = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;");

/** The text of a Markdown link: its own signs are only signs. @param {string} text */
const marked = (text) => text.replace(/[\\[\]*_`<>]/g, "\\$&");

/** @param {string} name @param {string} address */
export const asHtml = (name, address) => `<a href="${escaped(address)}">${escaped(name)}</a>`;

/** @param {string} name @param {string} address */
export const asMarkdown = (name, address) => `[${marked(name)}](${address.replace(/[()]/g, encodeURIComponent)})`;

/**
 * A citation with the date of the facts, how sure they are, when they were read, and the licence.
 * @param {{name: string, address: string, site: string, reviewed: string, level: string, today: string}} page
 */
export const asCitation = ({ name, address, site, reviewed, level, today }) =>
  `${site}: ${name}.${reviewed ? ` Tiedot ${reviewed}${level ? ` (${level})` : ""}.` : ""} Luettu ${today}. ${address} CC BY 4.0.`;

/** The site path of what is shown. @param {string} folder @param {string} id */
export const pageOf = (folder, id) =>
  ({ kunnat: `alueet/kunnat/${id}/`, tarpeet: `keinot/tarpeet/${id}/`, vaiheet: `keinot/vaiheet/${id}/`, laskurit: `laskurit/#${id}`, haku: "keinot/", muutokset: "muutokset/" })[folder] ??
  `${folder}/${id}/`;

/** The site path of a card, with its settings. @param {Pick<Card, "folder" | "id" | "theme" | "language">} card */
export const cardOf = ({ folder, id, theme, language }) => {
  const asked = new URLSearchParams();
  if (theme === "vaalea" || theme === "tumma") asked.set("teema", theme);
  if (language === "sv" || language === "en") asked.set("kieli", language);
  const query = asked.toString();
  return `upota/${folder}/${id ? `${id}/` : ""}${query ? `?${query}` : ""}`;
};

const SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-forms";

/** All four ways to show a card. @param {Card} card */
export const snippets = (card) => {
  const { root, folder, id, name, theme, language, width, height, script, integrity } = card;
  const page = root + pageOf(folder, id);
  const options = [
    theme === "vaalea" || theme === "tumma" ? ` data-teema="${theme}"` : "",
    language === "sv" || language === "en" ? ` data-kieli="${language}"` : "",
    width === 700 ? "" : ` data-leveys="${width}"`,
  ].join("");
  const sandbox = folder === "laskurit" ? `${SANDBOX} allow-same-origin allow-downloads` : SANDBOX;
  // The border by an attribute: a strict policy of the page (CSP) lets no style attribute work, and tells of each.
  const style = width === 700 ? "" : ` style="max-width:${width}px"`;
  return {
    linkki:
      `<a href="${escaped(page)}" data-kaikki-keinot="${escaped(id ? `${folder}/${id}` : folder)}"${options}>${escaped(name)}</a>\n` +
      `<script src="${escaped(root + script)}" integrity="${escaped(integrity)}" crossorigin="anonymous" async></script>`,
    kehys:
      `<iframe src="${escaped(root + cardOf(card))}" title="${escaped(name)} – Kaikki keinot käyttöön" width="100%" ` +
      `height="${height}" frameborder="0"${style} loading="lazy" sandbox="${sandbox}"></iframe>`,
    pelkka: asHtml(name, page),
    markdown: asMarkdown(name, page),
  };
};
