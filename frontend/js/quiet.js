// Designsystemet writes advice to the console unless told not to. Imported before it.
window.dsWarnings = false;
