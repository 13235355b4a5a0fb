import type { ConsumerFault } from '#dunning'
import type { CardContext } from './proposal-card.ts'

const mostInvoices = 12

/** What consumer law has against something that was to leave, every fault of it, as sentences. */
export function lawText(faults: readonly ConsumerFault[], { words, format }: CardContext): string {
  const { law: say } = words.entries
  const early = faults.flatMap(fault => (fault.kind === 'too_early' ? [fault] : []))
  const fields = new Set(faults.flatMap(fault => (fault.kind === 'missing' ? [fault.field] : [])))
  const shown = early.slice(0, mostInvoices).map(({ invoice, from }) => (from === null ? say.never(invoice) : say.from(invoice, format.day(from))))
  const rest = early.length - shown.length
  const missing = [...fields].flatMap(field => (field === 'free_of_charge' ? [] : [say.fields[field]]))
  return [
    ...(early.length > 0 ? [say.early([...shown, ...(rest > 0 ? [`+ ${rest}`] : [])].join('; '))] : []),
    ...(fields.has('free_of_charge') ? [say.charges] : []),
    ...(missing.length > 0 ? [say.missing(missing.join('; '))] : []),
  ].join(' ')
}
