// @ts-check
/*
 * Inside a card that stands in a frame of somebody else. It tells its height, takes the theme and the language
 * of labels from its address, and says when its review is late. A classic script that stores nothing and asks
 * for nothing, so that it also runs in a sandbox. Without it the card is whole.
 */
(() => {
  const root = document.documentElement;
  const asked = new URLSearchParams(location.search);
  const theme = asked.get("teema");
  if (theme === "vaalea" || theme === "tumma") root.dataset.teema = theme;

  /** Swedish and English of the fixed labels. What the editors write stays Finnish. @type {Record<string, [string, string]>} */
  const words = {
    "Päättää": ["Beslutar", "Decided by"],
    "Hae viimeistään": ["Sök senast", "Apply by"],
    "Milloin": ["När", "When"],
    "Kesto": ["Varaktighet", "Duration"],
    "Määrä": ["Belopp", "Amount"],
    "Vaikutus tuloihin": ["Inverkan på inkomsterna", "Effect on income"],
    "Tarvitaan": ["Behövs", "Needed"],
    "Asiakas aloittaa": ["Klienten börjar", "Where the client begins"],
    "Koordinaattori": ["Koordinatorn", "Coordinator"],
    "Verkkosivu": ["Webbplats", "Website"],
    "Ei tiedossa": ["Uppgift saknas", "Not known"],
    "Polun vaiheet": ["Stegen på vägen", "Stages of the path"],
    "Tilanteet": ["Situationer", "Situations"],
    "Keinot tarpeen mukaan": ["Medel enligt behov", "Measures by need"],
    "Tulossa": ["På kommande", "Coming"],
    "Muuttunut": ["Ändrat", "Changed"],
    "Lakannut": ["Upphört", "Ended"],
    "Tulossa, ei vielä voimassa": ["På kommande, ännu inte i kraft", "Coming, not yet in force"],
    "Tätä ei enää pidetä yllä": ["Uppdateras inte längre", "No longer kept up to date"],
    "Katso nyt": ["Se nu", "See now"],
    "Avaa koko sivu": ["Öppna hela sidan", "Open the whole page"],
    "Avaa laskuri": ["Öppna räknaren", "Open the calculator"],
    "Kaikki muutokset": ["Alla ändringar", "All changes"],
    "Kaikki keinot tähän tarpeeseen": ["Alla medel för detta behov", "All measures for this need"],
    "Kaikki keinot tähän vaiheeseen": ["Alla medel för detta skede", "All measures for this phase"],
    "Hae työkyvyn tuen keinoa": ["Sök medel för stöd till arbetsförmågan", "Search for work ability support"],
    "Hae": ["Sök", "Search"],
    "Tarkistettu": ["Granskad", "Verified"],
    "Koottu lähteistä": ["Sammanställd ur källor", "Compiled from sources"],
    "Ei lähdettä, tarkista": ["Utan källa, kontrollera", "No source, check"],
    "Tiedot koottu": ["Uppgifterna sammanställda", "Facts compiled"],
    "Keinon sivu kertoo, miten sen tiedot on tarkistettu": ["Sidan för varje medel berättar hur uppgifterna har granskats", "The page of each measure tells how its facts were reviewed"],
    "Aluejako": ["Områdesindelning", "Division of regions"],
    "Yhteystietoja ei ole vielä verrattu nykyisiin sivuihin": ["Kontaktuppgifterna har ännu inte jämförts med nuvarande webbsidor", "Contacts not yet compared with current web pages"],
    "Muutokset kirjattu": ["Ändringarna noterade", "Changes noted"],
    "Tarkista lähde, ennen kuin neuvot": ["Kontrollera källan innan du ger råd", "Check the source before you advise"],
    "Ei vielä verrattu nykyisiin sivuihin": ["Ännu inte jämförd med nuvarande webbsidor", "Not yet compared with current web pages"],
    "Perustuu yleiseen tietoon": ["Bygger på allmän kunskap", "Based on general knowledge"],
    "Tarkistus myöhässä": ["Granskningen är försenad", "Review overdue"],
    "Linkit avautuvat uuteen välilehteen.": ["Länkarna öppnas i en ny flik.", "Links open in a new tab."],
  };

  const ready = () => {
    const at = ["sv", "en"].indexOf(asked.get("kieli") ?? "");
    if (at >= 0) {
      for (const one of document.querySelectorAll("[data-t]")) {
        const found = Object.hasOwn(words, one.textContent ?? "") ? words[one.textContent ?? ""] : null;
        if (!found || !(one instanceof HTMLElement)) continue;
        one.textContent = found[at];
        one.lang = ["sv", "en"][at];
      }
      const note = document.createElement("p");
      note.lang = ["sv", "en"][at];
      note.textContent = ["Innehållet är på finska.", "The content is in Finnish."][at];
      document.querySelector("footer")?.prepend(note);
    }
    const today = new Date().toISOString().slice(0, 10);
    for (const one of document.querySelectorAll("[data-next]"))
      if (one instanceof HTMLElement && (one.dataset.next ?? "9999") < today) one.hidden = false;
    if (parent === window) return;
    let told = 0;
    const tell = () => {
      const height = Math.ceil(document.body.getBoundingClientRect().height);
      if (height === told) return;
      told = height;
      // A number only, so it may be heard by anyone: the page around is not known here.
      parent.postMessage({ tyyppi: "kaikki-keinot-korkeus", versio: 1, korkeus: height }, "*");
    };
    new ResizeObserver(tell).observe(document.body);
    tell();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
