/* The self-service terminal: counts down to the wiping, tells the machine's program of each touch and hears from it of
   the card, types the PIN, takes what the scanner types, turns the page. Baseline Chrome 80. */
(function () {
  "use strict";
  var body = document.body, start = "/kiosk/";
  var idle = 1000 * body.dataset.idle, warn = 1000 * body.dataset.warn, isStart = body.dataset.page === "start";
  var last = Date.now(), told = 0, spoken = 0, gone = false;
  function find(id) { return document.getElementById(id); }

  function leave() { location.replace(start); }

  function wipe() {
    if (gone) { return false; }
    gone = true;
    body.textContent = "";  // nothing stays in sight while the first page is on its way
    return true;
  }

  function timeIsUp() {  // this clock may be the first: the machine's program is told, and the first page comes after
    if (wipe()) { fetch("/kiosk/end/", { method: "POST", keepalive: true, redirect: "manual" }).then(leave, leave); }
  }

  function touch() {
    last = Date.now();
    if (last - told > 1000) {
      told = last;
      fetch("/local/touch", { method: "POST" }).catch(function () {});
    }
    count();
  }

  function count() {
    var box = find("time"), left = Math.ceil((last + idle - Date.now()) / 1000);
    if (!box) { return; }
    if (left <= 0) { timeIsUp(); return; }
    var soon = left <= warn / 1000;
    box.classList.toggle("soon", soon);
    find("left-words").textContent = soon ? "还有 " + left + " 秒就清空" : "不碰屏幕，" + left + " 秒后清空";
    if (!soon) { spoken = 0; return; }
    if (left <= 10 ? spoken < 2 : spoken < 1) {  // at 20 and at 10 seconds: a voice that counts each second says nothing
      spoken = left <= 10 ? 2 : 1;
      find("said").textContent = "还有 " + left + " 秒就清空。要接着看，请碰一下屏幕。";
    }
  }

  ["pointerdown", "keydown"].forEach(function (name) { addEventListener(name, touch, true); });
  if (!isStart) { setInterval(count, 250); }
  addEventListener("pageshow", function (event) { if (event.persisted && wipe()) { leave(); } });
  addEventListener("contextmenu", function (event) { event.preventDefault(); });

  var heard = new EventSource("/local/events");
  heard.onmessage = function (event) {
    var state = event.data;
    if (state === "wiped") { isStart ? location.reload() : wipe() && leave(); }
    if (state === "nobody" && body.dataset.visit && wipe()) { leave(); }
    if ((state === "pin" || (state === "card" && isStart)) && !gone) { gone = true; location.replace("/kiosk/pin/"); }
    if (state === "reading" && find("reading")) { find("reading").hidden = false; }
  };
  heard.onerror = function () { if (!isStart && heard.readyState === 2 && wipe()) { leave(); } };
  addEventListener("pagehide", function () { heard.close(); });

  var pad = document.querySelector("[data-pad]");
  if (pad) {
    document.querySelectorAll("[data-digit]").forEach(function (key) {
      key.addEventListener("click", function () { if (pad.value.length < pad.maxLength) { pad.value += key.dataset.digit; } });
    });
    find("back").addEventListener("click", function () { pad.value = pad.value.slice(0, -1); });
  }

  var scan = find("scan"), typed = "";
  if (scan) {  // a scanner is a keyboard that ends with Enter
    document.addEventListener("keydown", function (event) {
      if (event.key === "Enter" && typed.length > 20) {
        event.preventDefault();
        scan.elements.code.value = typed;
        typed = "";
        scan.submit();
      } else if (event.key.length === 1) {
        typed = (typed + event.key).slice(-2000);
      }
    });
  }

  var show = find("show"), scroll = find("scroll");
  function step(way) { show.scrollTop += way * (show.clientHeight - 80); ends(); }
  function ends() {
    find("up").disabled = show.scrollTop <= 0;
    find("down").disabled = show.scrollTop + show.clientHeight >= show.scrollHeight - 2;
  }
  function fits() {
    scroll.hidden = show.scrollHeight <= show.clientHeight + 2 || getComputedStyle(body).display === "block";
    if (!scroll.hidden) { ends(); }
  }
  find("up").addEventListener("click", function () { step(-1); });
  find("down").addEventListener("click", function () { step(1); });
  addEventListener("resize", fits);
  fits();
})();
