"""The look of an HTML document: on a screen by day and night, on a phone, on paper.

Every pair of colours has a contrast of 4.5 at least; no fact is said by colour alone.
"""

STYLE = """
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1c1d21; --soft: #50535c; --line: #c9ccd4;
  --tint: #f2f4f8; --accent: #0b4a86; --state: #8a2f00; --unknown: #5a4700; --disputed: #7a1f5c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15171c; --ink: #e9eaee; --soft: #b3b7c2; --line: #454a56;
    --tint: #20242c; --accent: #8fc3ff; --state: #ffb38a; --unknown: #f0d48a; --disputed: #f3a9d6;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0 auto; padding: 0 1rem 4rem; max-width: 52rem; overflow-wrap: anywhere;
  background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.6 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
a { color: var(--accent); text-underline-offset: 0.15em; }
a:focus-visible, main:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
main:focus { outline-offset: 0.5rem; }
.skip { position: absolute; left: -100vw; padding: 0.5rem 1rem; background: var(--paper); }
.skip:focus { left: 1rem; top: 0.5rem; }
header { margin: 3rem 0 2rem; padding-bottom: 1.5rem; border-bottom: 3px solid var(--accent); }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; text-wrap: balance; hyphens: auto; }
h1 { font-size: 2rem; margin: 0 0 0.5rem; }
h2 { font-size: 1.5rem; margin: 3rem 0 1rem; }
h3 {
  font-size: 1.2rem; margin: 2.5rem 0 0.75rem; padding-top: 1rem;
  border-top: 1px solid var(--line);
}
h4 { font-size: 1rem; margin: 1.5rem 0 0.4rem; color: var(--accent); }
h5, h6 { font-size: 1rem; margin: 1rem 0 0.4rem; }
.subtitle { font-size: 1.25rem; color: var(--soft); margin: 0 0 1.5rem; }
p, ul, ol, dl { margin: 0 0 0.9rem; }
ul, ol { padding-left: 1.4rem; }
li { margin: 0.2rem 0; }
nav ul { list-style: none; padding-left: 0; }
nav ul ul { padding-left: 1.25rem; }
dl > div { display: grid; grid-template-columns: 11rem 1fr; column-gap: 1rem; margin: 0 0 0.5rem; }
dt { font-weight: 600; grid-column: 1; }
dd { margin: 0; grid-column: 2; }
small { display: block; font-size: 0.85rem; color: var(--soft); }
.notice { padding: 0.6rem 0.9rem; background: var(--tint); border-left: 4px solid var(--accent); }
.notice strong { color: var(--accent); }
.notice.state { border-color: var(--state); }
.notice.state strong { color: var(--state); }
.notice.unknown { border-color: var(--unknown); }
.notice.unknown strong { color: var(--unknown); }
.notice.disputed { border-color: var(--disputed); }
.notice.disputed strong { color: var(--disputed); }
table { width: 100%; border-collapse: collapse; margin: 0 0 1.25rem; font-size: 0.95rem; }
caption { text-align: left; font-weight: 600; padding: 0.4rem 0; }
th, td {
  text-align: left; vertical-align: top; padding: 0.4rem 0.6rem;
  border: 1px solid var(--line);
}
thead th { background: var(--tint); }
tbody th { font-weight: 600; }
th, tbody th { overflow-wrap: normal; }
@media screen and (max-width: 44rem) {
  h1 { font-size: 1.6rem; }
  dl > div { display: block; }
  table, caption, tbody, tr, th, td { display: block; width: 100%; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { margin: 0 0 0.9rem; border: 1px solid var(--line); border-left: 4px solid var(--line); }
  th, td { border: 0; padding: 0.3rem 0.7rem; overflow-wrap: anywhere; }
  tbody th::before, td::before {
    content: attr(data-label); display: block;
    font-size: 0.8rem; font-weight: 400; color: var(--soft);
  }
}
@media print {
  @page { margin: 2cm; }
  :root {
    --paper: #ffffff; --ink: #000000; --soft: #333333; --line: #999999; --tint: #f2f2f2;
    --accent: #000000; --state: #000000; --unknown: #000000; --disputed: #000000;
  }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  .skip { display: none; }
  nav, main > section { break-before: page; }
  h1, h2, h3, h4, h5, h6, caption { break-after: avoid; }
  tr, .notice, li { break-inside: avoid; }
  thead { display: table-header-group; }
}
"""
