// A QR code carries its code behind `#`, where no server sees it: move it into the field, and out of the address.
const field = document.querySelector("[data-from-address]");
const code = decodeURIComponent(location.hash.slice(1));
if (field && /^[A-Za-z0-9-]{8,60}$/.test(code)) {
  field.value = code;
  history.replaceState(null, "", location.pathname);
}
