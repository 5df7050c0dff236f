import "./bw-autosave.ts";
import "./bw-copy.ts";
import "./bw-counter.ts";
import "./bw-dialog.ts";
import "./bw-menu.ts";
import "./bw-theme.ts";
