import type { Criterion } from '../values/criteria.ts'
import { criterionIn, foldText } from './criterion-words.ts'
import { mailLines } from './mail-lines.ts'

/** What an alert mail says of one company: what it is about, as far as that is known, and the old and new value in the mail's words. */
export type Telling = {
  /** The bureau's key, from the link to the company's page. */
  bureauId: string
  company: string | undefined
  number: string | undefined
  criterion: Criterion | undefined
  /** The words that name what happened. */
  rule: string
  before: string | undefined
  value: string | undefined
}

type Change = Pick<Telling, 'criterion' | 'rule' | 'before' | 'value'>
type MailTexts = { subject: string; text: string; html: string | undefined }

/**
 * Reads an alert mail of the bureau: the companies that it links to (`link`: their page, `{id}` for the key) and what changed about each.
 * Layouts are assumed, so several are understood: a line with an arrow or "from B to D", a row of a table, a label for each value. A company
 * of which nothing can be read is told with what the subject says; a mail that links to no company tells nothing.
 */
export function readBureauMail(mail: MailTexts, link: string): Telling[] {
  const lines = mailLines(mail)
  const blocks = blocksOf(lines, idPattern(link))
  return blocks
    .flatMap(({ bureauId, lines: own }): Telling[] => {
      const { company, number } = partyIn(own)
      const words = own.map(line => withoutName(withoutLinks(line), company))
      const changes = changesIn(words)
      const subject = withoutName(mail.subject, company)
      const told =
        changes.length > 0 ? changes : blocks.length === 1 ? [{ ...nothingTold, criterion: criterionIn(subject), rule: cut(subject) }] : [nothingTold]
      return told.map(change => ({ bureauId, company, number, ...change }))
    })
    .slice(0, mostTellings)
}

const mostTellings = 50
const nothingTold: Change = { criterion: undefined, rule: '', before: undefined, value: undefined }

/** The company's key in a link, also where the link leads through a counter of clicks. */
function idPattern(link: string): RegExp {
  const [before = '', after = ''] = link
    .replace(/^https?:\/\//, '')
    .split('{id}')
    .map(part => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
  return new RegExp(`${before}([A-Z]{2}[A-Za-z0-9]{0,3}-[A-Za-z0-9-]{1,60})${after}`, 'g')
}

/** The lines about each company. A mail of several names each before what changed about it, or links to it after. */
function blocksOf(lines: readonly string[], pattern: RegExp): { bureauId: string; lines: string[] }[] {
  const runs: { bureauId: string; first: number; last: number }[] = []
  for (const [at, line] of lines.entries()) {
    for (const [, bureauId = ''] of line.replaceAll(/%2F/gi, '/').replaceAll(/%3A/gi, ':').matchAll(pattern)) {
      const run = runs.at(-1)
      if (run?.bureauId === bureauId) run.last = at
      else runs.push({ bureauId, first: at, last: at })
    }
  }
  const [only, ...others] = runs
  if (!only) return []
  if (others.length === 0) return [{ bureauId: only.bureauId, lines: [...lines] }]
  const isNamedAfter = changesIn(lines.slice(0, only.first).map(withoutLinks)).length > 0
  return runs.map(({ bureauId, first, last }, index) => ({
    bureauId,
    lines: isNamedAfter ? lines.slice((runs[index - 1]?.last ?? -1) + 1, last + 1) : lines.slice(first, runs[index + 1]?.first),
  }))
}

const companyLabel =
  /^(company|business|customer|societe|entreprise|denomination|bedrijf|onderneming|unternehmen|firma|spolka|przedsiebiorstwo)( ?(name|naam))?$/
const numberLabel = /\b(number|no|num|nr|numero|numer|nummer|kvk|siren|siret|krs|nip|regon)\b|nummer$/
const isGeneric = (text: string): boolean => /^(view|open|see|show|more|details|bekijk|toon|voir|consulter|anzeigen|ansehen|zobacz|pokaz)/.test(foldText(text))

/** The company's name and number, by their labels; the name also as the words of the link. */
function partyIn(lines: readonly string[]): { company: string | undefined; number: string | undefined } {
  const labelled = lines.flatMap(line => labelIn(withoutLinks(line)) ?? [])
  const linked = lines.map(line => /^([^[|:]{2,120}?) ?\[https?:/.exec(line)?.[1]).find(text => text !== undefined && !isGeneric(text))
  return {
    company: cut(labelled.find(({ label }) => companyLabel.test(label))?.rest ?? linked ?? '') || undefined,
    number: labelled.find(({ label, rest }) => numberLabel.test(label) && /\d{4}/.test(rest))?.rest.slice(0, 60),
  }
}

const eventLabel = /^(event|change|alert|what changed|evenement|modification|changement|gebeurtenis|wijziging|ereignis|anderung|zdarzenie|zmiana)( type)?$/
const oldLabel = /^(old|previous|former|before|ancien|precedent|avant|oud|vorig|voorheen|alt|bisher|vorher|frueher|poprzedni|dotychczas)/
const newLabel = /^(new|current|now|nouve|actuel|maintenant|nieuw|huidig|neu|aktuell|jetzt|now[ya]|aktualn|obecn)/

/** What changed, line by line: `label: value` and rows of two cells read alike. */
function changesIn(lines: readonly string[]): Change[] {
  const changes: Change[] = []
  let isNewFirst = false
  for (const line of lines) {
    const cells = line
      .split('|')
      .map(each => each.trim())
      .filter(Boolean)
    const [name = '', one = '', two] = cells
    if (two !== undefined) {
      if (oldLabel.test(foldText(two)) && newLabel.test(foldText(one))) isNewFirst = true
      const criterion = criterionIn(name)
      if (criterion && !newLabel.test(foldText(two))) changes.push(changed(name, isNewFirst ? [two, one] : [one, two], criterion))
      continue
    }
    const labelled = labelIn(line)
    const last = changes.at(-1)
    if (labelled && eventLabel.test(labelled.label)) changes.push(changed(labelled.rest, valuesIn(labelled.rest)))
    else if (labelled && last && oldLabel.test(labelled.label)) last.before ??= cut(labelled.rest)
    else if (labelled && last && newLabel.test(labelled.label)) last.value ??= cut(labelled.rest)
    else if (!labelled || !(companyLabel.test(labelled.label) || numberLabel.test(labelled.label))) changes.push(...inOneLine(line, labelled))
  }
  return changes
}

/** `International rating: B -> D`, or a sentence that says from what to what. */
function inOneLine(line: string, labelled: { label: string; rest: string } | undefined): Change[] {
  const values = valuesIn(labelled?.rest ?? line)
  if (!values) return []
  const name = labelled?.label ?? line.slice(0, line.indexOf(values[0]))
  const criterion = criterionIn(name)
  return criterion ? [changed(labelled ? line.slice(0, line.indexOf(':')) : line, values, criterion)] : []
}

const changed = (rule: string, values: [string, string] | undefined, criterion = criterionIn(rule)): Change => ({
  criterion,
  rule: cut(rule),
  before: values && cut(values[0]),
  value: values && cut(values[1]),
})

function valuesIn(text: string): [string, string] | undefined {
  const arrow = /^(.{1,80}?)\s*(?:->|=>|→|⇒|➔)\s*(.{1,80})$/.exec(text)
  const [, before, value] = arrow ?? /\b(?:from|von|van|de|z)\s+(.{1,60}?)\s+(?:to|auf|naar|à|na)\s+(.{1,60}?)\.?$/i.exec(text) ?? []
  return before !== undefined && value !== undefined ? [before.trim(), value.trim()] : undefined
}

/** `Label: words`, or two cells of a row; the label folded. */
function labelIn(line: string): { label: string; rest: string } | undefined {
  const [, label, rest] = /^([^:|]{2,60}?)\s*[:|]\s*([^|]+?)\s*\|?$/.exec(line) ?? []
  return label && rest ? { label: foldText(label), rest: rest.trim() } : undefined
}

const withoutLinks = (line: string): string =>
  line
    .replaceAll(/\[[^\]]*\]|https?:\/\/\S+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()

/** A company may be called "Credit Score Consulting". */
const withoutName = (line: string, company: string | undefined): string => (company ? line.replaceAll(company, ' ').trim() : line)

const cut = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().slice(0, 160)
