// Keys of the review, progress of work, files dropped: everything else works without a script.
"use strict";
(function () {
  const interactive = "a, button, input, select, textarea, summary, [contenteditable]";

  function press(key, event) {
    const target = document.querySelector('[data-key="' + CSS.escape(key) + '"]');
    if (!target || target.disabled) return;
    event.preventDefault();
    target.click();
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const on = event.target;
    if (event.key === "Escape" && on.matches && on.matches("[data-digits]")) {
      on.value = "";
      settle();
      return;
    }
    if (on.closest && on.closest(interactive)) return;
    // What is pressed while the next item is on its way would decide something nobody has seen.
    if (document.querySelector(".htmx-request")) { event.preventDefault(); return; }
    const digits = document.querySelector("[data-digits]");
    if (digits && /^[0-9]$/.test(event.key)) {
      digits.value = "";
      digits.focus();
      return;
    }
    press(event.key.length === 1 ? event.key.toLowerCase() : event.key, event);
  });

  // The next pictures are fetched and decoded while a person looks at this one; held, so that they are not thrown away.
  let ahead = new Map();
  function fetchAhead(addresses) {
    ahead = new Map(addresses.map(function (address) { return [address, ahead.get(address) || fetched(address)]; }));
  }

  function fetched(address) {
    const picture = new Image();
    picture.src = address;
    picture.decode().catch(function () {});
    return picture;
  }

  function settle() {
    const review = document.getElementById("review");
    if (!review) return;
    const first = review.querySelector("[autofocus]") || document.getElementById("what");
    if (first) first.focus({ preventScroll: true });
    const box = document.getElementById("box");
    const frame = box && box.closest(".page, .paper");
    if (frame) {
      const at = box.getBoundingClientRect(), of = frame.getBoundingClientRect();
      frame.scrollTop += at.top - of.top - frame.clientHeight / 3;
    }
    if (review.dataset.next) fetchAhead(review.dataset.next.split(" "));
  }

  function watch() {
    const job = document.getElementById("job");
    if (!job) return;
    const progress = document.getElementById("progress"), step = document.getElementById("step");
    const events = new EventSource(job.dataset.events);
    events.onmessage = function (event) {
      const said = JSON.parse(event.data);
      if (said.total) { progress.max = said.total; progress.value = Math.min(said.done, said.total); }
      step.textContent = said.step;
      if (said.over) { events.close(); location.reload(); }
    };
  }

  function drop() {
    const area = document.querySelector(".drop"), field = document.getElementById("files");
    if (!area || !field) return;
    for (const name of ["dragover", "dragenter"]) area.addEventListener(name, function (event) { event.preventDefault(); area.classList.add("over"); });
    area.addEventListener("dragleave", function () { area.classList.remove("over"); });
    area.addEventListener("drop", function (event) {
      event.preventDefault();
      area.classList.remove("over");
      field.files = event.dataTransfer.files;
    });
  }

  document.addEventListener("htmx:afterSettle", function (event) {
    const faults = document.getElementById("faults");
    if (faults && event.target.id !== "faults") faults.replaceChildren();
    settle();
  });
  document.addEventListener("DOMContentLoaded", function () { settle(); watch(); drop(); });
})();
