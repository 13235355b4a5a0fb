import { Presets, SingleBar } from 'cli-progress'
import type { ImportProgress, ImportResult } from '#ledger'

/** A progress bar on a terminal, nothing elsewhere. */
export function importProgress(file: string): { update: (progress: ImportProgress) => void; stop: () => void } {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined }
  const bar = new SingleBar(
    { format: `${file} {bar} {percentage}% · {rows} rows, {rejected} rejected · {phase}`, hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  )
  let isRunning = false
  return {
    update: ({ phase, bytes, size, rows, rejected }) => {
      if (!isRunning) bar.start(size, 0, { phase, rows, rejected })
      isRunning = true
      bar.update(bytes, { phase, rows, rejected })
    },
    stop: () => {
      if (isRunning) bar.stop()
      isRunning = false
    },
  }
}

/** Prints what an import did; returns the exit code: 1 when rows were rejected or a confirmation is asked for. */
export function printImport(result: ImportResult, json: boolean): number {
  const code = result.counts.rejected > 0 || result.kind === 'waiting_confirmation' ? 1 : 0
  if (json) console.log(JSON.stringify(result))
  else for (const line of [...headline(result), ...readingLines(result), ...countLines(result), ...problemLines(result)]) console.log(line)
  return code
}

function headline(result: ImportResult): string[] {
  switch (result.kind) {
    case 'imported':
      return [`Imported: ${result.counts.rows} rows read, ${result.counts.rejected} rejected.`]
    case 'dry_run':
      return [`Dry run, nothing was written: ${result.counts.rows} rows read, ${result.counts.rejected} would be rejected.`, ...diffLines(result)]
    default:
      return [
        `Nothing was written: this full export would close ${result.closing} of ${result.open} open invoices, more than a tenth.`,
        '→ If that is right, run the same command with --confirm. If the file is not a full export, say so in the mapping (full_export: false).',
      ]
  }
}

/** How the file was understood: what a person would see at once to be wrong. */
function readingLines({ readAs }: ImportResult): string[] {
  const { encoding, isEncodingSure, delimiter, sheet, headerLine, decimal, dates, totalLines } = readAs
  const orders = [...new Set(Object.values(dates))].map(order => order.replace('_', ' '))
  const parts = [
    encoding,
    ...(sheet ? [`sheet ${sheet}`] : []),
    ...(delimiter ? [`columns separated by ${delimiter === '\t' ? 'tabs' : delimiter}`] : []),
    ...(headerLine && headerLine > 1 ? [`columns named on line ${headerLine}`] : []),
    ...(decimal === ',' || decimal === '.' ? [`decimals after "${decimal}"`] : []),
    ...orders.map(order => `dates ${order}`),
  ]
  return [
    `Read as ${parts.join(', ')}.`,
    ...(isEncodingSure ? [] : [`→ Other encodings would fit too: if letters in names look wrong, set "encoding" in the mapping file.`]),
    ...(totalLines.length > 0 ? [`Left out, since they are totals or heads of pages: line ${totalLines.slice(0, 10).join(', ')}.`] : []),
  ]
}

/** Counts that are not zero, in words: `invoicesCreated: 12` reads "12 invoices created". */
function countLines({ counts }: ImportResult): string[] {
  const { rows: _rows, rejected: _rejected, ...done } = counts
  return Object.entries(done)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `  ${count} ${name.replaceAll(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)}`)
}

function diffLines({ diff, wouldWait }: ImportResult & { kind: 'dry_run' }): string[] {
  const lines = diff.map(({ subject, change, key, old, new: next }) => {
    const fields = Object.entries(next ?? {}).map(([field, value]) => (old ? `${field} ${text(old[field])} → ${text(value)}` : `${field} ${text(value)}`))
    return `  ${change} ${subject} ${key}${fields.length > 0 ? `: ${fields.join(', ')}` : ''}`
  })
  return wouldWait ? [...lines, '  A real run would ask for --confirm: more than a tenth of the open invoices would be closed.'] : lines
}

const text = (value: unknown): string => (value === null || value === undefined ? '(none)' : typeof value === 'string' ? value : JSON.stringify(value))

function problemLines(result: ImportResult): string[] {
  const { rejects, warnings, counts, warningCount, unknownColumns, closingSkipped } = result
  return [
    ...(unknownColumns.length > 0 ? [`Columns that nothing was read from: ${unknownColumns.join(', ')}.`] : []),
    ...(closingSkipped ? [`No invoice was closed: ${closingSkipped}`] : []),
    ...(rejects.length > 0 ? ['Rejected rows:', ...rejects.slice(0, 20).map(row), ...more(counts.rejected, 20)] : []),
    ...(warnings.length > 0 ? ['Taken over with a remark:', ...warnings.slice(0, 20).map(row), ...more(warningCount, 20)] : []),
    ...(result.kind === 'imported' && result.rejectFile ? [`→ Correct the rejected rows in ${result.rejectFile} and import that file.`] : []),
  ]
}

const row = ({ line, column, problem }: ImportResult['rejects'][number]): string => `  line ${line}${column ? `, ${column}` : ''}: ${problem}`
const more = (count: number, shown: number): string[] => (count > shown ? [`  ... and ${count - shown} more`] : [])
