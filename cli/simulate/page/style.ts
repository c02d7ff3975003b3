/** The page's own style: the colours of the operating system, light or dark. */
export const style = `
:root {
  color-scheme: light dark;
  --text: #24292f; --muted: #57606a; --background: #ffffff; --grid: #d8dee4;
  --first: #0969da; --second: #1a7f37; --third: #cf222e; --outage: #cf222e1a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #d5dce3; --muted: #9199a1; --background: #0d1117; --grid: #30363d;
    --first: #58a6ff; --second: #3fb950; --third: #ff7b72; --outage: #ff7b7226;
  }
}
body {
  margin: 0 auto; padding: 1rem; max-width: 72rem;
  color: var(--text); background: var(--background);
  font: 15px/1.5 system-ui, sans-serif;
}
h1 { font-size: 1.5rem; margin: 0.5rem 0; }
h2 { font-size: 1.05rem; margin: 1.75rem 0 0.5rem; }
p { color: var(--muted); margin: 0.25rem 0; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.2rem 0.75rem 0.2rem 0; }
th { font-weight: 600; white-space: nowrap; width: 9rem; }
tr { border-bottom: 1px solid var(--grid); }
td { font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.bad { color: var(--third); }
.good { color: var(--second); }
.uplot { font-family: inherit; }
`;
