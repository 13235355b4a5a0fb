import { z } from 'zod'
import { fileBureauSchema } from './file-bureau/file-settings.ts'

const countryCode = z.string().regex(/^[A-Z]{2}$/, 'A country has two capitals: NL.')
const countries = z.array(countryCode).min(1).optional().describe('The countries whose companies it is asked about; left out: all that no other bureau names')
const bureauName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'A bureau has small letters, digits and dashes: northern.')

const bureau = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('creditsafe').describe("Creditsafe's Connect interface"), countries }),
  fileBureauSchema.extend({ countries }),
])

/** The bureaus by the name that their companies are kept under, and the countries that each serves. */
export const bureausSchema = z
  .record(bureauName, bureau)
  .default({ creditsafe: { kind: 'creditsafe' } })
  .superRefine((bureaus, context) => {
    const fault = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
    const seen = new Map<string, string>()
    let rest: string | undefined
    if (Object.keys(bureaus).length === 0) fault([], 'names no bureau; leave it out, and Creditsafe serves all countries')
    for (const [name, { kind, countries: own }] of Object.entries(bureaus)) {
      if ((kind === 'creditsafe') !== (name === 'creditsafe')) fault([name], 'The bureau of kind creditsafe, and no other, is called creditsafe.')
      if (!own && rest) fault([name], `names no countries, and neither does ${rest}: only one bureau can serve all the others`)
      if (!own) rest ??= name
      for (const [index, country] of (own ?? []).entries()) {
        const other = seen.get(country)
        if (other) fault([name, 'countries', index], `${country} is served by ${other} already`)
        seen.set(country, name)
      }
    }
  })
  .describe('Which bureau serves which country. Left out: Creditsafe serves all')
