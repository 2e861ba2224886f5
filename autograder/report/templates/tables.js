// Tables with the class "sortable" are sorted by a button in each heading, and filtered by the fields that stand before
// them. Without this script they are what the server wrote. It reads text and numbers of the page and never markup:
// textContent and data-v in, order and `hidden` out.
(() => {
  "use strict";
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const plain = (text) => text.normalize("NFC").toLocaleLowerCase();

  // data-v is the number behind a cell, "" where there is none; a cell without it is sorted as text.
  const key = (row, column) => {
    const cell = row.cells[column];
    const value = cell.dataset.v;
    if (value === undefined) return cell.textContent.trim();
    return value === "" ? "" : Number(value);
  };

  // What has no value stands last in both directions.
  const compare = (a, b, sign) => {
    if (a === "" || b === "") return (a === "") - (b === "");
    return sign * (typeof a === "number" && typeof b === "number" ? a - b : collator.compare(a, b));
  };

  const sort = (table, heading) => {
    const column = heading.cellIndex;
    const descending = heading.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const body = table.tBodies[0];
    const rows = Array.from(body.rows, (row) => ({ row, key: key(row, column) }));
    rows.sort((a, b) => compare(a.key, b.key, descending ? -1 : 1));
    body.append(...rows.map(({ row }) => row));
  };

  const filter = (table, fields) => {
    const words = plain(fields.querySelector("input").value).split(/\s+/).filter(Boolean);
    const choice = fields.querySelector("select");
    const column = choice === null ? "" : choice.value;
    let shown = 0;
    for (const row of table.tBodies[0].rows) {
      const text = plain(row.textContent);
      const lost = column === "" || "lost" in row.cells[Number(column)].dataset;
      row.hidden = !(lost && words.every((word) => text.includes(word)));
      shown += row.hidden ? 0 : 1;
    }
    const status = fields.querySelector("[role=status]");
    const all = table.tBodies[0].rows.length;
    status.textContent = status.dataset.said.replace("{shown}", shown).replace("{all}", all);
  };

  for (const table of document.querySelectorAll("table.sortable")) {
    for (const heading of table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      button.addEventListener("click", () => sort(table, heading));
      heading.append(button);
    }
    const fields = document.getElementById(`${table.id}-filter`);
    if (fields === null) continue;
    fields.hidden = false;
    fields.addEventListener("input", () => filter(table, fields));
    filter(table, fields); // a browser may have kept what was typed
  }

  // Folded parts are read on paper, too. Those that were closed are closed again.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = Array.from(document.querySelectorAll("details:not([open])"));
    for (const part of closed) part.open = true;
  });
  addEventListener("afterprint", () => {
    for (const part of closed) part.open = false;
  });
})();
