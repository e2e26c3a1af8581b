// The code behind `#` in the address of a QR or a mail: put in its field, and taken out of the address bar.
export function fillCode() {
  const field = document.querySelector("input[name=code]");
  const code = location.hash.slice(1);
  if (!field || field.value || !/^[A-Za-z0-9-]{4,60}$/.test(code)) return;
  field.value = code;
  history.replaceState(null, "", location.pathname + location.search);
}
