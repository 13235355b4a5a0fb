/** A rule by which the sandbox can tell of something. `country`: XX for every one. */
type KnownRule = { ruleCode: number; country: string; name: string; about: 'rating' | 'limit' | 'judgments' | 'privileges' | 'insolvency' | 'officers' }

const countries = ['BE', 'DE', 'FR', 'GB', 'NL', 'PL']

/** Every rule that there is; the codes of single countries are made up. */
export const knownRules: readonly KnownRule[] = [
  { ruleCode: 101, country: 'XX', name: 'International Rating | Change of {0} band(s)', about: 'rating' },
  { ruleCode: 102, country: 'XX', name: 'Credit Limit | Any change', about: 'limit' },
  ...countries.flatMap((country, index): KnownRule[] => [
    { ruleCode: 9001 + index * 10, country, name: 'Court judgments', about: 'judgments' },
    { ruleCode: 9002 + index * 10, country, name: 'Preferential rights', about: 'privileges' },
    { ruleCode: 9003 + index * 10, country, name: 'Insolvency proceedings', about: 'insolvency' },
    { ruleCode: 9004 + index * 10, country, name: 'Officers', about: 'officers' },
  ]),
]

/** The rule that tells of something about a company of a country; undefined where there is none. */
export const ruleFor = (about: KnownRule['about'], country: string): KnownRule | undefined =>
  knownRules.find(rule => rule.about === about && (rule.country === 'XX' || rule.country === country))
