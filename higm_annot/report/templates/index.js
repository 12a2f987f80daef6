(function () {
  "use strict";
  var body = document.querySelector("tbody");
  var rows = Array.prototype.slice.call(body.rows);
  var shown = document.getElementById("shown");
  var field = document.getElementById("search");
  var texts = rows.map(function (row) { return row.textContent.toLowerCase(); });
  function search() {
    var wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    var count = 0;
    rows.forEach(function (row, i) {
      var fits = wanted.every(function (word) { return texts[i].indexOf(word) >= 0; });
      row.hidden = !fits;
      count += fits ? 1 : 0;
    });
    shown.textContent = count + " of " + rows.length;
  }
  function sortBy(head, column) {
    var down = head.getAttribute("aria-sort") === "ascending";
    document.querySelectorAll("thead th").forEach(function (other) { other.setAttribute("aria-sort", "none"); });
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    var compare = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;
    var keyed = rows.map(function (row) {
      var cell = row.cells[column];
      return [cell.getAttribute("data-k") || cell.textContent, row];
    });
    keyed.sort(function (a, b) { return (down ? -1 : 1) * compare(a[0], b[0]); });
    keyed.forEach(function (pair) { body.appendChild(pair[1]); });
  }
  document.querySelectorAll("thead th").forEach(function (head, column) {
    head.querySelector("button").addEventListener("click", function () { sortBy(head, column); });
  });
  field.addEventListener("input", search);
  document.querySelector(".find").hidden = false;
  search();
})();
