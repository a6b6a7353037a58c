// @ts-check
/**
 * A case: the trainee picks measures and their order and compares them with the model.
 * What pairs do to each other is read from the page, which has it from the list of pairs.
 * The first part has no DOM in it.
 */

/** @typedef {{ id: string, verdict: string, step: number }} Judged */
/** @typedef {{ a: string, b: string, relation: string }} Pair */

/** A list with the item at `index` moved by `by`; the same list when it can not move. @template T @param {T[]} list @param {number} index @param {number} by @returns {T[]} */
export function moved(list, index, by) {
  const to = index + by;
  if (to < 0 || to >= list.length) return list;
  const made = [...list];
  made.splice(to, 0, ...made.splice(index, 1));
  return made;
}

/**
 * What is to be said of the picks, in the order of the picks.
 * `missed`: those of the model that were not picked; `order`: pairs that the model has the other way round;
 * `excludes` and `pairs`: indexes of the known pairs among the picks, a sequence in the wrong direction in `order` too, unless the model does the same.
 * @param {string[]} picks @param {Judged[]} judged @param {Pair[]} pairs
 */
export function review(picks, judged, pairs) {
  const place = new Map(picks.map((id, index) => [id, index]));
  const known = new Map(judged.map((one) => [one.id, one]));
  const inside = pairs.map((pair, index) => ({ ...pair, index })).filter(({ a, b }) => place.has(a) && place.has(b));
  /** @type {[string, string][]} */
  const order = [];
  const inModel = picks.filter((id) => (known.get(id)?.step ?? 0) > 0);
  for (let i = 1; i < inModel.length; i += 1) {
    const [earlier, later] = [inModel[i - 1], inModel[i]];
    if ((known.get(earlier)?.step ?? 0) > (known.get(later)?.step ?? 0)) order.push([later, earlier]);
  }
  for (const { a, b, relation } of inside) {
    // The model has its own reasons: where it goes against a known order, the pair tells its reason and no more is said.
    const modelled = (known.get(b)?.step || Infinity) < (known.get(a)?.step ?? 0);
    const wrong = relation === "sequence" && !modelled && (place.get(b) ?? 0) < (place.get(a) ?? 0);
    if (wrong && !order.some(([first, then]) => first === a && then === b)) order.push([a, b]);
  }
  return {
    picked: picks,
    missed: judged.filter((one) => (one.verdict === "core" || one.verdict === "support") && !place.has(one.id)).map((one) => one.id),
    order,
    excludes: inside.filter((pair) => pair.relation === "excludes").map((pair) => pair.index),
    pairs: inside.filter((pair) => pair.relation !== "excludes").map((pair) => pair.index),
  };
}

/* --- the page ----------------------------------------------------------------------- */

/** @param {HTMLElement} article */
function start(article) {
  const one = (/** @type {string} */ selector, /** @type {ParentNode} */ within = article) => /** @type {HTMLElement} */ (within.querySelector(selector));
  const all = (/** @type {string} */ selector, /** @type {ParentNode} */ within = article) => /** @type {HTMLElement[]} */ ([...within.querySelectorAll(selector)]);
  const form = /** @type {HTMLFormElement} */ (one("form[data-kk-case-form]"));
  const list = one("[data-kk-order]");
  const box = one("[data-kk-feedback-box]");
  const status = one("[data-kk-status]");
  const boxes = /** @type {HTMLInputElement[]} */ (all("input[name=keino]", form));
  const names = new Map(boxes.map((input) => [input.value, (input.closest("label")?.querySelector("strong")?.textContent ?? "").replaceAll("\u00ad", "")]));
  const judgedRows = all("[data-kk-judged]");
  const judged = judgedRows.map((row) => ({ id: row.dataset.kkJudged ?? "", verdict: row.dataset.kkVerdict ?? "", step: Number(row.dataset.kkStep) }));
  const pairRows = all("[data-kk-pair]");
  const pairs = pairRows.map((row) => {
    const [a, b] = (row.dataset.kkPair ?? "").split(" ");
    return { a, b, relation: row.dataset.kkRelation ?? "" };
  });
  /** @type {string[]} */
  let picks = [];

  function draw() {
    one("[data-kk-order-empty]").hidden = picks.length > 0;
    one("[data-kk-feedback]").hidden = picks.length === 0;
    box.hidden = true;
    list.replaceChildren(
      ...picks.map((id, index) => {
        const row = document.createElement("li");
        const name = document.createElement("span");
        name.textContent = names.get(id) ?? "";
        row.append(name);
        for (const [label, by] of /** @type {[string, number][]} */ ([["Ylemmäs", -1], ["Alemmas", 1]])) {
          const button = document.createElement("button");
          button.type = "button";
          button.className = "kk-button";
          button.textContent = label;
          button.setAttribute("aria-label", `${label}: ${names.get(id)}`);
          button.dataset.kkMove = `${id} ${by}`;
          // Not disabled at the ends: a disabled button would lose the focus of the keyboard.
          if (moved(picks, index, by) === picks) button.setAttribute("aria-disabled", "true");
          button.addEventListener("click", () => move(id, by));
          row.append(button);
        }
        return row;
      }),
    );
  }

  /** @param {string} id @param {number} by */
  function move(id, by) {
    picks = moved(picks, picks.indexOf(id), by);
    draw();
    one(`[data-kk-move="${id} ${by}"]`, list).focus();
    status.textContent = `${names.get(id)} on nyt ${picks.indexOf(id) + 1}/${picks.length}.`;
  }

  /** Fill a part of the feedback, or hide it when there is nothing to say. @param {string} part @param {Node[]} rows */
  function fill(part, rows) {
    const place = one(`[data-kk-part="${part}"]`, box);
    place.hidden = rows.length === 0;
    one("ul", place).replaceChildren(...rows);
  }

  function feedback() {
    const said = review(picks, judged, pairs);
    const row = (/** @type {string} */ id) => judgedRows[judged.findIndex((x) => x.id === id)].cloneNode(true);
    fill("picked", said.picked.map(row));
    fill("missed", said.missed.map(row));
    fill(
      "order",
      said.order.map(([first, then]) => {
        const item = document.createElement("li");
        item.textContent = `${names.get(first)} on ennen: ${names.get(then)}. Sinulla järjestys on toisin päin.`;
        return item;
      }),
    );
    fill("excludes", said.excludes.map((index) => pairRows[index].cloneNode(true)));
    fill("pairs", said.pairs.map((index) => pairRows[index].cloneNode(true)));
    box.hidden = false;
    box.focus();
  }

  for (const input of boxes) {
    input.addEventListener("change", () => {
      picks = input.checked ? [...picks, input.value] : picks.filter((id) => id !== input.value);
      draw();
      status.textContent = input.checked ? `${names.get(input.value)} lisätty, ${picks.length}. järjestyksessä.` : `${names.get(input.value)} poistettu.`;
    });
  }
  one("[data-kk-feedback]").addEventListener("click", feedback);
  form.addEventListener("submit", (event) => event.preventDefault());
  // A browser may keep the boxes ticked over a reload.
  picks = boxes.filter((input) => input.checked).map((input) => input.value);
  one("[data-kk-order-box]").hidden = false;
  draw();

  const details = /** @type {HTMLDetailsElement[]} */ (all("details.kk-reveal"));
  /** The student's sheet has no answers, the teacher's has all of them. @param {string} whose */
  function sheet(whose) {
    article.dataset.kkPrint = whose;
    for (const part of details) part.open = whose === "opettaja";
  }
  for (const button of all("[data-kk-print-as]")) {
    button.addEventListener("click", () => {
      const before = details.map((part) => part.open);
      sheet(button.dataset.kkPrintAs ?? "");
      addEventListener(
        "afterprint",
        () => {
          delete article.dataset.kkPrint;
          details.forEach((part, index) => (part.open = before[index]));
        },
        { once: true },
      );
      print();
    });
  }
  one("[data-kk-print-buttons]").hidden = false;
  if (new URLSearchParams(location.search).get("tuloste") === "opettaja") sheet("opettaja");
}

if (typeof document !== "undefined") for (const article of document.querySelectorAll("[data-kk-case]")) start(/** @type {HTMLElement} */ (article));
