/* The portal without a network, and push messages. The site works without this file.
   Pages come from the network; only where there is none, from what this device kept, marked as old with its day.
   What may be kept the server says (Yibao-Keep): public answers, and of somebody's own record nothing unless that
   person allowed it on this device. Our own, no framework; baseline Chrome 80 / iOS 13. */
"use strict";
var SHELL = "shell-@VERSION@", PUBLIC = "answers", OWN = "own";
var FILES = ["/offline/", "/static/portal/portal.css", "/static/portal/account.css", "/static/portal/portal.js",
  "/static/portal/session.js", "/static/portal/app.js", "/static/portal/icon.svg"];
var DAY = 24 * 3600 * 1000, PAGES = 20, AGE = { answers: 30 * DAY, own: 7 * DAY };
var MARK = '<main id="main"><div class="wrap">';

self.addEventListener("install", function (event) {
  event.waitUntil(caches.open(SHELL).then(function (cache) { return cache.addAll(FILES); })
    .then(function () { return self.skipWaiting(); }));
});

self.addEventListener("activate", function (event) {
  event.waitUntil(caches.keys().then(function (names) {
    return Promise.all(names.map(function (name) {
      return name.indexOf("shell-") === 0 && name !== SHELL ? caches.delete(name) : null;
    }));
  }));
});

self.addEventListener("fetch", function (event) {
  var request = event.request, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) { return; }
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).then(function (response) {
      event.waitUntil(keep(request.url, response.clone()));
      return response;
    }, function () { return old(request.url); }));
  } else if (url.pathname.indexOf("/static/") === 0) {
    event.respondWith(fetch(request).catch(function () {
      return caches.match(url.pathname).then(function (found) { return found || Response.error(); });
    }));
  }
});

function plain(address) { return address.split("#")[0]; }

/* "public", "own MARK" (whose it is) or "none": forget what is somebody's own. */
function keep(address, response) {
  var told = response.headers.get("Yibao-Keep");
  if (!told) { return Promise.resolve(); }
  if (told === "none") { return caches.delete(OWN); }
  var name = told === "public" ? PUBLIC : OWN;
  return (name === OWN ? whose(told) : Promise.resolve())
    .then(function () { return response.blob(); })
    .then(function (body) {
      var headers = new Headers(response.headers);
      headers.set("Yibao-Kept", String(Date.now()));
      return caches.open(name).then(function (cache) {
        return cache.delete(plain(address))
          .then(function () { return cache.put(plain(address), new Response(body, { headers: headers })); })
          .then(function () { return cache.keys(); })
          .then(function (all) {
            return Promise.all(all.slice(0, Math.max(0, all.length - PAGES)).map(function (one) { return cache.delete(one); }));
          });
      });
    });
}

/* What is kept of another person goes first. */
function whose(told) {
  return caches.open(OWN).then(function (cache) { return cache.keys().then(function (all) {
    return all.length ? cache.match(all[0]) : null;
  }); }).then(function (one) {
    return one && one.headers.get("Yibao-Keep") !== told ? caches.delete(OWN) : null;
  });
}

function old(address) {
  return found(OWN, address).then(function (own) { return own || found(PUBLIC, address); })
    .then(function (page) { return page || caches.match("/offline/"); });
}

function found(name, address) {
  return caches.has(name).then(function (there) { return there ? caches.open(name) : null; }).then(function (cache) {
    return cache ? cache.match(plain(address)).then(function (response) {
      var at = response ? Number(response.headers.get("Yibao-Kept")) : 0;
      if (!response) { return null; }
      if (Date.now() - at > AGE[name]) { return cache.delete(plain(address)).then(function () { return null; }); }
      return response.text().then(function (html) {
        if (html.indexOf(MARK) < 0) { return null; }              // what cannot be marked as old is not shown
        return new Response(html.replace(MARK, MARK + words(new Date(at))), { headers: response.headers });
      });
    }) : null;
  });
}

function words(at) {
  var clock = ("0" + at.getHours()).slice(-2) + ":" + ("0" + at.getMinutes()).slice(-2);
  var day = at.getFullYear() + "年" + (at.getMonth() + 1) + "月" + at.getDate() + "日 " + clock;
  return '<section class="note" role="status" id="kept"><p><b>现在没有连上网。</b>这一页是' + day +
    "看的，留在这台设备上，现在可能变了。</p></section>";
}

self.addEventListener("push", function (event) {
  var told = event.data ? event.data.json() : { title: "有一条通知", body: "请登录以后看。", tag: "notice", page: "/me/notices/" };
  event.waitUntil(self.registration.showNotification(told.title, {
    body: told.body, tag: told.tag, lang: "zh-CN", icon: "/static/portal/icon-192.png", data: { page: told.page }
  }));
});

self.addEventListener("notificationclick", function (event) {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data.page));
});
