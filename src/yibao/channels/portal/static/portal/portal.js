/* The portal works without this file. With it, an answer follows what is typed, and a page can be read aloud.
   Our own, one file, no framework, no build; baseline Chrome 80 / iOS 13: nothing newer than ES2017. */
(function () {
  "use strict";

  /* 1 The answer follows the form ---------------------------------------------------------------------------------
     The server makes the page as ever; its parts marked data-live are put in the place of those shown. Lines of the form
     stay where they are, so that nobody loses the place while typing. */
  var WAIT = 300;

  function follow(form) {
    var timer = 0, busy = false, again = false, shown = query(), last = result();

    function query() {
      var pairs = [];
      new FormData(form).forEach(function (text, name) {
        pairs.push(encodeURIComponent(name) + "=" + encodeURIComponent(text));
      });
      return pairs.join("&");
    }

    function result() {
      return document.querySelector('[data-live="result"]').getAttribute("data-told");
    }

    function plan(wait) {
      clearTimeout(timer);
      timer = setTimeout(ask, wait);
    }

    function ask(done) {
      clearTimeout(timer);
      var asked = query();
      if (busy) { again = true; return; }          // one request at a time; what is on its way is not shown, the last is
      if (asked === shown) { if (done) { done(); } return; }
      busy = true;
      fetch(form.action + "?" + asked, { credentials: "same-origin" })
        .then(function (response) {
          if (!response.ok) { throw new Error("refused"); }
          return response.text();
        })
        .then(function (html) {
          if (query() === asked) {
            shown = show(new DOMParser().parseFromString(html, "text/html")) ? query() : form.submit();
            if (done) { done(); }
          } else {
            again = true;
          }
        })
        .catch(function () { if (done) { form.submit(); } })   // the button still works as a form does
        .then(function () {
          busy = false;
          if (again) { again = false; plan(0); }
        });
    }

    function show(page) {
      var fresh = page.getElementById("change");
      if (!fresh) { return false; }
      lines(form.querySelector("[data-rows]"), fresh.querySelector("[data-rows]"));
      document.querySelectorAll("[data-live]").forEach(function (part) {
        var now = page.querySelector('[data-live="' + part.getAttribute("data-live") + '"]');
        if (now) { part.replaceWith(document.importNode(now, true)); } else { part.textContent = ""; }
      });
      document.title = page.title;
      history.replaceState(null, "", fresh.getAttribute("data-here"));
      tell(result());
      return true;
    }

    function tell(text) {
      var status = document.getElementById("told");
      status.textContent = text === last ? "结果没有变。" + text : text;
      last = text;
    }

    form.addEventListener("input", function (event) {
      if (!event.isComposing) { plan(event.target.tagName === "SELECT" ? 0 : WAIT); }
    });
    form.addEventListener("compositionend", function () { plan(WAIT); });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      ask(function () {
        var wrong = form.querySelector("[aria-invalid]");
        if (wrong) { wrong.focus(); }
      });
    });
  }

  /* Lines that both have stay and only take over what is wrong with them; others come and go. */
  function lines(box, fresh) {
    var at = box.firstElementChild;
    var kept = {};
    fresh.querySelectorAll("[data-row]").forEach(function (row) { kept[row.getAttribute("data-row")] = row; });
    Array.prototype.slice.call(box.children).forEach(function (row) {
      if (!kept[row.getAttribute("data-row")]) { box.removeChild(row); }
    });
    at = box.firstElementChild;
    fresh.querySelectorAll("[data-row]").forEach(function (row) {
      if (at && at.getAttribute("data-row") === row.getAttribute("data-row")) {
        mark(at, row);
        at = at.nextElementSibling;
      } else {
        box.insertBefore(document.importNode(row, true), at);
      }
    });
  }

  function mark(row, fresh) {
    var before = row.querySelector(".field-error"), now = fresh.querySelector(".field-error");
    var field = row.querySelector(".field"), model = fresh.querySelector(".field");
    if (before) { before.parentNode.removeChild(before); }
    if (now) { row.insertBefore(document.importNode(now, true), row.querySelector("label").nextSibling); }
    ["aria-invalid", "aria-describedby"].forEach(function (name) {
      if (model.hasAttribute(name)) { field.setAttribute(name, model.getAttribute(name)); } else { field.removeAttribute(name); }
    });
  }

  /* 2 Reading aloud ------------------------------------------------------------------------------------------------
     The words come from the server, part by part. A pause stops the part and going on says it again from its beginning:
     the browsers' own pause does not work on every telephone. */
  function aloud(button) {
    var voice = window.speechSynthesis;
    var bar = document.getElementById("aloud-bar"), state = document.getElementById("aloud-state");
    var pause = document.getElementById("aloud-pause"), stop = document.getElementById("aloud-stop");
    var parts = [], at = 0, turn = 0;

    function say(text) {
      var words = new SpeechSynthesisUtterance(text);
      words.lang = "zh-CN";
      words.rate = 0.9;
      return words;
    }

    function lacks() {
      var voices = voice.getVoices();
      return voices.length > 0 && !voices.some(function (one) { return /^(zh|cmn|yue)/i.test(one.lang); });
    }

    function next() {
      var mine = turn;
      if (at >= parts.length) { end(); return; }
      var words = say(parts[at]);
      words.onend = function () { if (mine === turn) { at += 1; next(); } };
      words.onerror = function () { if (mine === turn) { told("这台设备没有读出来"); } };
      voice.speak(words);
    }

    function hush() {
      turn += 1;                                    // what was being said ends without going on
      voice.cancel();
    }

    function told(text) {
      hush();
      state.textContent = text;
      pause.hidden = true;
    }

    function open(text) {
      state.textContent = text;
      pause.textContent = "暂停";
      pause.hidden = false;
      bar.hidden = false;
      document.documentElement.classList.add("is-aloud");
    }

    function end() {
      hush();
      bar.hidden = true;
      document.documentElement.classList.remove("is-aloud");
      if (bar.contains(document.activeElement) || document.activeElement === document.body) { button.focus(); }
    }

    button.addEventListener("click", function () {
      hush();
      open("正在朗读");
      var mine = turn;
      if (lacks()) { told("这台设备没有中文语音"); return; }
      voice.speak(say(""));                         // some telephones only speak what begins with the press itself
      fetch(location.href, { credentials: "same-origin", headers: { Accept: "application/vnd.yibao.spoken+json" } })
        .then(function (response) { return response.json(); })
        .then(function (page) {
          if (mine === turn) { parts = page.parts; at = 0; next(); }
        })
        .catch(function () { if (mine === turn) { told("没有连上网，请再按一次朗读"); } });
    });
    pause.addEventListener("click", function () {
      hush();
      if (pause.textContent === "暂停") {
        pause.textContent = "继续";
        state.textContent = "停在这里";
      } else {
        open("正在朗读");
        next();
      }
    });
    stop.addEventListener("click", end);
    document.addEventListener("keydown", function (event) { if (event.key === "Escape" && !bar.hidden) { end(); } });
    window.addEventListener("pagehide", hush);
    button.hidden = false;
  }

  /* 3 Without a network --------------------------------------------------------------------------------------------
     The service worker keeps what the server lets it; see sw.js. */
  if (navigator.serviceWorker && window.isSecureContext && document.querySelector("link[rel=manifest]")) {
    window.addEventListener("load", function () { navigator.serviceWorker.register("/sw.js").catch(function () {}); });
  }

  var form = document.getElementById("change"), button = document.getElementById("aloud");
  if (form && window.fetch && window.DOMParser && window.FormData) { follow(form); }
  if (button && window.fetch && window.speechSynthesis && window.SpeechSynthesisUtterance) { aloud(button); }
})();
