/* Putting the site on the home screen, push messages on this device, what is kept for times without a network.
   Each part of a page that needs this file is hidden until it can be had. Baseline Chrome 80 / iOS 13. */
(function () {
  "use strict";
  function by(id) { return document.getElementById(id); }
  function show(id) { var one = by(id); if (one) { one.hidden = false; } return one; }

  /* 1 Install: Android asks us; an iPhone only does it by its own menu */
  window.addEventListener("beforeinstallprompt", function (event) {
    event.preventDefault();
    var button = show("install");
    if (button) { button.onclick = function () { button.hidden = true; event.prompt(); }; }
  });
  if (window.matchMedia && matchMedia("(display-mode: standalone)").matches) { show("installed"); }

  /* 2 Push: asked for by a press only */
  var box = by("push");
  if (box && navigator.serviceWorker && window.PushManager && window.Notification) {
    var button = show("push-on"), told = by("push-told");
    var no = by("push-none");
    if (no) { no.hidden = true; }
    button.addEventListener("click", function () {
      Notification.requestPermission().then(function (answer) {
        if (answer !== "granted") { throw new Error("denied"); }
        return navigator.serviceWorker.ready;
      }).then(function (registration) {
        return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(box.dataset.key) });
      }).then(function (subscription) {
        by("push-subscription").value = JSON.stringify(subscription);
        box.submit();
      }).catch(function (error) {
        told.textContent = error.message === "denied" ?
          "您没有允许，所以没有打开。要打开，先到浏览器的设置里允许这个网站发通知。" :
          "这个浏览器连不上它的推送服务，没有打开。请换一种方式收通知。";
      });
    });
  }

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (sign) { return sign.charCodeAt(0); });
  }

  /* 3 What this device kept */
  var list = by("kept-pages");
  if (list && window.caches) {
    Promise.all(["own", "answers"].map(pages)).then(function (both) {
      both[0].concat(both[1]).forEach(function (page) {
        var item = document.createElement("li"), link = document.createElement("a");
        link.href = page.address;
        link.className = "row-link";
        link.textContent = page.title + "（" + page.day + "）";
        item.appendChild(link);
        list.appendChild(item);
      });
      if (list.children.length) { show("kept"); }
    });
    var wipe = by("wipe");
    if (wipe) {
      wipe.addEventListener("click", function () {
        Promise.all(["own", "answers"].map(function (name) { return caches.delete(name); })).then(function () {
          list.textContent = "";
          by("kept").hidden = true;
          by("wiped").hidden = false;
        });
      });
    }
  }

  function pages(name) {
    return caches.has(name).then(function (there) { return there ? caches.open(name) : null; }).then(function (cache) {
      return cache ? cache.keys().then(function (all) {
        return Promise.all(all.reverse().map(function (request) {
          return cache.match(request).then(function (response) {
            var at = new Date(Number(response.headers.get("Yibao-Kept")));
            return response.text().then(function (html) {
              var title = new DOMParser().parseFromString(html, "text/html").title.split(" · ")[0];
              return { address: request.url, title: title, day: (at.getMonth() + 1) + "月" + at.getDate() + "日" };
            });
          });
        }));
      }) : [];
    });
  }
})();
