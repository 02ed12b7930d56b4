/* Everything works without this file. With it: one 依据 open at a time, Esc closes it and gives the focus back, a note
   that would leave the window opens to the left or upwards, the procedure line is one Tab stop moved by arrow keys,
   single keys act where the person has not turned them off, and a citation can be copied. */
(function () {
  "use strict";
  var doc = document;
  function all(selector, root) { return Array.prototype.slice.call((root || doc).querySelectorAll(selector)); }
  function opened() { return doc.querySelector("details.why[open]"); }
  doc.documentElement.classList.add("has-js");

  doc.addEventListener("toggle", function (event) {
    var why = event.target;
    if (!why.matches || !why.matches("details.why") || !why.open || doc.body.dataset.print) { return; }
    all("details.why[open]").forEach(function (other) { if (other !== why) { other.open = false; } });
    var box = why.querySelector(":scope > div").getBoundingClientRect();
    if (box.right > doc.documentElement.clientWidth) { why.classList.add("r"); }
    if (box.bottom > doc.documentElement.clientHeight && box.height < box.top) { why.classList.add("u"); }
  }, true);

  doc.addEventListener("click", function (event) {
    var copy = event.target.closest ? event.target.closest("[data-copy]") : null;
    if (copy && navigator.clipboard) {
      navigator.clipboard.writeText(copy.dataset.copy).then(function () { copy.classList.add("done"); });
      return;
    }
    var why = opened();
    if (why && !why.contains(event.target) && !doc.body.dataset.print) { why.open = false; }
  });

  function alongLine(event, stop) {
    var stops = all("a", stop.closest(".line"));
    var next = stops[stops.indexOf(stop) + (event.key === "ArrowRight" ? 1 : -1)];
    if (!next) { return; }
    stop.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
    event.preventDefault();
  }

  function alongRows(step) {
    var rows = all("[data-row]");
    if (!rows.length) { return; }
    var now = rows.indexOf(doc.activeElement.closest ? doc.activeElement.closest("[data-row]") : null);
    if (now < 0) {
      now = rows.findIndex(function (row) { return row.getAttribute("aria-current") === "true"; });
    }
    var next = rows[Math.max(0, Math.min(rows.length - 1, now + step))];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  function typing(target) {
    return target.matches && target.matches("input:not([type=radio]):not([type=checkbox]), select, textarea, [contenteditable]");
  }

  function press(key) {
    var target = all("[data-key]").filter(function (one) { return one.dataset.key === key && one.offsetParent !== null; })[0];
    if (!target) { return false; }
    if (target.matches("input, select, textarea")) { target.focus(); } else { target.click(); }
    return true;
  }

  doc.addEventListener("keydown", function (event) {
    var why = opened();
    if (event.key === "Escape" && why) { why.open = false; why.querySelector("summary").focus(); return; }
    var stop = event.target.closest ? event.target.closest(".line a") : null;
    if (stop && (event.key === "ArrowLeft" || event.key === "ArrowRight")) { alongLine(event, stop); return; }
    if (doc.body.dataset.keys !== "on" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) { return; }
    var key = event.key.toLowerCase();
    if (key === "j" || key === "k") { alongRows(key === "j" ? 1 : -1); event.preventDefault(); return; }
    if (key === "b") {
      var row = doc.activeElement.closest ? doc.activeElement.closest("tr, li, section") : null;
      var stamp = row ? row.querySelector("details.why > summary") : null;
      if (stamp) { stamp.click(); stamp.focus(); event.preventDefault(); }
      return;
    }
    if (press(key)) { event.preventDefault(); }
  });

  function ready() {
    var bad = doc.querySelector("[aria-invalid=true]");
    if (bad) { bad.focus(); }
    all("form[data-auto] select").forEach(function (select) {
      select.addEventListener("change", function () { select.form.requestSubmit(); });
    });
  }
  doc.addEventListener("DOMContentLoaded", ready);
  doc.addEventListener("htmx:load", function (event) { if (event.target !== doc.body) { ready(); } });
}());
