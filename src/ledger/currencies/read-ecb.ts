import { XMLParser } from 'fast-xml-parser'
import { DuncanError } from '#platform'
import { cutXmlRecords } from '../imports/cut-xml-records.ts'

/** Units of a currency for one euro on a day (ISO), as a decimal string. */
export type DatedRate = { day: string; currency: string; rate: string }

/**
 * The rates in a reference file of the European Central Bank, day by day: eurofxref.csv, eurofxref-hist.csv and the XML files of the
 * same names. Throws `rates.file` with the line of what cannot be read.
 */
export function readRates(chunks: AsyncIterable<string>, fileName: string): AsyncGenerator<DatedRate[]> {
  return readByContent(chunks, fileName)
}

async function* readByContent(chunks: AsyncIterable<string>, fileName: string): AsyncGenerator<DatedRate[]> {
  const iterator = chunks[Symbol.asyncIterator]()
  const first = await iterator.next()
  const start = first.done ? '' : first.value
  const all = (async function* () {
    yield start
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
  })()
  let count = 0
  for await (const rates of start.trimStart().startsWith('<') ? readXmlRates(all, fileName) : readCsvRates(all, fileName)) {
    count += rates.length
    yield rates
  }
  if (count === 0) throw fault(fileName, 1, 'there are no rates')
}

const fault = (fileName: string, line: number, problem: string) =>
  new DuncanError(
    'rates.file',
    `${fileName}, line ${line}: ${problem}.`,
    'Download the reference rates of the ECB again (eurofxref-hist.csv or eurofxref-hist.xml, unzipped).',
  )

const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']

/** `2026-11-20`, or `20 November 2026` as the daily file writes it. */
function dayOf(text: string): string | undefined {
  const [, number = '', month = '', year = ''] = /^(\d{1,2}) ([A-Za-z]+) (\d{4})$/.exec(text) ?? []
  const iso = number === '' ? text : `${year}-${String(months.indexOf(month.toLowerCase()) + 1).padStart(2, '0')}-${number.padStart(2, '0')}`
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return undefined
  const date = new Date(`${iso}T00:00:00Z`)
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== iso ? undefined : iso
}

const isRate = (text: string): boolean => /^\d{1,9}(?:\.\d{1,8})?$/.test(text) && !/^0+(?:\.0+)?$/.test(text)

async function* readCsvRates(chunks: AsyncIterable<string>, fileName: string): AsyncGenerator<DatedRate[]> {
  let header: string[] | undefined
  let rest = ''
  let line = 0
  const read = (text: string): DatedRate[] => {
    line++
    const cells = text.split(',').map(cell => cell.trim())
    if (!header) {
      if (cells[0]?.replace(/^\uFEFF/, '') !== 'Date') throw fault(fileName, line, 'the first column is not "Date", so this is no file of reference rates')
      header = cells
      return []
    }
    if (cells.every(cell => cell === '')) return []
    const day = dayOf(cells[0] ?? '')
    // Half a number is a number: of a line that was cut off nothing can be believed.
    if (cells.length !== header.length) throw fault(fileName, line, `${cells.length} values stand under ${header.length} columns`)
    if (day === undefined) throw fault(fileName, line, `"${cells[0]?.slice(0, 30)}" is no date`)
    return header.slice(1).flatMap((currency, index) => {
      const rate = cells[index + 1] ?? ''
      if (currency === '' || rate === '' || rate === 'N/A') return []
      if (!/^[A-Z]{3}$/.test(currency) || !isRate(rate)) throw fault(fileName, line, `"${rate.slice(0, 30)}" is no rate of ${currency.slice(0, 10)}`)
      return [{ day, currency, rate }]
    })
  }
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split(/\r?\n/)
    rest = lines.pop() ?? ''
    yield lines.flatMap(read)
  }
  if (rest.trim() !== '') yield read(rest)
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseAttributeValue: false,
  removeNSPrefix: true,
  isArray: name => name === 'Rate',
})
const dayPath = ['Envelope', 'Cube', 'Cube']

async function* readXmlRates(chunks: AsyncIterable<string>, fileName: string): AsyncGenerator<DatedRate[]> {
  for await (const days of cutXmlRecords(chunks, [dayPath], fileName)) {
    yield days.flatMap(({ text, line }) => {
      // A day and its rates are both called Cube.
      const [head = '', ...rates] = text.split(/(?=<(?:\w+:)?Cube\b)/)
      const day = dayOf(attribute(head, 'time'))
      if (day === undefined) throw fault(fileName, line, 'a day without its date')
      return rates.map(each => {
        const [currency, rate] = [attribute(each, 'currency'), attribute(each, 'rate')]
        if (!/^[A-Z]{3}$/.test(currency) || !isRate(rate)) throw fault(fileName, line, `"${rate.slice(0, 30)}" is no rate of "${currency.slice(0, 10)}"`)
        return { day, currency, rate }
      })
    })
  }
}

function attribute(tag: string, name: string): string {
  const end = tag.indexOf('>')
  const parsed = parser.parse(`${tag.slice(0, end).replace(/\/$/, '')}/>`) as Record<string, Record<string, string> | undefined>
  return parsed.Cube?.[`@${name}`] ?? ''
}
