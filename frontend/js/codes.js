// A QR on paper holds its code behind `#`, so that no server or log sees it. Here it is put in the field, and out of the address.
export function fillInCode() {
  const field = document.querySelector("main input[name=code]");
  const code = decodeURIComponent(location.hash.slice(1));
  if (!field || field.value || !/^[A-Z0-9-]{8,40}$/.test(code)) return;
  field.value = code;
  history.replaceState(null, "", location.pathname + location.search);
}
