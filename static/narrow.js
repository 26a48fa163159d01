"use strict";
// What narrows a list is loaded when the reader asks for it, or the address does.
{
  const base = document.currentScript.src;
  const side = document.querySelector(".narrow");
  const start = () => {
    for (const name of ["search.js", "find.js"]) {
      const script = Object.assign(document.createElement("script"), { src: new URL(name, base), async: false });
      document.head.append(script);
    }
  };
  side.hidden = false;
  if (location.search) start();
  else side.addEventListener("toggle", start, { once: true });
}
