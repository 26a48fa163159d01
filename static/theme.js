"use strict";
// Runs before the first paint: the colours that the reader chose here last, or the system's.
// Stylesheets go by data-theme, and show the switch only where it is set.
// @holds <html>
{
  let kept = null;
  try {
    kept = localStorage.getItem("digest-theme");
  } catch {
    // storage is closed to this page (some browsers do so on file://): the system's colours then
  }
  const chosen = kept === "light" || kept === "dark" ? kept : "system";
  document.documentElement.dataset.theme = chosen;
  const scheme = document.querySelector("meta[name=color-scheme]");
  if (scheme && chosen !== "system") scheme.content = chosen;
}
