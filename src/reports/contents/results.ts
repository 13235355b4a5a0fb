import { readChannelResults } from '#dunning'
import type { Cell, Reading, Report } from '../report.ts'
import { fitting } from './listing.ts'

const period = 90 // days back from the report

/** What came of the steps that reached debtors, by workflow and step, a row for each currency; money within so many days after what was done. */
export const results: Report = {
  columns: [
    { id: 'workflow', kind: 'text' },
    { id: 'step', kind: 'text' },
    { id: 'channel', kind: 'text' },
    { id: 'sent', kind: 'number', total: true },
    { id: 'currency', kind: 'text' },
    { id: 'asked', kind: 'money', total: true },
    { id: 'came7', kind: 'money', total: true },
    { id: 'came14', kind: 'money', total: true },
    { id: 'came30', kind: 'money', total: true },
    { id: 'cameShare', kind: 'percent' },
  ],
  rows: async function* (reading) {
    const { db, context, say } = reading
    const debtors = await narrowedTo(reading)
    const { steps } = await readChannelResults(db, { context, from: context.today.subtract({ days: period }), debtors })
    const nameOf = (channel: string) => say.channels[channel as keyof typeof say.channels] ?? channel
    yield steps.flatMap(({ workflow, step, channel, sent, amounts }): Cell[][] => {
      const who = [workflow, step, nameOf(channel)]
      if (amounts.length === 0) return [[...who, String(sent), null, null, null, null, null, null]]
      // How often it was done stands once, whatever currencies it asked for.
      return amounts.map(({ currency, asked, windows }, index) => {
        const came = [windows[7], windows[14], windows[30]].map(window => window.came.toFixed())
        const share = windows[30].asked.gt(0) ? windows[30].came.div(windows[30].asked).toFixed(4) : null
        return [...who, index === 0 ? String(sent) : null, currency, asked.toFixed(), ...came, share]
      })
    })
  },
}

/** The debtors of the search; undefined without one, where sight alone says whose results they are. */
async function narrowedTo(reading: Reading): Promise<Set<number> | undefined> {
  if (!reading.isNarrowed) return undefined
  const rows = await reading.db.$queryRaw<{ id: number }[]>`${fitting(reading)}`
  return new Set(rows.map(({ id }) => id))
}
