"""How the HTML of a quote pack looks, on screen in light and dark and on paper."""

from __future__ import annotations

SCREEN = """
:root { color-scheme: light dark; --ink: #1f2328; --muted: #5b646c; --accent: #1f5c66;
  --hair: #c9d3d6; --page: #fffdf8; --tint: #eaf1f2; --warn: #8a4b14; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e6e1; --muted: #a5acb4; --accent: #7fc4cd;
  --hair: #3b4347; --page: #1d2023; --tint: #283034; --warn: #e0a56b; } }
html { background: var(--page); color: var(--ink); }
html { font-size: 17px; }
body { font: 1rem/1.55 Georgia, Gelasio, "Liberation Serif", serif; max-width: 42rem;
  margin: 4rem auto; padding: 0 1.5rem; }
header p, nav, table, details, .definition, .count, .regions, .around, .id, figcaption {
  font-family: Calibri, Carlito, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
h1, h2, h3, h4 { font-weight: normal; line-height: 1.2; }
h1 { font-size: 2.2rem; margin: 0 0 .6rem; }
h2 { font-size: 1.6rem; color: var(--accent); border-top: 1px solid var(--hair);
  padding-top: 1.2rem; margin: 3.5rem 0 .4rem; }
h3 { font-size: 1.2rem; margin: 2.4rem 0 .3rem; }
h4 { font-size: 1.05rem; margin: 2rem 0 .3rem; }
a { color: var(--accent); }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
:target { background: var(--tint); outline: .4rem solid var(--tint); }
.kicker { color: var(--accent); font-weight: bold; letter-spacing: .04em; margin: 0 0 .4rem; }
.note, .definition, .regions, figcaption { color: var(--muted); margin: .2rem 0;
  white-space: pre-line; }
.definition { font-size: .95rem; } .regions { font-size: .92rem; }
.count { color: var(--accent); font-size: .95rem; margin: .2rem 0 .6rem; }
.own { white-space: pre-line; }
nav ul { list-style: none; padding: 0; margin: .3rem 0 2rem; }
nav li { display: flex; justify-content: space-between; padding: .15rem 0; }
nav a, table a { color: inherit; text-decoration: none; }
nav a:hover, table a:hover { text-decoration: underline; }
nav p { display: flex; justify-content: space-between; color: var(--muted); margin: 2rem 0 0;
  font-size: .92rem; }
.depth-1 { padding-left: 1.2rem; } .depth-2 { padding-left: 2.4rem; }
figure { margin: 1.6rem 0; }
blockquote { margin: 0; padding: .1rem 0 .1rem 1.1rem; border-inline-start: 2px solid
  var(--accent); white-space: pre-wrap; overflow-wrap: anywhere; }
figcaption, .around { font-size: .92rem; padding-inline-start: calc(1.1rem + 2px); }
.around { color: var(--muted); margin: .2rem 0; white-space: pre-line; overflow-wrap: anywhere; }
.id { display: inline-block; color: var(--muted); font-size: .78rem; text-decoration: none; }
.id:hover { text-decoration: underline; }
em { color: var(--warn); }
table { border-collapse: collapse; width: 100%; font-size: .92rem; margin: .8rem 0 1.6rem; }
caption { text-align: start; color: var(--muted); padding: 0 0 .3rem; }
th, td { text-align: start; vertical-align: top; padding: .35rem .8rem .35rem 0;
  border-bottom: 1px solid var(--hair); overflow-wrap: anywhere; }
td:first-child, th { overflow-wrap: normal; }
th { color: var(--muted); } th[scope=row] { color: inherit; font-weight: normal; }
.sum * { font-weight: bold; }
.number { text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; }
.bar { width: 40%; padding-right: 0; }
.bar i { display: block; height: .75em; margin-top: .35em; background: var(--accent);
  min-width: 2px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
summary { color: var(--muted); cursor: pointer; font-size: .92rem; }
"""

PAPER = """
@media print {
  :root { --ink: #000; --muted: #444; --accent: #1f5c66; --hair: #bbb; --page: #fff;
    --tint: #fff; --warn: #8a4b14; color-scheme: light; }
  html { background: none; font-size: 10.5pt; }
  body { margin: 0; max-width: none; padding: 0; orphans: 3; widows: 3; }
  h1, h2, h3, h4, caption, summary, .definition, .count, .regions { break-after: avoid; }
  figure, tr { break-inside: avoid; }
  .around:first-child, blockquote { break-after: avoid; }
  figcaption { break-before: avoid; }
  thead { display: table-header-group; }
  summary { list-style: none; }
  .method { break-before: page; }
  :target { background: none; outline: none; }
}
"""


def page(title: str) -> str:
    """The rules of an A4 page with a running title, and page numbers where a browser has them."""
    running = f"font: 8pt sans-serif; color: #555; content: {_string(title)}"
    numbers = 'font: 8pt sans-serif; color: #555; content: counter(page) " / " counter(pages)'
    return (
        "@page { size: A4; margin: 25mm 24mm;"
        f" @top-left {{ {running} }} @bottom-right {{ {numbers} }} }}\n"
        "@page :first { @top-left { content: none } }\n"
    )


def _string(text: str) -> str:
    r"""The text as a CSS string (CSS Syntax 3 §4.3.7): all but plain letters as `\` and its number,
    so that nothing in it ends the string or the style sheet."""
    plain = (one if one.isascii() and one.isalnum() else f"\\{ord(one):x} " for one in text)
    return f'"{"".join(plain)}"'
