(function () {
  "use strict";
  // Only a page of rows is laid out at a time; the others wait outside the document (and, while it loads,
  // undisplayed by the style sheet), so thousands do not slow it down.
  var PAGE = 100;
  var body = document.querySelector("tbody");
  var rows = Array.prototype.slice.call(body.rows);
  var shown = document.getElementById("shown");
  var field = document.getElementById("search");
  var which = document.getElementById("which");
  var more = document.getElementById("more");
  var texts = new Map(rows.map(function (row) { return [row, row.textContent.toLowerCase()]; }));
  var results = new Map(rows.map(function (row) { return [row, row.querySelector(".chip").textContent]; }));
  var compare = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;
  var found = rows;
  var limit = PAGE;
  function show() {
    var page = document.createDocumentFragment();
    found.slice(0, limit).forEach(function (row) { page.appendChild(row); });
    body.replaceChildren(page);
    more.parentNode.hidden = found.length <= limit;
    shown.textContent = shown.getAttribute("data-of").replace("{shown}", found.length).replace("{total}", rows.length);
  }
  function search() {
    var wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    found = rows.filter(function (row) {
      return (!which.value || results.get(row) === which.value) &&
        wanted.every(function (word) { return texts.get(row).indexOf(word) >= 0; });
    });
    limit = PAGE;
    show();
  }
  function sortBy(head, column) {
    var down = head.getAttribute("aria-sort") === "ascending";
    document.querySelectorAll("thead th").forEach(function (other) { other.setAttribute("aria-sort", "none"); });
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    var keyed = rows.map(function (row) {
      var cell = row.cells[column];
      return [cell.getAttribute("data-k") || cell.textContent, row];
    });
    keyed.sort(function (a, b) { return (down ? -1 : 1) * compare(a[0], b[0]); });
    rows = keyed.map(function (pair) { return pair[1]; });
    search();
  }
  document.querySelectorAll("thead th").forEach(function (head, column) {
    head.querySelector("button").addEventListener("click", function () { sortBy(head, column); });
  });
  field.addEventListener("input", search);
  which.addEventListener("change", search);
  more.addEventListener("click", function () { limit += 5 * PAGE; show(); });
  window.addEventListener("beforeprint", function () { limit = rows.length; show(); });
  document.querySelector(".find").hidden = false;
  search();
  document.body.classList.add("ready"); // until now the style sheet kept all but the first page of rows from being laid out
})();
