const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[\p{M}.]/gu, '')
    .toLowerCase() // prettier-ignore

/** What programs write beside the names and short forms that Intl knows. */
const further: [string, number][] = [
  ['maa', 3],
  ['mrz', 3],
  ['mrt', 3],
  ['maerz', 3],
  ['sept', 9],
  ['okt', 10],
  ['dez', 12],
]

function namesOfMonths(): Map<string, number> {
  const found = new Map<string, number>()
  for (const language of ['en', 'nl', 'fr', 'de', 'pl']) {
    for (const month of ['long', 'short'] as const) {
      const forms = [{ month }, { month, day: 'numeric' }] as const // Polish has another form beside a day
      const formats = forms.map(form => new Intl.DateTimeFormat(language, { ...form, timeZone: 'UTC' }))
      for (let number = 1; number <= 12; number++) {
        for (const format of formats) {
          const name = format.formatToParts(Date.UTC(2026, number - 1, 1)).find(({ type }) => type === 'month')?.value
          if (name && !/\d/.test(name) && !found.has(plain(name))) found.set(plain(name), number)
        }
      }
    }
  }
  return new Map([...further, ...found])
}

const numbers = namesOfMonths()

/** The number of a month by its name or short form in English, Dutch, French, German or Polish, from 1. */
export const monthNumber = (name: string | undefined): number | undefined => numbers.get(plain(name ?? ''))
