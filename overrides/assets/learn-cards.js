// @ts-check
/** Flash cards, one at a time, made of the list on the page. The first part has no DOM in it. */

// How many cards later a card that was not known comes again.
const SOON = 3;

/** The queue after an answer: a known card goes, another comes again soon. @template T @param {T[]} queue @param {boolean} known @returns {T[]} */
export function answered(queue, known) {
  const [first, ...rest] = queue;
  return known ? rest : [...rest.slice(0, SOON), first, ...rest.slice(SOON)];
}

/** The list in another order. @template T @param {T[]} list @param {() => number} random from 0 to 1 @returns {T[]} */
export function shuffled(list, random) {
  const made = [...list];
  for (let i = made.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [made[i], made[j]] = [made[j], made[i]];
  }
  return made;
}

/** @param {HTMLElement} box */
function start(box) {
  const one = (/** @type {string} */ selector, /** @type {ParentNode} */ within = box) => /** @type {HTMLElement} */ (within.querySelector(selector));
  const words = (/** @type {Element | null} */ element) => (element?.textContent ?? "").replaceAll("\u00ad", "").trim();
  const cards = [...document.querySelectorAll("[data-kk-card]")].map((row) => ({
    name: words(row.querySelector("summary")),
    meaning: words(row.querySelector("[data-kk-meaning]")),
    who: words(row.querySelector("[data-kk-who]")),
    href: row.querySelector("a")?.href ?? "",
  }));
  const side = /** @type {HTMLSelectElement} */ (one("[data-kk-side]"));
  const [front, back, place, status] = ["front", "back", "place", "status"].map((name) => one(`[data-kk-${name}]`));
  const [turn, known, later, shuffle] = ["turn", "known", "later", "shuffle"].map((name) => one(`[data-kk-${name}]`));
  let queue = cards;

  /** The side that is asked and the side that answers. @param {(typeof cards)[number]} card */
  function sides(card) {
    if (side.value === "back") return { ask: card.meaning, answer: [card.name] };
    if (side.value === "who") return { ask: `${card.name}: kuka päättää?`, answer: [card.who] };
    return { ask: card.name, answer: [card.meaning, ...(card.who ? [`Päättää: ${card.who}`] : [])] };
  }

  /** @param {boolean} focus */
  function ask(focus) {
    const done = queue.length === 0;
    front.textContent = done ? "Kaikki kortit osattu." : sides(queue[0]).ask;
    place.textContent = done ? "" : `Osattu ${cards.length - queue.length}/${cards.length}`;
    back.hidden = true;
    known.hidden = true;
    later.hidden = true;
    turn.hidden = false;
    turn.textContent = done ? "Aloita alusta" : "Näytä vastaus";
    if (focus) {
      status.textContent = front.textContent;
      turn.focus();
    }
  }

  turn.addEventListener("click", () => {
    if (queue.length === 0) {
      queue = cards;
      ask(true);
      return;
    }
    const lines = sides(queue[0]).answer;
    const link = document.createElement("a");
    link.href = queue[0].href;
    link.textContent = "Avaa sivu";
    back.replaceChildren(
      ...[...lines, link].map((line) => {
        const paragraph = document.createElement("p");
        paragraph.append(line);
        return paragraph;
      }),
    );
    back.hidden = false;
    turn.hidden = true;
    known.hidden = false;
    later.hidden = false;
    status.textContent = lines.join(". ");
    known.focus();
  });
  for (const [button, knew] of /** @type {[HTMLElement, boolean][]} */ ([[known, true], [later, false]])) {
    button.addEventListener("click", () => {
      queue = answered(queue, knew);
      ask(true);
    });
  }
  shuffle.addEventListener("click", () => {
    queue = shuffled(queue.length ? queue : cards, Math.random);
    ask(false);
    status.textContent = `Sekoitettu. ${front.textContent}`;
  });
  side.addEventListener("change", () => ask(false));
  box.hidden = false;
  ask(false);
}

if (typeof document !== "undefined") for (const box of document.querySelectorAll("[data-kk-cards]")) start(/** @type {HTMLElement} */ (box));
