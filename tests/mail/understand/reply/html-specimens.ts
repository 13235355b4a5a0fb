import { type Language, languages, words } from './words.ts'

/** A mail in HTML, of which the plain text is made by us or stands beside it without any mark of history. */
export type HtmlSpecimen = { name: string; html: string; text: string | undefined; own: string[]; quoted: string[] }

/** A language that no pattern knows: only the HTML says where the history begins. */
const unknown = 'Noordzee ezt írta (időpont: nov. 20., P):'
const block = ['Noordzee', 'péntek', 'klant', 'Emlékeztető'].map((value, at) => `<b>${'ABCD'[at]}x:</b> ${value}`).join('<br>')
const paragraphs = (lines: readonly string[], tag = 'div'): string => lines.map(line => `<${tag}>${line}</${tag}>`).join('\n<br>\n')

/** How programs wrap what they quote, with whether answers can stand below it and between. */
const programs: Record<string, { quote: (inner: string) => string; between?: (first: string, answer: string, second: string) => string; ends: boolean }> = {
  gmail: {
    quote: inner =>
      `<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">${unknown}<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid">${inner}</blockquote></div>`,
    between: (first, answer, second) =>
      `<div class="gmail_quote"><div class="gmail_attr">${unknown}</div><blockquote class="gmail_quote">${first}</blockquote><div>${answer}</div><blockquote class="gmail_quote">${second}</blockquote></div>`,
    ends: true,
  },
  'outlook for windows': {
    quote: inner => `<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal>${block}</p></div>${inner}`,
    ends: false,
  },
  'outlook on the web': {
    quote: inner =>
      `<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri">${block}</font></div>${inner}`,
    ends: false,
  },
  'outlook with a blue line': {
    quote: inner => `<div style='border:none;border-left:solid blue 1.5pt;padding:0cm 0cm 0cm 4.0pt'><p>${block}</p>${inner}</div>`,
    ends: true,
  },
  'outlook for mac': { quote: inner => `<span id="OLK_SRC_BODY_SECTION"><div><span>${block}</span></div>${inner}</span>`, ends: true },
  'new outlook for mac': { quote: inner => `<div id="mail-editor-reference-message-container"><div>${block}</div><div>${inner}</div></div>`, ends: true },
  'outlook on a phone': { quote: inner => `<hr><div id="divRplyFwdMsg"><strong>${block}</strong></div>${inner}`, ends: false },
  'apple mail': {
    quote: inner => `<blockquote type="cite"><div>${unknown}</div><br class="Apple-interchange-newline"><div>${inner}</div></blockquote>`,
    between: (first, answer, second) =>
      `<blockquote type="cite"><div>${unknown}</div>${first}</blockquote><div>${answer}</div><blockquote type="cite">${second}</blockquote>`,
    ends: true,
  },
  thunderbird: {
    quote: inner => `<div class="moz-cite-prefix">${unknown}<br></div><blockquote type="cite" cite="mid:a@noordzee.example">${inner}</blockquote>`,
    between: (first, answer, second) =>
      `<div class="moz-cite-prefix">${unknown}</div><blockquote type="cite">${first}</blockquote><p>${answer}</p><blockquote type="cite">${second}</blockquote>`,
    ends: true,
  },
  yahoo: { quote: inner => `<div id="ydp1yahoo_quoted_2" class="ydp1yahoo_quoted yahoo_quoted"><div>${unknown}</div><div>${inner}</div></div>`, ends: true },
  gmx: {
    quote: inner => `<div name="quote" style="margin:10px 5px 5px 10px;border-left:2px solid #C3D9E5"><div>${block}</div><div>${inner}</div></div>`,
    ends: true,
  },
  proton: {
    quote: inner => `<div class="protonmail_quote">${unknown}<br><blockquote class="protonmail_quote" type="cite">${inner}</blockquote></div>`,
    ends: true,
  },
  zimbra: {
    quote: inner => `<hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__">${block}</div><div data-marker="__QUOTED_TEXT__">${inner}</div>`,
    ends: false,
  },
  'a blockquote with another mark': {
    quote: inner => `<blockquote style="border-left: 3px solid rgb(200, 200, 200); padding-left: 1ex">${inner}</blockquote>`,
    ends: true,
  },
}

/** Inside the history, in the colour that the own words name. */
const inColour: Record<Language, string> = {
  nl: 'Zie mijn antwoorden hieronder in het rood.',
  fr: 'Voir mes réponses ci-dessous en rouge.',
  de: 'Siehe meine Antworten unten in rot.',
  pl: 'Moje odpowiedzi poniżej na czerwono.',
  en: 'Please see my answers below in red.',
  es: 'Mis respuestas abajo en rojo.',
  it: 'Le mie risposte sotto in rosso.',
}

export const htmlSpecimens: readonly HtmlSpecimen[] = languages.flatMap(language => {
  const { greeting, own, inline, closing, name, reminder } = words[language]
  const said = [greeting, own[0], own[2], closing, name]
  const indented = `<div>${greeting}</div><blockquote style="margin: 0 0 0 40px; border: none; padding: 0px;"><div>${own[0]}</div></blockquote>`
  return Object.entries(programs).flatMap(([program, { quote, between, ends }]) => {
    const top = `<html><head><style>p { color: red }</style></head><body>${paragraphs(said)}`
    const quoted = [...reminder]
    const coloured = [paragraphs(reminder.slice(0, 2)), `<p><span style="color:#C00000">${inline[0]}</span></p>`, paragraphs(reminder.slice(2))].join('')
    const plain = (above: readonly string[], below: readonly string[]) => [...above, '', ...reminder, '', ...below].join('\n')
    const specimen = (place: string, html: string, text: string | undefined, kept: readonly string[]): HtmlSpecimen => ({
      name: `${language}, ${program}, ${place}`,
      html,
      text,
      own: [...kept],
      quoted,
    })
    return [
      specimen('on top', `${top}<br>${quote(paragraphs(reminder, 'p'))}</body></html>`, undefined, said),
      specimen('on top, beside plain text', `${top}<br>${quote(paragraphs(reminder, 'p'))}</body></html>`, plain(said, []), said),
      specimen('on top, indented', `${indented}${quote(paragraphs(reminder))}`, undefined, [greeting, own[0]]),
      specimen('in red', `<p>${inColour[language]}</p>${quote(coloured)}`, undefined, [inColour[language], inline[0]]),
      ...(ends ? [specimen('below', `<body>${quote(paragraphs(reminder))}${paragraphs(said)}</body>`, undefined, said)] : []),
      ...(ends ? [specimen('below, beside plain text', `<body>${quote(paragraphs(reminder))}${paragraphs(said)}</body>`, plain([], said), said)] : []),
      ...(between
        ? [
            specimen(
              'between',
              `<p>${own[0]}</p>${between(paragraphs(reminder.slice(0, 2)), inline[0], paragraphs(reminder.slice(2)))}<p>${name}</p>`,
              undefined,
              [own[0], inline[0], name],
            ),
          ]
        : []),
    ]
  })
})
