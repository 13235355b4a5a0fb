import { type Colour, colouredLinesOfHtml } from './html-quotes.ts'

const answer =
  /(?<!\p{L})(antwoord|reactie|opmerking|commentaar|answer|comment|repl(y|ies)|response|remark|réponse|commentaire|remarque|antwort|anmerkung|kommentar|odpowied|komentarz|uwagi|respuesta|comentario|rispost|comment[io]|zie|see|voir|siehe|patrz|vid|véase|vedi)/iu
const within =
  /(?<!\p{L})(hieronder|onderstaand|tussen de regels|in de (mail|tekst)|below|inline|in-line|in the text|between the lines|ci-dessous|ci-après|dans le (texte|mail)|unten|im text|in der mail|untenstehend|poniżej|w tekście|w treści|abajo|más abajo|en el texto|sotto|di seguito|nel testo)(?!\p{L})/iu
const colours: Record<Colour, RegExp> = {
  red: /(?<!\p{L})(in (het )?(rood|red|rot|rosso)|en (rouge|rojo)|na czerwono|w kolorze czerwonym|colou?r red)(?!\p{L})/iu,
  blue: /(?<!\p{L})(in (het )?(blauw|blue|blau|blu)|en (bleu|azul)|na niebiesko|w kolorze niebieskim)(?!\p{L})/iu,
  green: /(?<!\p{L})(in (het )?(groen|green|grün|verde)|en (vert|verde)|na zielono|w kolorze zielonym)(?!\p{L})/iu,
}
/** How people mark a line of theirs in a text of somebody else: an arrow, stars, their name in brackets, the word itself. */
const markedAnswer =
  /^[\s>]*((--?|==?)>|\*{2,}(?!\s*$)|\[[\p{L} .'-]{2,40}\](?=\s*\S)|(antwoord|answer|reply|réponse|antwort|odpowiedź|respuesta|risposta)\s*:)\s*/iu

/**
 * Takes answers that stand inside the history out of it, where the own words above say that they are there ("see my answers in red",
 * "zie hieronder"): lines of that colour in the HTML, and lines that are marked as answers.
 */
export function freeAnswersWithin(lines: readonly string[], quoted: boolean[], html: string | undefined): void {
  const own = lines.filter((line, at) => !quoted[at] && line.length < 400)
  if (!quoted.includes(true) || own.length > 400) return
  const colour = (Object.keys(colours) as Colour[]).find(each => own.some(line => colours[each].test(line)))
  const isSaid = colour !== undefined || own.some(line => answer.test(line) && within.test(line))
  if (!isSaid) return
  const coloured = colour && html ? colouredLinesOfHtml(html, lines, colour) : undefined
  const first = quoted.indexOf(true)
  for (let at = first; at < lines.length; at++) {
    if (quoted[at] && (markedAnswer.test((lines[at] ?? '').slice(0, 200)) || coloured?.[at] === true)) quoted[at] = false
  }
}
