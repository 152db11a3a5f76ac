/* The end of the session: the line that tells it is hidden till three minutes before, and then stays in sight.
   Without this script the line stands on every page from the start. Baseline Chrome 80 / iOS 13. */
(function () {
  "use strict";
  var box = document.getElementById("ending");
  if (!box) { return; }
  var words = document.getElementById("ending-words");
  var plain = words.innerHTML;
  // The clock of the device may be wrong: only how long it is to the end is taken from the server.
  var ends = Date.now() + (box.dataset.ends - box.dataset.now) * 1000;
  var warn = box.dataset.warn * 1000;
  function look() {
    var left = ends - Date.now();
    if (left <= 0) { location.replace(box.dataset.out); return; }
    if (left <= warn && box.hidden) {
      box.hidden = false;
      box.classList.add("soon");
      words.innerHTML = "快到时间了：" + plain;
    }
  }
  function extended(told) {
    ends = Date.now() + 1000 * told.seconds;
    plain = "没有再按什么的话，<b class=\"nb\">" + told.clock + "</b> 自动退出。";
    box.hidden = true;
    box.classList.remove("soon");
    words.textContent = "";
  }
  box.hidden = true;
  box.addEventListener("submit", function (event) {
    event.preventDefault();
    fetch(box.action, { method: "POST", body: new FormData(box), headers: { Accept: "application/json" }, redirect: "error" })
      .then(function (answer) { if (!answer.ok) { throw new Error(); } return answer.json(); })
      .then(extended)
      .catch(function () { box.submit(); });
  });
  window.addEventListener("pageshow", function (event) { if (event.persisted) { location.reload(); } });
  document.addEventListener("visibilitychange", look);
  setInterval(look, 1000);
  look();
})();
