"""How a PDF looks: a document in typst, which receives what it says as JSON and never as markup.

`to_pdf` makes that JSON. Text given to typst as a string is shown as it is, whatever it holds; only
what stands in this file is obeyed.
"""

TEMPLATE = r"""
#let document-read = json(bytes(sys.inputs.document))
#let accent = rgb("#0b4a86")
#let soft = rgb("#50535c")
#let line-colour = rgb("#c9ccd4")
#let tint = rgb("#f2f4f8")
#let kinds = (
  state: rgb("#8a2f00"), origin: accent, unknown: rgb("#5a4700"), disputed: rgb("#7a1f5c"),
)

// --- what is written on the file, and the page

#set document(
  title: document-read.name,
  date: datetime(
    year: document-read.on.at(0), month: document-read.on.at(1), day: document-read.on.at(2),
  ),
)
#set text(
  lang: document-read.language, size: 10.5pt, hyphenate: true,
  font: ("Libertinus Serif", "DejaVu Sans Mono"),
)
#set par(leading: 0.68em, spacing: 1em, linebreaks: "optimized")

// The chapter that goes on at the top of this page, or else the first that begins on it.
#let chapter-here() = {
  let page-here = here().page()
  let chapters = query(heading.where(level: 2, outlined: true))
  let at-top = chapters.filter(it => {
    let at = it.location().position()
    at.page == page-here and at.y < 4cm
  })
  let earlier = chapters.filter(it => it.location().page() < page-here)
  let begun = chapters.filter(it => it.location().page() == page-here)
  // The supplement of a heading holds its words as they fit in a header.
  if at-top.len() > 0 { at-top.first().supplement }
  else if earlier.len() > 0 { earlier.last().supplement }
  else if begun.len() > 0 { begun.first().supplement }
}
#set page(
  paper: "a4",
  margin: (x: 2.4cm, top: 2.6cm, bottom: 2.4cm),
  header: context if here().page() > 1 {
    set text(size: 8.5pt, fill: soft, hyphenate: false)
    grid(
      columns: (auto, 1fr), column-gutter: 0.8cm, align: (left, right),
      document-read.running,
      if document-read.contents > 0 { chapter-here() },
    )
    v(-0.6em)
    line(length: 100%, stroke: 0.5pt + line-colour)
  },
  footer: context if here().page() > 1 or document-read.contents == 0 {
    set text(size: 8.5pt, fill: soft)
    set align(center)
    document-read.footer
      .replace("{page}", str(here().page()))
      .replace("{pages}", str(counter(page).final().first()))
  },
)

// --- headings, lists, tables, notes

#show heading: set text(hyphenate: false)
#show heading: set block(breakable: true)
#show heading.where(level: 1): set text(size: 24pt, weight: 600, fill: accent)
#show heading.where(level: 1): set par(leading: 0.5em)
#show heading.where(level: 2): set text(size: 17pt, weight: 600, fill: accent)
#show heading.where(level: 2): set block(above: 2em, below: 1em)
#show heading.where(level: 3): set text(size: 13.5pt, weight: 600)
#show heading.where(level: 3): set block(above: 2em, below: 0.9em)
#show heading.where(level: 4): set text(size: 11pt, weight: 600, fill: accent)
#show heading.where(level: 4): set block(above: 1.3em, below: 0.6em)
#show heading.where(level: 5): set text(size: 10.5pt, weight: 600)
#show heading.where(level: 6): set text(size: 10.5pt, weight: 400, style: "italic")
// A hyphen at the end of a line would be taken for a part of the address.
#show link: set text(fill: accent, hyphenate: false)
#set list(indent: 0.4em, body-indent: 0.6em, spacing: 0.65em)
#set enum(indent: 0.4em, body-indent: 0.6em, spacing: 0.65em)
#set terms(separator: linebreak(), hanging-indent: 0pt, tight: false, spacing: 1.05em)
#set footnote.entry(gap: 0.45em, separator: line(length: 25%, stroke: 0.5pt + soft))
#show footnote.entry: set text(size: 8.5pt, hyphenate: false)
#set table(
  inset: (x: 0.55em, y: 0.5em), align: left + top,
  stroke: (x, y) => (bottom: 0.5pt + line-colour, top: if y == 0 { 0.8pt + accent }),
  fill: (x, y) => if y == 0 { tint },
)
#show table: set text(size: 9pt)
// No block around both: broken by a page that has a header, it would part the table from its
// caption in the tags. A figure keeps what stands in it on one page, unless told otherwise.
#show figure: set block(breakable: true)
#show figure: it => {
  it.caption
  it.body
}
#show figure.caption: it => block(
  width: 100%, breakable: true, sticky: true, above: 1.2em, below: 0.7em,
  align(left, text(weight: 600, hyphenate: false, it.body)),
)
#show outline.entry: set text(size: 10pt, hyphenate: false)
#show outline.entry: set par(leading: 0.55em)
#show outline.entry: set block(above: 0.6em)
#show outline.entry.where(level: 2): set text(weight: 600)
#show outline.entry.where(level: 2): set block(above: 1em)
#set outline.entry(fill: text(fill: soft, repeat(gap: 0.25em)[.]))

// --- what blocks are made of

#let words(run) = {
  // A long word may go on to the next line after each of its pieces.
  let said = run.pieces.join(box())
  if run.to == "" { said }
  else if run.to.starts-with("#") { link(label(run.to.slice(1)), said) }
  else { link(run.to, said) }
}
#let runs(texts) = texts.map(words).join()
#let noted(block) = {
  runs(block.text)
  if block.note != none { footnote(runs(block.note)) }
}
#let anchored(body, anchor) = if anchor == none { body } else [#body#label(anchor)]

#let notice(it) = block(
  width: 100%, breakable: true, fill: tint, inset: (x: 0.9em, y: 0.75em),
  stroke: (left: 3pt + kinds.at(it.kind)),
  par({
    text(weight: 700, fill: kinds.at(it.kind), runs(it.label))
    [ ]
    runs(it.text)
  }),
)

#let row(cells, anchor) = {
  let (first, ..rest) = cells.map(runs)
  let named = if anchor == none { first } else [#metadata(none)#label(anchor)#first]
  (table.cell(text(weight: 600, named)), ..rest)
}
#let grid-of(it) = figure(
  kind: table, supplement: none, numbering: none,
  caption: figure.caption(position: top, runs(it.caption)),
  table(
    columns: it.widths.map(width => width * 1fr),
    table.header(..it.titles.map(title => text(weight: 600, hyphenate: false, runs(title)))),
    ..it.rows.zip(it.anchors).map(((cells, anchor)) => row(cells, anchor)).flatten(),
  ),
)

#let section-heading(it) = anchored(
  heading(level: it.level, bookmarked: it.bookmarked, supplement: it.short, runs(it.title)),
  it.anchor,
)
#let show-block(it) = {
  if it.is == "page" { pagebreak(weak: true) }
  else if it.is == "heading" { section-heading(it) }
  else if it.is == "paragraph" { par(noted(it)) }
  else if it.is == "list" { list(..it.items.map(noted)) }
  else if it.is == "steps" { enum(..it.items.map(noted)) }
  else if it.is == "facts" {
    terms(..it.facts.map(fact => terms.item(
      text(weight: 600, fill: soft, size: 0.92em, runs(fact.term)),
      fact.texts.map(runs).join(linebreak()),
    )))
  }
  else if it.is == "notice" { notice(it) }
  else if it.is == "table" { grid-of(it) }
  else { panic(it.is) }
}

// --- the document

#if document-read.contents > 0 { v(4.5cm) }
#heading(level: 1, outlined: false, bookmarked: false, runs(document-read.title))
#if document-read.whole.len() > 0 { par(runs(document-read.whole)) }
#block(above: 1em, below: 1.6em, {
  set text(size: 14pt, fill: soft, hyphenate: false)
  par(runs(document-read.subtitle))
})
#line(length: 100%, stroke: 1.5pt + accent)
#v(0.8em)
#for it in document-read.front { show-block(it) }
#if document-read.contents > 0 {
  pagebreak(weak: true)
  heading(level: 2, outlined: false, document-read.summary)
  outline(title: none, depth: document-read.contents + 1, indent: n => calc.max(n - 1, 0) * 1.4em)
  pagebreak(weak: true)
}
#for it in document-read.blocks { show-block(it) }
#if document-read.unshown != none {
  v(2em)
  par(text(size: 8.5pt, fill: soft, document-read.unshown))
}
"""
