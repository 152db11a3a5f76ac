/* A passkey is made or shown, and what the browser gives goes to the server as JSON. Chrome 80 and newer. */
(function () {
  "use strict";
  var form = document.getElementById("passkey");
  if (!form || !window.PublicKeyCredential) { return; }

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/")), out = new Uint8Array(plain.length);
    for (var i = 0; i < plain.length; i += 1) { out[i] = plain.charCodeAt(i); }
    return out;
  }

  function text(buffer) {
    var plain = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function asked() {
    var key = JSON.parse(form.dataset.asked).publicKey;
    key.challenge = bytes(key.challenge);
    if (key.user) { key.user.id = bytes(key.user.id); }
    ["excludeCredentials", "allowCredentials"].forEach(function (name) {
      (key[name] || []).forEach(function (one) { one.id = bytes(one.id); });
    });
    return { publicKey: key };
  }

  function told(credential) {
    var given = credential.response, out = { clientDataJSON: text(given.clientDataJSON) };
    ["attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (name) {
      if (given[name]) { out[name] = text(given[name]); }
    });
    return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response: out,
             clientExtensionResults: credential.getClientExtensionResults() };
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var failed = form.querySelector("[data-failed]");
    failed.hidden = true;
    navigator.credentials[form.dataset.do](asked()).then(function (credential) {
      form.told.value = JSON.stringify(told(credential));
      form.submit();
    }).catch(function () { failed.hidden = false; });
  });
})();
