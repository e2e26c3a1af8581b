// Designsystemet's own behaviours, for the pages that use dialogs, tabs, tooltips or suggestions.
import "./quiet.js";
import "@digdir/designsystemet-web";
