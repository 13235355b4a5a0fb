type Subject = 'country' | 'language' | 'currency'

const spoken = ['en', 'nl', 'fr', 'de', 'pl']
const plain = (text: string): string => text.trim().toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
const signs: Record<string, string> = { '€': 'EUR', euro: 'EUR', '£': 'GBP', zł: 'PLN', zl: 'PLN', zloty: 'PLN' }
const known = new Map<Subject, Map<string, string>>()

/** The code of a country, language or currency by its name in one of five languages: `Niederlande` is NL. */
export function codeOfName(subject: Subject, name: string): string | undefined {
  const names = known.get(subject) ?? namesOf(subject)
  known.set(subject, names)
  return names.get(plain(name))
}

function namesOf(subject: Subject): Map<string, string> {
  const type = subject === 'country' ? 'region' : subject
  const codes = subject === 'currency' ? Intl.supportedValuesOf('currency') : codesInUse(subject)
  const names = new Map<string, string>(subject === 'currency' ? Object.entries(signs) : [])
  for (const language of spoken) {
    const display = new Intl.DisplayNames(language, { type, fallback: 'none' })
    for (const code of codes) {
      const name = display.of(code)
      if (name && !names.has(plain(name))) names.set(plain(name), code)
    }
  }
  return names
}

/** All two-letter codes but those that became another one: DD is DE today. */
function codesInUse(subject: 'country' | 'language'): string[] {
  const letters = 'abcdefghijklmnopqrstuvwxyz'.split('')
  const codes = letters.flatMap(first => letters.map(second => (subject === 'country' ? (first + second).toUpperCase() : first + second)))
  const tagOf = (code: string) => (subject === 'country' ? `und-${code}` : code)
  return codes.filter(code => Intl.getCanonicalLocales(tagOf(code))[0] === tagOf(code))
}
