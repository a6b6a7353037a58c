// @ts-check
/** The page Upota ja jaa: what is chosen becomes a preview and snippets. The snippets of the page itself are its example. */
import { cardOf, snippets } from "./snippets.js";
import { engine } from "./search-field.js";

const KINDS = { keinot: "measure", toimijat: "actor", tilanteet: "situation", kunnat: "municipality" };
/** @template {HTMLElement} T @param {string} name @returns {T} */
const part = (name) => /** @type {T} */ (document.querySelector(`[data-kk-${name}]`));

const form = /** @type {HTMLFormElement} */ (part("maker"));
const kind = /** @type {HTMLSelectElement} */ (part("kind"));
const find = /** @type {HTMLInputElement} */ (part("find"));
const which = /** @type {HTMLSelectElement} */ (part("which"));
const settings = ["theme", "language", "width"].map((name) => /** @type {HTMLSelectElement} */ (part(name)));
const one = part("one");
const count = part("count");
const status = part("maker-status");
const preview = part("preview");
const here = new URL(form.dataset.kkRoot ?? "", location.href).href;
const root = form.dataset.kkUrl || here;

/** @type {{id: string, name: string}[]} */
let all = [];
let turn = 0;
/** @type {HTMLIFrameElement | null} */
let frame = null;

/** All that can be shown of a kind, in alphabetical order. @param {string} folder */
async function listOf(folder) {
  const fixed = document.querySelector(`[data-kk-choices="${folder}"]`);
  if (fixed instanceof HTMLSelectElement) return [...fixed.options].map((row) => ({ id: row.value, name: row.text }));
  const wanted = KINDS[/** @type {keyof typeof KINDS} */ (folder)];
  const index = await engine(form);
  return index.entries
    .filter((entry) => entry.kind === wanted)
    .map(({ id, name }) => ({ id, name }))
    .sort((a, b) => a.name.localeCompare(b.name, "fi"));
}

/** What is left of the list for the words in the field, the best first. */
async function matching() {
  const words = find.value.trim().slice(0, 80);
  if (!words) return all;
  const low = words.toLowerCase();
  const wanted = KINDS[/** @type {keyof typeof KINDS} */ (kind.value)];
  const plain = all.filter((row) => row.name.toLowerCase().includes(low));
  if (!wanted) return plain;
  const index = await engine(form);
  const hits = index.search(words, { limit: 60 }).filter((hit) => hit.kind === wanted).map((hit) => hit.id);
  const found = hits.map((id) => all.find((row) => row.id === id)).filter((row) => row !== undefined);
  return [...new Set([...found, ...plain])];
}

/** @param {string} [wished] an id to choose */
async function list(wished) {
  const mine = ++turn;
  try {
    const rows = await matching();
    if (mine !== turn) return;
    which.replaceChildren(...rows.map((row) => new Option(row.name, row.id)));
    const at = Math.max(0, rows.findIndex((row) => row.id === (wished ?? rows[0]?.id)));
    which.selectedIndex = rows.length ? at : -1;
    count.textContent = rows.length ? `${rows.length} vaihtoehtoa` : "Ei osumia. Kokeile toista sanaa.";
  } catch {
    count.textContent = "Luetteloa ei saatu. Lataa sivu uudelleen.";
  }
  draw();
}

/** @param {string} [wished] */
async function choose(wished) {
  const option = kind.selectedOptions[0];
  one.hidden = !("kkMany" in option.dataset);
  find.value = "";
  all = [];
  if (one.hidden) return draw();
  const folder = kind.value;
  try {
    const rows = await listOf(folder);
    if (folder !== kind.value) return; // another kind was chosen meanwhile
    all = rows;
  } catch {
    // the list says it
  }
  await list(wished);
}

function draw() {
  const option = kind.selectedOptions[0];
  const many = "kkMany" in option.dataset;
  const id = many ? which.value : "";
  if (many && !id) return;
  const [theme, language, width] = settings.map((field) => field.value);
  const card = {
    root, folder: kind.value, id, name: many ? which.selectedOptions[0].text : option.text, theme, language, width: Number(width),
    height: Number(option.dataset.kkHeight), script: form.dataset.kkScript ?? "", integrity: form.dataset.kkIntegrity ?? "",
  };
  for (const [name, text] of Object.entries(snippets(card))) {
    const code = document.querySelector(`[data-kk-snippet="${name}"]`);
    if (code) code.textContent = text;
  }
  const src = here + cardOf(card);
  if (frame?.src === src && frame.style.maxWidth === `${width}px`) return;
  // A new frame each time: a change of address would fill the history of the browser.
  frame = document.createElement("iframe");
  frame.title = `Esikatselu: ${card.name}`;
  frame.setAttribute("sandbox", `allow-scripts allow-popups allow-popups-to-escape-sandbox allow-forms${card.folder === "laskurit" ? " allow-same-origin allow-downloads" : ""}`);
  frame.style.maxWidth = `${width}px`;
  frame.height = String(card.height);
  frame.src = src;
  preview.replaceChildren(frame);
  const address = new URL(location.href);
  address.search = `?kohde=${card.folder}${id ? `/${id}` : ""}`;
  history.replaceState(null, "", address);
}

addEventListener("message", (event) => {
  const data = event.data;
  if (!frame || event.source !== frame.contentWindow || (event.origin !== "null" && event.origin !== location.origin)) return;
  if (data?.tyyppi !== "kaikki-keinot-korkeus" || typeof data.korkeus !== "number" || !Number.isFinite(data.korkeus)) return;
  frame.height = String(Math.min(1200, Math.max(120, Math.ceil(data.korkeus))));
});

form.addEventListener("submit", (event) => event.preventDefault());
kind.addEventListener("change", () => choose());
find.addEventListener("input", () => list());
which.addEventListener("change", draw);
for (const field of settings) field.addEventListener("change", draw);
for (const button of document.querySelectorAll("[data-kk-copy-snippet]")) {
  if (!(button instanceof HTMLElement)) continue;
  button.hidden = false;
  const code = document.querySelector(`[data-kk-snippet="${button.dataset.kkCopySnippet}"]`);
  button.addEventListener("click", async () => {
    status.textContent = "";
    try {
      await navigator.clipboard.writeText(code?.textContent ?? "");
      status.textContent = "Koodi kopioitu";
    } catch {
      if (code) getSelection()?.selectAllChildren(code);
      status.textContent = "Kopiointi ei onnistunut. Koodi on valittuna: kopioi se näppäimillä.";
    }
    button.closest("section")?.append(status); // beside what was copied
  });
}

form.hidden = false;
part("preview-box").hidden = false;
part("example").hidden = true;
part("site").textContent = root;
const [folder, id] = (/^([a-z]+)(?:\/([a-z0-9-]{1,80}))?$/.exec(new URLSearchParams(location.search).get("kohde") ?? "") ?? []).slice(1);
const known = [...kind.options].some((row) => row.value === folder);
if (known) kind.value = folder;
choose(known ? id : undefined);
