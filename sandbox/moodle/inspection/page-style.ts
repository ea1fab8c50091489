export const pageStyle = `
:root { color-scheme: light dark; --ink: #1d2433; --soft: #5d6880; --line: #dfe4ee; --paper: #fff; --ground: #f3f5fa;
  --accent: #b3541e; --accent-soft: #fbeee5; --good: #1d7a46; --bad: #b42318; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6eaf2; --soft: #98a3b8; --line: #2b3344; --paper: #171c27; --ground: #10141d; --accent: #f0955c;
    --accent-soft: #2d2119; --good: #5cc98a; --bad: #ff8a7a; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; }
header, .figures, nav, main { max-width: 1240px; margin: 0 auto; padding: 0 24px; }
header { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 20px; padding-top: 22px; }
h1 { display: flex; align-items: center; gap: 12px; margin: 0; font-size: 22px; font-weight: 650; }
.mark { display: grid; place-items: center; width: 34px; height: 34px; border-radius: 9px; background: var(--accent);
  color: var(--paper); font-weight: 700; }
.lead { margin: 0; color: var(--soft); flex: 1 1 320px; }
.language { display: inline-flex; border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
.language button { border: 0; border-radius: 0; background: var(--paper); }
.language button[aria-pressed='true'] { background: var(--accent-soft); color: var(--accent); font-weight: 600; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(124px, 1fr)); gap: 10px; margin-top: 18px; }
.figure { background: var(--paper); border: 1px solid var(--line); border-radius: 12px; padding: 12px 14px; }
.figure b { display: block; font-size: 22px; font-weight: 650; font-variant-numeric: tabular-nums; }
.figure span { color: var(--soft); font-size: 13px; }
.figure.alarm b { color: var(--bad); }
nav { display: flex; flex-wrap: wrap; gap: 4px; margin-top: 20px; }
nav button { border: 0; background: none; padding: 9px 14px; border-radius: 9px 9px 0 0; color: var(--soft); font-weight: 550; }
nav button[aria-selected='true'] { background: var(--paper); color: var(--accent); box-shadow: inset 0 2px var(--accent); }
main { padding-bottom: 40px; }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 10px; padding: 14px; background: var(--paper);
  border: 1px solid var(--line); border-bottom: 0; border-radius: 0 12px 0 0; }
.bar[hidden] { display: none; }
.grow { flex: 1; }
.total { color: var(--soft); font-variant-numeric: tabular-nums; }
input[type='search'] { flex: 0 1 340px; min-width: 180px; font: inherit; color: inherit; padding: 8px 12px;
  border: 1px solid var(--line); border-radius: 8px; background: var(--ground); }
button { font: inherit; color: inherit; cursor: pointer; padding: 7px 12px; border: 1px solid var(--line); border-radius: 8px;
  background: var(--paper); }
button:hover:not(:disabled) { border-color: var(--accent); }
button:disabled { opacity: .4; cursor: default; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.filter { background: var(--accent-soft); color: var(--accent); border-radius: 999px; padding: 5px 6px 5px 12px; }
.filter button { border: 0; background: none; padding: 0 6px; color: inherit; }
.sheet { background: var(--paper); border: 1px solid var(--line); border-radius: 0 0 12px 12px; overflow-x: auto; }
.sheet.alone { border-radius: 0 12px 12px 12px; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 9px 12px; border-bottom: 1px solid var(--line); white-space: nowrap; }
tr:last-child td { border-bottom: 0; }
th { color: var(--soft); font-size: 13px; font-weight: 550; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
tbody tr:hover { background: var(--accent-soft); }
td .link { border: 0; background: none; padding: 0 2px; color: var(--accent); font-variant-numeric: tabular-nums; }
td .link:hover { text-decoration: underline; }
td.long { max-width: 320px; overflow: hidden; text-overflow: ellipsis; }
.badge { display: inline-block; padding: 1px 9px; border-radius: 999px; font-size: 13px; border: 1px solid currentColor; }
.badge.good { color: var(--good); } .badge.bad { color: var(--bad); } .badge.mild { color: var(--soft); }
.none { padding: 44px; text-align: center; color: var(--soft); }
.settings { padding: 18px; display: grid; gap: 14px; }
textarea { width: 100%; min-height: 420px; font: 13px/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; color: inherit;
  background: var(--ground); border: 1px solid var(--line); border-radius: 8px; padding: 12px; }
.settings .row { display: flex; gap: 10px; align-items: center; flex-wrap: wrap; }
.primary { background: var(--accent); border-color: var(--accent); color: var(--paper); font-weight: 600; }
.said { color: var(--soft); white-space: pre-wrap; }
`;
