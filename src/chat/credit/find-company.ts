import type { Candidate } from '#credit'
import { asCountry, searchName } from '#ledger'
import { debtorsInSight, type Staff, sightOf } from '#people'
import { type CardInput, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { administrationsInSight } from './administrations-in-sight.ts'
import { companyNote } from './review-card.ts'

const shown = 10

/** What a company was found by: what was typed, and the country (ISO 3166-1). */
type FindAsked = { text: string; country: string }

/** `/duncan creditsafe find <name or number> [country]`: companies at the bureau, each to be added as debtor, prospect or supplier. */
export async function findCompanyCommand(deps: CommandDeps, typed: string, staff: Staff): Promise<ClickOutcome> {
  const { parties: say } = deps.context.words
  if (!(await deps.credit?.rules())?.on) return { kind: 'refused', message: say.off }
  if (typed === '') return { kind: 'refused', message: say.findUsage }
  const { text, named } = splitCountry(typed)
  // Without one, the country is that of the administrations in sight, where they have only one.
  const countries = [...new Set((await administrationsInSight(deps.client, staff)).map(({ country }) => country))]
  const country = named ?? (countries.length === 1 ? countries[0] : undefined)
  if (!country) return { kind: 'refused', message: say.whichCountry }
  return findCompanyAnswer(deps, { text: text.slice(0, 200), country })
}

/** The country at the end of what was typed; the legal form of a name is none, although many are codes of countries too. */
function splitCountry(typed: string): { text: string; named?: string } {
  const [, text = '', last = ''] = /^(.+?)\s+([A-Za-z]{2})$/.exec(typed) ?? []
  const named = asCountry(last)
  return !named || searchName(typed) === searchName(text) ? { text: typed } : { text, named }
}

async function findCompanyAnswer({ client, staff, context, credit }: CommandDeps, asked: FindAsked): Promise<ClickOutcome> {
  const { parties: say } = context.words
  const found = (await credit?.findCompanies(asked)) ?? { kind: 'off' as const }
  if (found.kind !== 'told') return { kind: 'refused', message: say[found.kind] }
  if (found.told.length === 0) return { kind: 'refused', message: say.nothingFound }
  const known = await client.creditLink.findMany({
    where: { company: { bureauId: { in: found.told.map(({ companyId }) => companyId) } } },
    select: { debtorId: true, company: { select: { bureau: true, bureauId: true } } },
  })
  const debtors = await client.debtor.findMany({
    where: { id: { in: known.map(({ debtorId }) => debtorId) }, ...debtorsInSight(sightOf(staff)) },
    select: { id: true, number: true, administration: { select: { name: true } } },
    orderBy: { id: 'asc' },
  })
  const numbersOf = ({ bureau, companyId }: Candidate): string =>
    known
      .filter(({ company }) => company.bureau === bureau && company.bureauId === companyId)
      .flatMap(({ debtorId }) => debtors.find(({ id }) => id === debtorId) ?? [])
      .map(({ number, administration }) => `${number} (${administration.name})`)
      .join(', ')
  const picks = found.told.slice(0, shown).map((company): CardInput['elements'][number] => {
    const numbers = numbersOf(company)
    return {
      type: 'pick',
      text: oneLine(company.name, 80),
      note: [companyNote(company), numbers && say.is(numbers)].filter(Boolean).join(' · '),
      button: { action: 'party.open', label: say.create(oneLine(company.name, 50)), data: { ...asked, company: company.companyId } },
    }
  })
  const left = found.told.length - picks.length
  const title = say.foundTitle(oneLine(`${asked.text} (${asked.country})`, 100))
  const card = cardSchema.parse({
    title,
    subtitle: say.foundSummary(found.told.length),
    elements: [...picks, ...(left > 0 ? [{ type: 'text', text: say.moreCandidates(left), weight: 'subtle' } as const] : [])],
    fallback: title,
  })
  return { kind: 'private', card }
}
