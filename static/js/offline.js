// The page for when there is no line: which months can be opened all the same.
"use strict";

(async function () {
  const place = document.getElementById("months");
  const names = (await caches.keys()).filter((name) => name.startsWith("pages-"));
  for (const name of names) {
    const pages = await caches.open(name);
    for (const request of await pages.keys()) {
      const { pathname } = new URL(request.url);
      const kept = await (await pages.match(request, { ignoreVary: true })).text();
      const title = new DOMParser().parseFromString(kept, "text/html").title.split(" · ").slice(0, 2).join(" · ");
      const [line, link] = [document.createElement("li"), document.createElement("a")];
      [link.href, link.textContent] = [pathname, title];
      line.append(link);
      place.append(line);
    }
  }
  document.getElementById("some").hidden = !place.children.length;
  document.getElementById("none").hidden = Boolean(place.children.length);
  const again = () => location.reload();
  addEventListener("online", again);
  addEventListener("beforeunload", () => removeEventListener("online", again)); // a chosen month is not called back
})();
