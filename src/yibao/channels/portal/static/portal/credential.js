/* The e-credential renews itself in its place, two seconds before it ends, and counts down in words.
   Without this script the page is loaded anew. Baseline Chrome 80 / iOS 13. */
(function () {
  "use strict";
  var ends, asking;
  function begin() {
    ends = Date.now() + document.getElementById("code").dataset.renew * 1000;
    asking = false;
  }
  function renew() {
    asking = true;
    fetch(location.href, { cache: "no-store" })
      .then(function (answer) {
        if (!answer.ok || answer.redirected) { throw new Error(); }
        return answer.text();
      })
      .then(function (text) {
        var next = new DOMParser().parseFromString(text, "text/html").getElementById("code");
        ["qr", "valid"].forEach(function (name) {
          document.querySelector("#code ." + name).innerHTML = next.querySelector("." + name).innerHTML;
        });
        begin();
      })
      .catch(function () { location.reload(); });
  }
  function look() {
    var left = Math.ceil((ends - Date.now()) / 1000);
    if (left <= 0) { if (!asking) { renew(); } return; }
    document.getElementById("left").textContent = "，还有 " + left + " 秒换新码";
  }
  begin();
  setInterval(look, 1000);
  document.addEventListener("visibilitychange", look);
  look();
})();
