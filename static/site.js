"use strict";
// What every page can do beyond links: the colour switch, the keyboard, copying a link.
// All words stand in the page; each part does nothing where the page has no place for it.
// @holds class="find" data-choose data-opens-keys data-single-keys
(() => {
  const root = document.documentElement;
  const find = document.querySelector(".find input");

  // Storage may be closed to this page: then a choice lasts as long as the page.
  function keep(name, value) {
    try {
      if (value) localStorage.setItem(name, value);
      else localStorage.removeItem(name);
    } catch {}
  }

  function kept(name) {
    try {
      return localStorage.getItem(name);
    } catch {}
  }

  // Colours: the system's, light, dark

  const switches = [...document.querySelectorAll("[data-choose]")];

  function wear(theme) {
    root.dataset.theme = theme;
    const scheme = document.querySelector("meta[name=color-scheme]");
    if (scheme) scheme.content = theme === "system" ? "light dark" : theme;
    for (const one of switches) one.setAttribute("aria-pressed", one.dataset.choose === theme);
  }

  for (const one of switches) {
    one.addEventListener("click", () => {
      wear(one.dataset.choose);
      keep("digest-theme", one.dataset.choose !== "system" && one.dataset.choose);
    });
  }
  wear(root.dataset.theme || "system");
  addEventListener("storage", (event) => {
    if (event.key === "digest-theme") wear(event.newValue || "system"); // chosen in another tab
  });

  // Keys

  const dialog = document.querySelector("dialog.keys");
  const single = dialog?.querySelector("[data-single-keys]");
  const links = ".rows .title, .part article > :is(h2, h3) > a";
  const rows = () => [...document.querySelectorAll(links)]; // a search or a filter changes them

  function step(by) {
    const shown = rows().filter((row) => row.getClientRects().length);
    if (!shown.length) return;
    const at = shown.indexOf(document.activeElement);
    const below = shown.findIndex((row) => row.getBoundingClientRect().bottom > 0);
    const next = at < 0 ? below : Math.min(Math.max(at + by, 0), shown.length - 1);
    const row = shown[next < 0 ? shown.length - 1 : next];
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  function search() {
    find?.focus();
    find?.select();
  }

  const follow = (selector) => document.querySelector(selector)?.click();
  const list = () => dialog?.showModal();

  const KEYS = {
    "/": search,
    "、": search, // the same key where a Chinese keyboard layout is on
    j: () => step(1),
    k: () => step(-1),
    o: () => follow(`:is(${links}):focus`),
    n: () => follow(".steps [rel=next]"),
    p: () => follow(".steps [rel=prev]"),
    "?": list,
    "？": list,
  };

  const typing = (target) =>
    target instanceof Element && target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented || event.altKey) return;
    if (event.ctrlKey !== event.metaKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      dialog?.close();
      search();
      return;
    }
    if (event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape" && event.target === find) find.blur();
    if (typing(event.target) || dialog?.open || single?.checked === false) return;
    if (!Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    KEYS[event.key]();
  });

  if (dialog) {
    for (const opener of document.querySelectorAll("[data-opens-keys]")) {
      opener.addEventListener("click", list);
    }
    // Keys of one letter can be turned off (WCAG 2.1.4): speech input would set them off.
    single.checked = kept("digest-keys") !== "off";
    single.addEventListener("change", () => keep("digest-keys", !single.checked && "off"));
  }

  // Copying the address of the page: the published one where the page names it

  function address() {
    const published = document.querySelector("link[rel=canonical]")?.href;
    return published || location.href.replace(/[?#].*/, "");
  }

  document.addEventListener("click", async ({ target }) => {
    const place = target.closest("[data-copy]")?.parentElement;
    if (!place) return;
    const said = place.querySelector("[role=status]");
    said.textContent = "";
    try {
      await navigator.clipboard.writeText(address());
      said.textContent = said.dataset.copied;
    } catch {
      // no clipboard, or not allowed: the reader copies from a field
      const field = place.querySelector("input");
      field.value = address();
      field.hidden = false;
      field.focus();
      field.select();
      said.textContent = said.dataset.byHand;
    }
  });
})();
