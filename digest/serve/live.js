// Served by `build.py serve` alone: keeps the open page as new as the notes.
"use strict";
(() => {
  const own = document.currentScript;
  const key = "digest-place:" + location.pathname;
  let look = own.dataset.look;
  let source = null;
  let box = null;

  const fields = (part) => [...part.querySelectorAll("input, textarea, select, details")];

  const state = (field) => {
    if (field.localName === "details") return field.open;
    return field.type === "checkbox" || field.type === "radio" ? field.checked : field.value;
  };

  const restore = (field, kept) => {
    if (field.localName === "details") field.open = kept;
    else if (field.type === "checkbox" || field.type === "radio") field.checked = kept;
    else if (field.type !== "file" && field.value !== kept) {
      field.value = kept;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };

  // Where the reader is in a part of the page, and going there in the part that took its place.
  const placeIn = (part) => ({ x: scrollX, y: scrollY, fields: fields(part).map(state) });

  const goTo = (place, part) => {
    const now = fields(part);
    if (now.length === place.fields.length) now.forEach((f, i) => restore(f, place.fields[i]));
    scrollTo({ left: place.x, top: place.y, behavior: "instant" });
  };

  const reload = () => {
    sessionStorage.setItem(key, JSON.stringify(placeIn(document)));
    location.reload();
  };

  const comeBack = () => {
    const kept = sessionStorage.getItem(key);
    if (!kept) return;
    sessionStorage.removeItem(key);
    goTo(JSON.parse(kept), document);
  };

  // What the head tells machines: see live.py, which has compared all the rest.
  const TOLD =
    'title, meta[name="description"], meta[name="twitter:card"], meta[property], link[rel="canonical"], ' +
    'script[type="application/ld+json"]';

  // Makes a node equal to a fresh one; what is equal stays as it is, so that little is drawn anew.
  const merge = (old, fresh) => {
    if (old.isEqualNode(fresh)) return;
    const [parts, now] = [[...old.childNodes], [...fresh.childNodes]];
    const same = parts.length && parts.length === now.length && old.cloneNode().isEqualNode(fresh.cloneNode());
    if (same) parts.forEach((part, i) => merge(part, now[i]));
    else old.replaceWith(fresh);
  };

  const takeIn = (text) => {
    const fresh = new DOMParser().parseFromString(text, "text/html");
    const elements = () => [...document.querySelectorAll("main, main *")];
    const focus = document.activeElement;
    const at = elements().indexOf(focus);
    const place = placeIn(document.querySelector("main"));
    merge(document.querySelector("main"), fresh.querySelector("main"));
    document.head.querySelectorAll(TOLD).forEach((part) => part.remove());
    document.head.append(...fresh.head.querySelectorAll(TOLD));
    if (location.hash) location.replace(location.hash); // what :target is
    if (!focus.isConnected) {
      const now = elements();
      const twin = [now[at], ...now].find((one) => one?.isEqualNode(focus));
      twin?.focus({ preventScroll: true });
    }
    goTo(place, document.querySelector("main"));
  };

  const swapStyles = () => {
    for (const old of document.querySelectorAll('link[rel="stylesheet"]')) {
      const address = new URL(old.href);
      if (address.origin !== location.origin) continue;
      address.searchParams.set("look", look);
      const fresh = old.cloneNode();
      fresh.href = address.href;
      fresh.addEventListener("load", () => old.remove());
      old.after(fresh);
    }
  };

  const tell = (text) => {
    if (box) box.remove();
    box = null;
    if (!text) return;
    box = document.createElement("div");
    box.id = "digest-wrong";
    const root = box.attachShadow({ mode: "open" });
    const styles = document.createElement("link");
    styles.rel = "stylesheet";
    styles.href = "/_digest/live.css";
    const panel = document.createElement("section");
    panel.setAttribute("role", "alert");
    panel.lang = "en";
    const head = document.createElement("h2");
    const words = document.createElement("pre");
    const cut = text.indexOf("\n");
    head.textContent = text.slice(0, cut);
    words.textContent = text.slice(cut + 1);
    words.tabIndex = 0;
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "Hide";
    const hide = () => box && box.remove();
    close.addEventListener("click", hide);
    panel.addEventListener("keydown", (event) => event.key === "Escape" && hide());
    panel.append(head, close, words);
    root.append(styles, panel);
    document.documentElement.append(box);
  };

  // A hidden tab lets go of its connection: a browser opens six to one server at most.
  const listen = () => {
    if (document.hidden || source) return;
    const asked = new URLSearchParams({ page: location.pathname, look });
    source = new EventSource("/_digest/events?" + asked);
    const on = (name, act) =>
      source.addEventListener(name, (event) => {
        look = event.lastEventId;
        act(event.data);
      });
    on("page", reload);
    on("main", (data) => takeIn(JSON.parse(data)));
    on("styles", swapStyles);
    on("wrong", (data) => tell(JSON.parse(data)));
  };

  const rest = () => {
    if (source) source.close();
    source = null;
  };

  comeBack();
  listen();
  addEventListener("pageshow", listen);
  addEventListener("pagehide", rest);
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
})();
