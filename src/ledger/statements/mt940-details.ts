import { bare, meaningful, oneLine } from './bank-line.ts'

/** What the :86: field of an MT940 line says. */
export type Mt940Details = { text: string; payerName?: string; payerIban?: string; endToEndId?: string; structuredReference?: string; isReturn?: boolean }

/**
 * Reads an :86: field, whose form every bank chooses: numbered fields (`166?00...?20...?32...`, German and Polish banks, whatever
 * separates them), codes between slashes (`/EREF/.../REMI/...`, Dutch and Belgian banks), or free text.
 */
export function readDetails(lines: string[]): Mt940Details {
  const joined = joinLines(lines, 65)
  const numbered = /^(?:\d{3})?([?<>~^|@])\d{2}/.exec(joined)
  if (numbered?.[1]) return readNumbered(lines.join(''), numbered[1])
  if (codePattern.test(joined)) return readCodes(joined)
  return { text: oneLine(joined) }
}

/** A line that fills the field's width goes on in the next one, in the middle of a word if need be. */
function joinLines(lines: string[], width: number): string {
  return lines.reduce((text, line, index) => text + (index === 0 || (lines[index - 1]?.length ?? 0) >= width ? '' : ' ') + line, '')
}

// Numbered fields: 20-29 and 60-63 hold the remittance, 31 (Polish banks: 38) the account, 32 and 33 the name, 00 the kind of booking.

// German banks' codes of bookings (GVC): a direct debit that came back, of companies and of consumers, and a transfer of ours that did.
const returns = /^(?:108|109|159)/

function readNumbered(whole: string, separator: string): Mt940Details {
  const fields = new Map<number, string>()
  for (const part of whole.split(separator).slice(1)) {
    const number = Number(/^\d{2}/.exec(part)?.[0] ?? Number.NaN)
    // A separator inside a text is text: what does not start with a number belongs to the field before it.
    if (Number.isNaN(number)) {
      const last = [...fields.keys()].at(-1)
      if (last !== undefined) fields.set(last, `${fields.get(last)}${separator}${part}`)
    } else fields.set(number, `${fields.get(number) ?? ''}${part.slice(2)}`)
  }
  const remittance = [20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 60, 61, 62, 63].flatMap(number => fields.get(number) ?? [])
  const sepa = readSepaWords(joinLines(remittance, 27))
  const account = [fields.get(38), fields.get(31)].map(each => bare(each ?? '')).find(each => each.length >= 8)
  const name = oneLine(`${fields.get(32) ?? ''}${joiner(fields.get(32))}${fields.get(33) ?? ''}`)
  return {
    text: sepa.text || oneLine(fields.get(0) ?? ''),
    ...(name !== '' && { payerName: name }),
    ...(account !== undefined && { payerIban: account }),
    ...pick('endToEndId', meaningful(sepa.words.get('EREF'))),
    ...(returns.test(whole) && { isReturn: true }),
  }
}

const joiner = (first: string | undefined): string => ((first?.length ?? 0) >= 27 ? '' : ' ')

/** German banks put the SEPA fields into the remittance: `EREF+... SVWZ+...`. Without SVWZ everything is remittance. */
function readSepaWords(text: string): { text: string; words: Map<string, string> } {
  const parts = text.split(/(?<![A-Z])(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|SQTP|PURP)[+:]/)
  const words = new Map<string, string>()
  for (let at = 1; at < parts.length; at += 2) words.set(parts[at] ?? '', oneLine(parts[at + 1] ?? ''))
  const free = words.get('SVWZ')
  return { text: oneLine(free === undefined ? (parts[0] ?? '') : `${parts[0] ?? ''} ${free}`), words }
}

// Codes between slashes. A value may hold slashes itself, so only known codes end it.

const codes =
  'TRTP IBAN BIC NAME REMI EREF ORDP BENM CNTP ADDR MARF CSID RTRN SVCL PURP ULTD ULTC ULTB UDTR ISDT PREF KREF CREF TRCD RREF EXCH CHGS ACCW OCMT SWOC INIT NRTX PRTY'.split(
    ' ',
  )
const codePattern = new RegExp(`/(${codes.join('|')})/`)

function readCodes(text: string): Mt940Details {
  const parts = text.split(new RegExp(`/(${codes.join('|')})/`))
  const values = new Map<string, string>()
  for (let at = 1; at < parts.length; at += 2) {
    const code = parts[at] ?? ''
    if (!values.has(code)) values.set(code, parts[at + 1] ?? '')
  }
  // ING: /CNTP/account/BIC/name/city/ and /REMI/USTD//text/ or /REMI/STRD/CUR/reference/.
  const [account, , counterparty] = values.get('CNTP')?.split('/') ?? []
  const remittance = values.get('REMI') ?? ''
  const structured = /^STRD\/(?:[A-Z]*\/)?(.+?)\/?$/.exec(remittance)?.[1]
  const free = structured === undefined ? remittance.replace(/^USTD\/[^/]*\//, '').replace(/\/+$/, '') : ''
  const given = bare(values.get('IBAN') ?? account ?? '')
  const name = oneLine(values.get('NAME') ?? counterparty ?? '')
  return {
    text: oneLine(free === '' && structured === undefined ? (parts[0] ?? '') : free),
    ...(name !== '' && { payerName: name }),
    ...(given !== '' && { payerIban: given }),
    ...pick('endToEndId', meaningful(values.get('EREF')?.replace(/\/+$/, ''))),
    ...pick('structuredReference', structured === undefined ? undefined : bare(structured)),
    ...(values.has('RTRN') && { isReturn: true }),
  }
}

const pick = <K extends string>(name: K, value: string | undefined): { [P in K]?: string } =>
  value === undefined || value === '' ? {} : ({ [name]: value } as { [P in K]?: string })
