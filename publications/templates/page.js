"use strict";
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const data = read("data");
  const words = read("words");
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const say = (text) => { document.getElementById("live").textContent = text; };

  /* Sorting: numbers by data-v, words by the Vietnamese order; what has no value stays last either way. */
  const order = new Intl.Collator("vi");
  const key = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.v === undefined ? cell.textContent.trim() : cell.dataset.v;
  };
  const compare = (a, b, numeric) => (numeric ? Number(a) - Number(b) : order.compare(a, b));
  const sort = (table, head, column) => {
    const down = head.getAttribute("aria-sort") === "ascending";
    const numeric = head.classList.contains("n");
    const body = table.tBodies[0];
    const rows = [...body.rows].sort((a, b) => {
      const [x, y] = [key(a, column), key(b, column)];
      if (x === "" || y === "") return (x === "") - (y === "");
      return down ? compare(y, x, numeric) : compare(x, y, numeric);
    });
    body.append(...rows);
    for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    say(fill(words.sorted, { column: head.textContent.trim(), direction: down ? words.down : words.up }));
  };
  for (const table of document.querySelectorAll("table.sortable")) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(table, head, column));
      head.append(button);
    });
  }

  /* The map: one measure at a time. */
  const choice = document.getElementById("measure");
  const paint = () => {
    const tiles = data.measures[choice.value];
    for (const tile of document.querySelectorAll(".tiles a")) {
      const [text, level] = tiles[tile.dataset.ward] || [words.none, -1];
      tile.querySelector("strong").textContent = text;
      tile.className = `l${level}`;
    }
  };
  if (choice) choice.addEventListener("change", () => { paint(); say(choice.selectedOptions[0].textContent); });

  /* Wards: one at a time, by the address after #; without one the overview. */
  const articles = [...document.querySelectorAll("article.ward")];
  const overview = document.getElementById("overview");
  const jump = document.getElementById("jump");
  const show = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const ward = target && target.closest("article.ward");
    for (const article of articles) article.hidden = article !== ward;
    overview.hidden = Boolean(ward);
    if (ward) {
      (target === ward ? ward.querySelector("h2") : target).focus({ preventScroll: true });
    }
    if (target) target.scrollIntoView();
    if (jump) jump.value = ward ? ward.id : "ranking";
  };
  if (jump) jump.addEventListener("change", () => { location.hash = jump.value; });
  window.addEventListener("hashchange", show);

  /* Printing everything: all wards in sight while the printer asks. */
  const everything = document.getElementById("print-all");
  if (everything) {
    everything.addEventListener("click", () => {
      overview.hidden = false;
      for (const article of articles) article.hidden = false;
      window.print();
      show();
    });
  }

  /* Finding a sentence or a figure, with or without marks. */
  const plain = (text) => " " + text.toLowerCase().replace(/đ/g, "d").normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  const MOST = 40;
  const search = document.getElementById("search");
  const hits = document.getElementById("hits");
  let lines = null;
  const find = () => {
    lines = lines || [...document.querySelectorAll(".figures > div")].map((line) => ({
      line, text: plain(`${line.dataset.name} ${line.textContent}`),
    }));
    const wanted = plain(search.value).split(" ").filter(Boolean);
    const found = wanted.length ? lines.filter((one) => wanted.every((word) => one.text.includes(` ${word}`))) : [];
    hits.replaceChildren(...found.slice(0, MOST).map(({ line }) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `#${line.id}`;
      const value = line.querySelector(".value").textContent.trim().replace(/\s+/g, " ");
      link.textContent = `${line.dataset.name}: ${line.querySelector("dt").textContent.trim()}: ${value}`;
      item.append(link);
      return item;
    }));
    const more = found.length > MOST ? `, ${fill(words.first, { n: MOST })}` : "";
    document.getElementById("count").textContent = wanted.length ? fill(words.found, { n: found.length }) + more : "";
  };
  if (search) search.addEventListener("input", find);

  for (const part of document.querySelectorAll(".script-only")) part.hidden = false;
  show();
})();
