import type { Candidate } from '#credit'
import { partyTypes } from '#ledger'
import { debtorsInSight, sightOf } from '#people'
import { type CardField, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { Click, ClickOutcome } from '../click.ts'
import { debtorAnswer } from '../commands/debtor.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { textField } from '../forms/text-field.ts'
import { administrationsInSight } from './administrations-in-sight.ts'
import { companyNote } from './review-card.ts'

type Data = Record<string, string>

/** The company that a button means, asked for anew: buttons carry what was typed and the bureau's key, nothing else is believed. */
async function companyOf({ credit }: CommandDeps, { text = '', country = '', company }: Data): Promise<Candidate | 'off' | 'away' | undefined> {
  if (!credit || !/^[A-Z]{2}$/.test(country) || text === '') return undefined
  const found = await credit.findCompanies({ text: text.slice(0, 200), country })
  return found.kind === 'told' ? found.told.find(({ companyId }) => companyId === company) : found.kind
}

const carried = ({ text = '', country = '', company = '' }: Data): Data => ({ text, country, company })

/** The form to add a company that was found as debtor, prospect or supplier. */
export async function partyForm(deps: CommandDeps, { staff, data }: Click): Promise<ClickOutcome> {
  const { words } = deps.context
  const { parties: say } = words
  const company = await companyOf(deps, data)
  if (company === undefined) return { kind: 'refused', message: words.outcome.gone }
  if (typeof company === 'string') return { kind: 'refused', message: say[company] }
  const administrations = await administrationsInSight(deps.client, staff)
  const [first] = administrations
  if (!first) return { kind: 'refused', message: say.noAdministration }
  const own = administrations.find(({ country }) => country === company.country) ?? first
  const parties = partyTypes.map(value => ({ value, label: words.debtorCard.party[value] }))
  const books = administrations.map(({ id, name }) => ({ value: String(id), label: oneLine(name, 70) }))
  const fields: CardField[] = [
    { type: 'choice', id: 'as', label: say.as, value: 'debtor', options: parties },
    { type: 'choice', id: 'administration', label: say.administration, value: String(own.id), options: books },
    textField('name', say.name, oneLine(company.name, 200), true),
    textField('number', say.number, ''),
    { type: 'toggle', id: 'monitor', label: say.monitorNew, value: true },
  ]
  const title = say.create(oneLine(company.name, 80))
  const card = cardSchema.parse({
    title,
    subtitle: companyNote(company),
    elements: fields.map(field => ({ type: 'field', field })),
    buttons: [{ action: 'party.create', label: say.add, style: 'primary', data: carried(data) }],
    fallback: title,
  })
  return { kind: 'form', card }
}

/** Adds the company as it was filled in; where the administration has it already, offers to link that one. */
export async function createParty(deps: CommandDeps, { staff, surface, data, values }: Click): Promise<ClickOutcome> {
  const { client, credit, context } = deps
  const { outcome: told, parties: say } = context.words
  const company = await companyOf(deps, data)
  if (company === undefined || !credit) return { kind: 'refused', message: told.gone }
  if (typeof company === 'string') return { kind: 'refused', message: say[company] }
  const partyType = partyTypes.find(known => known === values.as)
  const administration = (await administrationsInSight(client, staff)).find(({ id }) => String(id) === values.administration)
  const [name, number] = [(values.name ?? '').trim(), (values.number ?? '').trim()]
  if (!partyType) return { kind: 'refused', message: told.invalid(say.as) }
  if (!administration) return { kind: 'refused', message: told.invalid(say.administration) }
  if (name === '' || name.length > 200) return { kind: 'refused', message: told.invalid(say.name) }
  if (number.length > 50) return { kind: 'refused', message: told.invalid(say.number) }
  const added = await credit.addParty({ company, administrationId: administration.id, partyType, number, name, staff, surface })
  if (added.kind === 'number_taken') return { kind: 'refused', message: say.numberTaken(number) }
  if (added.kind === 'exists') return existsCard(deps, company, added, carried(data))
  if (values.monitor === 'true') await credit.setMonitoring({ debtorIds: [added.debtorId], wanted: true, staff, surface })
  return debtorAnswer(deps, added.debtorId)
}

async function existsCard(
  { client, staff, context }: CommandDeps,
  company: Candidate,
  standing: { debtorId: number; number: string },
  data: Data,
): Promise<ClickOutcome> {
  const { parties: say, button } = context.words
  const isLinked =
    (await client.creditLink.count({ where: { debtorId: standing.debtorId, company: { bureau: company.bureau, bureauId: company.companyId } } })) > 0
  const isSeen = (await client.debtor.count({ where: { id: standing.debtorId, ...debtorsInSight(sightOf(staff)) } })) > 0
  const debtor = { debtor: String(standing.debtorId) }
  const title = say.exists(oneLine(company.name, 80))
  const card = cardSchema.parse({
    title,
    subtitle: [standing.number, companyNote(company)].join(' · '),
    elements: isLinked ? [] : [{ type: 'text', text: say.existsText }],
    buttons: isSeen
      ? [
          ...(isLinked ? [] : [{ action: 'party.link', label: say.link(oneLine(standing.number, 40)), style: 'primary', data: { ...data, ...debtor } }]),
          { action: 'debtor.show', label: button.debtor, data: debtor },
        ]
      : [],
    fallback: title,
  })
  return { kind: 'private', card }
}

/** Links a debtor in sight to the company that was found. */
export async function linkFound(deps: CommandDeps, { staff, surface, data }: Click, debtorId: number): Promise<ClickOutcome> {
  const { client, credit, context } = deps
  const { outcome: told, parties: say } = context.words
  const isSeen = (await client.debtor.count({ where: { id: debtorId, ...debtorsInSight(sightOf(staff)) } })) > 0
  const company = isSeen ? await companyOf(deps, data) : undefined
  if (company === undefined || !credit) return { kind: 'refused', message: told.gone }
  if (typeof company === 'string') return { kind: 'refused', message: say[company] }
  return (await credit.linkParty({ debtorId, company, staff, surface })) ? debtorAnswer(deps, debtorId) : { kind: 'refused', message: told.gone }
}
