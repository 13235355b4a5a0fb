import type { Report } from '../report.ts'

/** What waits for each person, by kind: the counts of the action lists. */
export const work: Report = {
  isOfPeople: true,
  columns: [
    { id: 'person', kind: 'text' },
    { id: 'decisions', kind: 'number', total: true },
    { id: 'entries', kind: 'number', total: true },
    { id: 'calls', kind: 'number', total: true },
    { id: 'tasks', kind: 'number', total: true },
    { id: 'all', kind: 'number', total: true },
  ],
  rows: async function* (reading) {
    yield (await reading.work()).map(([who = null, ...counts]) => [who ?? reading.say.nobody, ...counts])
  },
  chart: ({ rows, say }) =>
    rows.length === 0
      ? undefined
      : {
          title: say.reports.work,
          labels: rows.slice(0, 12).map(row => row[0] ?? ''),
          series: [{ name: say.columns.all, values: rows.slice(0, 12).map(row => Number(row[5] ?? 0)) }],
        },
}
